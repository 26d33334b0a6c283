"""Rules of the centre: the list, one rule with its log, and where it would have held lately."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_safe

from farol.automation import actions, queries
from farol.automation.models import Rule, Run
from farol.automation.rules.matching import EVENTS, Event, Mode, Outcome
from farol.desk.door import Visit, managers_only, page
from farol.desk.rule_forms import MODES, RuleForm
from farol.ui import frame

OUTCOMES = {
    Outcome.DONE: gettext_noop("Feito"),
    Outcome.REHEARSED: gettext_noop("Faria"),
    Outcome.REFUSED: gettext_noop("Recusado"),
    Outcome.STOPPED: gettext_noop("Interrompida"),
    Outcome.FAILED: gettext_noop("Falhou"),
}


@require_safe
@managers_only
def rules(request: HttpRequest, visit: Visit) -> HttpResponse:
    """GET /mesa/automacao"""
    listed = [(rule, _(EVENTS[Event(rule.event)]), MODES[Mode(rule.mode)].label) for rule in queries.rules()]
    return page(request, visit, "desk/rules.html", here="automation", rules=listed, hooks=list(queries.hooks()))


@require_http_methods(["GET", "HEAD", "POST"])
@managers_only
def rule(request: HttpRequest, visit: Visit, rule_id: int | None = None) -> HttpResponse:
    """/mesa/automacao/regras/nova, /mesa/automacao/regras/7"""
    found = _found(rule_id) if rule_id is not None else None
    if request.method != "POST":
        return _asked(request, visit, found, RuleForm.of(found))
    form = RuleForm(request.POST)
    if not form.is_valid():
        return _asked(request, visit, found, form, status=422)
    written: list[Rule] = []
    refusal = frame.attempt(
        lambda: written.append(actions.write_rule(rule_id, **form.asked(), by=visit.by, now=visit.now))
    )
    if refusal:
        frame.show_on(form, refusal)
        return _asked(request, visit, found, form, status=refusal.status)
    messages.success(request, _("Regra guardada."))
    return HttpResponseRedirect(reverse("desk:rule", args=[written[0].pk]))


@require_safe
@managers_only
def rehearsal(request: HttpRequest, visit: Visit, rule_id: int) -> HttpResponse:
    """GET /mesa/automacao/regras/7/ensaio: the rule held against what happened lately; nothing is done."""
    found = _found(rule_id)
    hits = list(queries.replay(found))
    return page(
        request,
        visit,
        "desk/rule_rehearsal.html",
        here="automation",
        rule=found,
        hits=hits,
        looked_at=queries.REPLAYED,
    )


def _found(rule_id: int) -> Rule:
    found = queries.rule(rule_id)
    if found is None:
        raise Http404
    return found


def _asked(
    request: HttpRequest, visit: Visit, found: Rule | None, form: RuleForm, *, status: int = 200
) -> HttpResponse:
    runs = [(run, _outcome(run)) for run in queries.runs_of(found)[: queries.SHOWN]] if found else []
    return page(request, visit, "desk/rule.html", here="automation", status=status, rule=found, form=form, runs=runs)


def _outcome(run: Run) -> str:
    said = _(OUTCOMES[Outcome(run.outcome)])
    return f"{said}: {_(run.words)}" if run.words else said
