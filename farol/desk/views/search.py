"""Finding a ticket by its number or by words, open or closed; every search can be linked."""

from __future__ import annotations

from functools import partial
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from farol.audit.actions import record
from farol.audit.rules import Act
from farol.desk import finding, found_rows
from farol.desk.door import Visit, allowed, page
from farol.desk.finding import Wanted
from farol.desk.saved import saved_views
from farol.desk.shell import standing
from farol.people.rules.staff import Right
from farol.tickets import queries as tickets
from farol.tickets.queries import Found
from farol.ui import ticket_sheet
from farol.ui.places import written
from farol.ui.sheets import sheet

PAGE = 20
EXPORTED_AT_MOST = 50_000


@require_safe
@allowed(Right.READ)
def search(request: HttpRequest, visit: Visit) -> HttpResponse:
    """GET /mesa/busca?q=&situacao=&area=&severidade=&produto=&contrato=&cliente=&pessoa=&de=&ate=&depois="""
    wanted = Wanted.of(request.GET)
    found = _found(visit, wanted)
    if _is_one_number(wanted, found):
        return HttpResponseRedirect(reverse("desk:ticket", args=[found.tickets[0].pk]))
    where = standing(request, visit.by, visit.person)
    asked = finding.said(request.GET)
    return page(
        request,
        visit,
        "desk/search.html",
        here="search",
        wanted=wanted,
        says_nothing=found.says_nothing,
        rows=found_rows.made(found, visit=visit, answers=tickets.answers(visit.by, found) if wanted.text else {}),
        views=saved_views(visit, where.team_ids, asked),
        areas=where.team,
        asked=asked,
        chips=partial(finding.chips, wanted, [*where.team, *where.others]),
        chips_key=asked,
        export_url=f"{reverse('desk:export')}?{asked}" if wanted.is_asked else "",
        clear_url=f"?{urlencode({'q': wanted.text})}",
        first_url=f"?{asked}" if wanted.after else "",
        next_url=f"?{asked}&depois={written(found.next)}" if found.next else "",
    )


@require_safe
@allowed(Right.EXPORT)
def export(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """GET /mesa/busca.csv: the tickets of the same address as lines of a spreadsheet."""
    wanted = Wanted.of(request.GET)
    found = tickets.all_found(visit.by, wanted.filters(), most=EXPORTED_AT_MOST + 1) if wanted.is_asked else ()
    record(
        Act.EXPORTED,
        visit.by,
        visit.by.subject,
        {"what": "tickets", "asked": request.GET.urlencode()[:400]},
        at=visit.now,
    )
    return sheet(
        "chamados", ticket_sheet.head(), ticket_sheet.rows(found, most=EXPORTED_AT_MOST), language=visit.language
    )


def _found(visit: Visit, wanted: Wanted) -> Found:
    if not wanted.is_asked:
        return Found.nothing()
    return tickets.found_page(visit.by, wanted.filters(), after=wanted.after, limit=PAGE, seen=found_rows.narrow)


def _is_one_number(wanted: Wanted, found: Found) -> bool:
    """Somebody typed the number of a ticket, and nothing else is meant."""
    is_number = wanted.text.removeprefix("#").isdecimal() and not wanted.is_narrowed
    return is_number and len(found.tickets) == 1 and str(found.tickets[0].pk) == wanted.text.removeprefix("#")
