"""Where the company stands with what it owes, and the doors that are open meanwhile (R-014, R-101)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from farol.access import queries as access
from farol.access.rules import Action, CustomerInDebt
from farol.billing import queries as billed
from farol.billing.models import Title
from farol.catalog import queries as catalog
from farol.kernel.errors import gettext_noop
from farol.portal.door import Visit, contacts_only, page, visit_of
from farol.tickets.rules.windows import day_of
from farol.ui import prices, refusals, words

SHUT = {
    Action.OPEN_TICKET: gettext_noop("Abrir chamados de suporte espera o acerto com o CST."),
    Action.OPEN_CONSULTING: gettext_noop("Pedir consultoria espera o acerto com o CST."),
    Action.VIEW_TICKETS: gettext_noop("Consultar chamados espera o acerto com o CST."),
    Action.OPEN_FILE: gettext_noop("Baixar arquivos espera o acerto com o CST."),
    Action.DOWNLOAD: gettext_noop("Baixar atualizações espera o acerto com o CST."),
}


@dataclass(frozen=True, slots=True)
class Row:
    number: str
    due: str
    words: str
    money: str


@require_safe
@contacts_only
def standing(request: HttpRequest, visit: Visit) -> HttpResponse:
    """GET /financeiro: the titles are for whoever administers the company's contacts."""
    today, may_read = day_of(visit.now), visit.person.is_administrator
    titles = billed.titles_of(visit.company.pk) if may_read else []
    is_blocked = access.is_blocked(visit.company, on=today)
    return page(
        request,
        visit,
        "portal/standing.html",
        here="standing",
        lead=_("Chamados e downloads estão bloqueados.") if is_blocked else _("Nada está bloqueado."),
        may_read=may_read,
        rows=[_row(title, today, visit.language) for title in titles],
        vendor=catalog.vendor(),
    )


def shut(request: HttpRequest, refusal: CustomerInDebt, *, now: datetime) -> HttpResponse:
    """Instead of the page that debt shuts: why, and which doors are open."""
    visit = visit_of(request)
    what = SHUT.get(Action(str(refusal.facts["action"])), refusal.message)
    remedy, vendor = refusals.remedy(refusal), catalog.vendor()
    return page(
        request, visit, "portal/blocked.html", status=refusal.status, what=_(what), remedy=remedy, vendor=vendor
    )


def _row(title: Title, today: date, language: str) -> Row:
    agreement = title.agreement
    is_agreed = agreement is not None and agreement.broken_at is None and agreement.valid_until >= today
    if agreement and is_agreed:
        said = _("em acordo até {day}").format(
            day=words.bare_day(agreement.valid_until, language=language, today=today)
        )
    else:
        said = _("vencido") if title.due_on < today else _("a vencer")
    due = words.bare_day(title.due_on, language=language, today=today)
    return Row(title.number, due, said, prices.money(title.amount_cents, language=language))
