"""The CST's page: who is in debt, what they owe, which doors they met shut, and how it is settled (R-100, R-101)."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from farol.billing import actions
from farol.billing import queries as billed
from farol.billing.models import Title, TitleSheet
from farol.billing.rules.debt import day_of
from farol.desk import finance_rows
from farol.desk.door import Visit, allowed, page
from farol.desk.finance_forms import AgreementForm, SheetForm, TermsForm
from farol.people import queries as people
from farol.people.models import Organization
from farol.people.rules.staff import Right
from farol.ui import frame

FOUND = 20
LATELY = timedelta(days=30)
SHOWN_LINES = 1000


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(Right.FINANCE)
def finance(request: HttpRequest, visit: Visit) -> HttpResponse:
    """/mesa/financeiro?busca=: a POST brings a file, which is shown before anything of it is kept."""
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    if form.is_bound and form.is_valid():
        upload, brought = form.cleaned_data["sheet"], list[TitleSheet]()
        refusal = frame.attempt(
            lambda: brought.append(actions.bring_sheet(upload.name or "", upload.read(), by=visit.by, now=visit.now))
        )
        if refusal is None:
            return HttpResponseRedirect(reverse("desk:finance_sheet", args=[brought[0].pk]))
        frame.show_on(form, refusal)
    return _finance(request, visit, form, TermsForm(initial=_terms()), status=422 if form.is_bound else 200)


@require_POST
@allowed(Right.MANAGE)
def terms(request: HttpRequest, visit: Visit) -> HttpResponse:
    """POST /mesa/financeiro/regras"""
    form = TermsForm(request.POST)
    if not form.is_valid():
        return _finance(request, visit, SheetForm(), form, status=422)
    actions.set_terms(**form.cleaned_data, by=visit.by, now=visit.now)
    messages.success(request, _("Regras guardadas."))
    return HttpResponseRedirect(reverse("desk:finance"))


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(Right.FINANCE)
def sheet(request: HttpRequest, visit: Visit, sheet_id: int) -> HttpResponse:
    """/mesa/financeiro/arquivos/7: the good lines and the bad ones; a POST keeps the good."""
    found = billed.sheet(sheet_id) if sheet_id < 2**63 else None
    if found is None:
        raise Http404
    if request.method == "POST":
        kept = actions.keep_sheet(found.pk, by=visit.by, now=visit.now)
        messages.success(request, finance_rows.outcome(kept.outcome or {}))
        return HttpResponseRedirect(reverse("desk:finance_sheet", args=[found.pk]))
    return page(
        request,
        visit,
        "desk/finance_sheet.html",
        here="finance",
        sheet=found,
        good=[finance_rows.told(row, visit.language) for row in found.rows[:SHOWN_LINES]],
        count=len(found.rows),
        bad=finance_rows.refused(found.bad[:SHOWN_LINES]),
        bad_count=len(found.bad),
        outcome=finance_rows.outcome(found.outcome) if found.outcome else "",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(Right.FINANCE)
def customer(request: HttpRequest, visit: Visit, organization_id: int) -> HttpResponse:
    """/mesa/financeiro/clientes/7: what it owes; a POST signs an agreement."""
    found = _customer(organization_id)
    titles = billed.titles_of(found.pk)
    form = AgreementForm(
        request.POST if request.method == "POST" else None,
        open_titles=titles,
        language=visit.language,
        initial={"titles": [str(title.pk) for title in titles if title.due_on < day_of(visit.now)]},
    )
    if form.is_bound and form.is_valid():
        told = {"valid_until": form.cleaned_data["valid_until"], "terms": form.cleaned_data["terms"]}
        refusal = frame.attempt(
            lambda: actions.sign_agreement(found.pk, titles=form.chosen, **told, by=visit.by, now=visit.now)
        )
        if refusal is None:
            return _done(request, found.pk, _("Acordo registrado. O cliente é avisado."))
        frame.show_on(form, refusal)
    status = 422 if form.is_bound else 200
    return _of_customer(request, visit, found, titles, form, status=status)


@require_POST
@allowed(Right.FINANCE)
def payment(request: HttpRequest, visit: Visit, title_id: int) -> HttpResponse:
    """POST /mesa/financeiro/titulos/7/pagamento"""
    title = actions.register_payment(title_id, by=visit.by, now=visit.now)
    return _done(request, title.organization_id, _("Título {number} pago.").format(number=title.number))


@require_POST
@allowed(Right.FINANCE)
def breach(request: HttpRequest, visit: Visit, agreement_id: int) -> HttpResponse:
    """POST /mesa/financeiro/acordos/7/quebra"""
    reason = frame.text_in(request, "reason")
    agreement = actions.break_agreement(agreement_id, reason=reason, by=visit.by, now=visit.now)
    return _done(request, agreement.organization_id, _("Acordo encerrado. Os títulos voltam a contar."))


def _finance(request: HttpRequest, visit: Visit, form: SheetForm, rules: TermsForm, *, status: int) -> HttpResponse:
    text = request.GET.get("busca", "").replace("\x00", "").strip()[:80]
    found = list(people.organizations_named(text)[:FOUND]) if text else []
    today = day_of(visit.now)
    return page(
        request,
        visit,
        "desk/finance.html",
        here="finance",
        status=status,
        text=text,
        found=found,
        debtors=[finance_rows.debtor(debtor, today, visit.language) for debtor in billed.debtors(today)],
        form=form,
        rules=rules,
        may_rule=visit.person.may(Right.MANAGE),
    )


def _terms() -> dict[str, object]:
    terms = billed.terms()
    return {"grace_days": terms.grace_days, "extends_windows": terms.extends_windows}


def _customer(organization_id: int) -> Organization:
    found = people.organization(organization_id) if organization_id < 2**63 else None
    if found is None:
        raise Http404
    return found


def _of_customer(
    request: HttpRequest, visit: Visit, found: Organization, titles: list[Title], form: AgreementForm, *, status: int
) -> HttpResponse:
    today = day_of(visit.now)
    met = billed.turned_away([found.pk], since=today - LATELY).get(found.pk, [])
    return page(
        request,
        visit,
        "desk/finance_customer.html",
        here="finance",
        status=status,
        customer=found,
        standing=finance_rows.standing(found.blocked_from, today, visit.language),
        titles=[finance_rows.owed(title, today, visit.language) for title in titles],
        agreements=[finance_rows.agreed(one, today, visit.language) for one in billed.agreements_of(found.pk)],
        met=[finance_rows.met(row, today, visit.language) for row in met],
        form=form,
    )


def _done(request: HttpRequest, organization_id: int, said: str) -> HttpResponse:
    messages.success(request, said)
    return HttpResponseRedirect(reverse("desk:finance_customer", args=[organization_id]))
