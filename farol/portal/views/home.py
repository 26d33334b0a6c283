"""The first page: whose turn it is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from farol.access import queries as access
from farol.catalog import queries as catalog
from farol.contracts import queries as contracts
from farol.contracts.models import Item
from farol.hours import queries as hours
from farol.journal import queries as journal
from farol.people import queries as people
from farol.portal import rows
from farol.portal.door import Visit, contacts_only, page
from farol.tickets import queries as tickets
from farol.tickets.queries import Filters, Order
from farol.tickets.rules.lifecycle import State
from farol.tickets.rules.windows import ZONE, day_of
from farol.ui.week import week_words

SHOWN = 9
WITH_THE_TEAM = (State.OPEN.value, State.IN_ANALYSIS.value)


@require_safe
@contacts_only
def home(request: HttpRequest, visit: Visit) -> HttpResponse:
    """To a customer in debt, without the tickets: those are read when it is settled (R-014)."""
    if access.is_blocked(visit.company, on=day_of(visit.now)):
        return _without_tickets(request, visit)
    windows = list(tickets.owed_by(visit.by)[: SHOWN + 1])
    entries = journal.entries_by_id(window.entry_id for window in windows)
    staff = people.people_by_id(entry.actor_id for entry in entries.values())
    with_us = list(
        tickets.listed(visit.by, Filters(states=WITH_THE_TEAM, open_only=True), order=Order.DUE)[: SHOWN + 1]
    )
    items = list(contracts.items_of(visit.company.pk, on=day_of(visit.now)))
    turns = rows.turns(windows, entries, staff, visit)
    return page(
        request,
        visit,
        "portal/home.html",
        here="home",
        greeting=_greeting(visit),
        lead=_lead(turns),
        turns=turns[:SHOWN],
        team=rows.rows(with_us[:SHOWN], visit, {}),
        turns_are_long=len(turns) > SHOWN,
        team_is_long=len(with_us) > SHOWN,
        drafts=list(tickets.drafts_of(visit.person.pk)[:5]),
        items=items,
        opening_hours=_hours(items, visit),
        vendor=catalog.vendor(),
    )


def _without_tickets(request: HttpRequest, visit: Visit) -> HttpResponse:
    items = list(contracts.items_of(visit.company.pk, on=day_of(visit.now)))
    return page(
        request,
        visit,
        "portal/home_blocked.html",
        here="home",
        greeting=_greeting(visit),
        items=items,
        drafts=list(tickets.drafts_of(visit.person.pk)[:5]),
        opening_hours=_hours(items, visit),
        vendor=catalog.vendor(),
    )


def _greeting(visit: Visit) -> str:
    hour = visit.now.astimezone(ZONE).hour
    said = (
        _("Bom dia, {name}.")
        if 4 <= hour < 12
        else _("Boa tarde, {name}.")
        if 12 <= hour < 18
        else _("Boa noite, {name}.")
    )
    return said.format(name=visit.person.first_name)


def _lead(turns: list[rows.Turn]) -> str:
    count = len(turns)
    if not count:
        return _("Nada esperando você. Avisamos por e-mail quando precisar.")
    if count > SHOWN:
        return _("Vários chamados esperam uma resposta sua.")
    numbers = {
        1: _("Um"),
        2: _("Dois"),
        3: _("Três"),
        4: _("Quatro"),
        5: _("Cinco"),
        6: _("Seis"),
        7: _("Sete"),
        8: _("Oito"),
        9: _("Nove"),
    }
    return ngettext(
        "{number} chamado espera uma resposta sua.", "{number} chamados esperam uma resposta sua.", count
    ).format(number=numbers[count])


def _hours(items: list[Item], visit: Visit) -> str:
    """When the telephone is answered, as the customer's own plan says."""
    if not items:
        return ""
    schedule = hours.in_force(items[0].contract.plan.calendar_code, day_of(visit.now))[1]
    return week_words(schedule.hours.week, language=visit.language)
