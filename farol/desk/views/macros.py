"""Macros: what each team keeps, the picker of a ticket, what one would do, and doing it."""

from __future__ import annotations

from itertools import groupby

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from farol.desk import blanks, macro_forms, workspace
from farol.desk.door import Visit, page, staff_only
from farol.desk.macro_forms import MacroForm
from farol.desk.workspace import ticket_or_404
from farol.kernel.errors import Refusal
from farol.playbook import actions, queries
from farol.playbook.models import Macro, MacroRun
from farol.playbook.rules import BLANKS, filled
from farol.playbook.rules.macros import speaks
from farol.tickets.models import Ticket
from farol.ui import frame


@require_safe
@staff_only
def listing(request: HttpRequest, visit: Visit) -> HttpResponse:
    """GET /mesa/macros"""
    mine = {area.pk for area in queries.areas_written_by(visit.by)}
    groups = [
        (area, area.pk in mine, [(row, macro_forms.told(row.steps, language=visit.language)) for row in rows])
        for area, rows in groupby(queries.macros(), lambda row: row.area)
    ]
    return page(request, visit, "desk/macros.html", here="playbook", groups=groups, may_write=bool(mine))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def macro(request: HttpRequest, visit: Visit, macro_id: int | None = None) -> HttpResponse:
    """/mesa/macros/nova, /mesa/macros/7"""
    found = queries.macro(macro_id) if macro_id else None
    teams = queries.areas_written_by(visit.by)
    if (macro_id and found is None) or not teams or (found and found.area_id not in {area.pk for area in teams}):
        raise Http404
    if request.method != "POST":
        return _asked(request, visit, MacroForm.of(found, teams), found)
    form = MacroForm(request.POST, teams=teams)
    if not form.is_valid():
        return _asked(request, visit, form, found, status=422)
    refusal = frame.attempt(lambda: actions.write_macro(macro_id, **form.asked(), by=visit.by, now=visit.now))
    if refusal:
        frame.show_on(form, refusal)
        return _asked(request, visit, form, found, status=refusal.status)
    messages.success(request, _("Macro guardada."))
    return HttpResponseRedirect(reverse("desk:macros"))


@require_POST
@staff_only
def removal(request: HttpRequest, visit: Visit, macro_id: int) -> HttpResponse:
    """POST /mesa/macros/7/remocao"""
    actions.remove_macro(macro_id, by=visit.by, now=visit.now)
    messages.success(request, _("Macro removida."))
    return HttpResponseRedirect(reverse("desk:macros"))


@require_safe
@staff_only
def picker(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """GET /mesa/chamados/118402/macros: those of the ticket's area first."""
    ticket = ticket_or_404(number, visit)
    rows = [(row, macro_forms.told(row.steps, language=visit.language)) for row in queries.macros_for(ticket.area_id)]
    stem = reverse("desk:ticket", args=[number])
    return page(request, visit, "desk/macro_picker.html", ticket=ticket, rows=rows, stem=stem)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def run(request: HttpRequest, visit: Visit, number: int, macro_id: int) -> HttpResponse:
    """/mesa/chamados/118402/macros/7: what it would do, with the words to read over; a POST does it."""
    ticket, found = ticket_or_404(number, visit), queries.macro(macro_id)
    if found is None:
        raise Http404
    facts = blanks.of(ticket, visit)
    if request.method != "POST":
        return _previewed(request, visit, ticket, found, text=filled(found.steps.get("text", ""), facts))
    text, done = frame.text_in(request, "text"), list[MacroRun]()
    refusal = frame.attempt(
        lambda: done.append(
            actions.run_macro(
                macro_id, number, facts=facts, text=text, by=visit.by, now=visit.now, seen=frame.seen(request)
            )
        )
    )
    if refusal:
        return _previewed(request, visit, ticket, found, text=text, refusal=refusal)
    undo = "" if speaks(found.steps) else reverse("desk:macro_undo", args=[number, done[0].pk])
    messages.success(request, _("Macro executada: {title}").format(title=found.title), extra_tags=undo)
    url = reverse("desk:ticket", args=[number])
    return HttpResponseClientRedirect(url) if request.htmx else HttpResponseRedirect(url)  # type: ignore[attr-defined]


@require_POST
@staff_only
def undo(request: HttpRequest, visit: Visit, number: int, run_id: int) -> HttpResponse:
    """POST /mesa/chamados/118402/execucoes/7/reversao: as it was, or the page says why it cannot be."""
    ticket = ticket_or_404(number, visit)
    refusal = frame.attempt(lambda: actions.undo_run(run_id, by=visit.by, now=visit.now))
    if refusal:
        typed = {"refusal": frame.in_two_lines(refusal)}
        return workspace.show(request, visit, ticket, typed=typed, status=refusal.status)
    messages.success(request, _("Macro desfeita. O que ela anotou continua no histórico."))
    return HttpResponseRedirect(reverse("desk:ticket", args=[number]))


def _previewed(
    request: HttpRequest, visit: Visit, ticket: Ticket, found: Macro, *, text: str, refusal: Refusal | None = None
) -> HttpResponse:
    return page(
        request,
        visit,
        "desk/macro_run.html",
        status=refusal.status if refusal else 200,
        ticket=ticket,
        macro=found,
        told=macro_forms.told(found.steps, language=visit.language),
        note=filled(found.steps.get("note", ""), blanks.of(ticket, visit)),
        text=text,
        speaks=speaks(found.steps),
        refusal=frame.in_two_lines(refusal) if refusal else None,
        stem=reverse("desk:ticket", args=[ticket.pk]),
    )


def _asked(
    request: HttpRequest, visit: Visit, form: MacroForm, found: Macro | None, *, status: int = 200
) -> HttpResponse:
    known = [("{{" + name + "}}", _(meaning)) for name, meaning in BLANKS.items()]
    return page(request, visit, "desk/macro.html", here="playbook", status=status, form=form, found=found, known=known)
