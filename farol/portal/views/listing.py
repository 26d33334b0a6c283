"""All the company's tickets: open or closed, by words or number, a page at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from farol.audit.actions import record
from farol.audit.rules import Act
from farol.portal import rows
from farol.portal.door import Visit, contacts_only, page
from farol.tickets import queries as tickets
from farol.tickets.queries import CLOSED_STATES, Answer, Filters
from farol.ui import ticket_sheet
from farol.ui.places import place_in, written
from farol.ui.sheets import sheet

PAGE = 20
EXPORTED_AT_MOST = 50_000
LONGEST_SEARCH = 200
NO_ANSWERS: Mapping[int, Answer] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Tab:
    key: str
    label: str
    url: str


@require_safe
@contacts_only
def listing(request: HttpRequest, visit: Visit) -> HttpResponse:
    """GET /chamados?situacao=abertos|encerrados|todos&q=&depois="""
    text, state, filters = _asked(request)
    after = place_in(request.GET.get("depois", ""))
    found = tickets.found_page(visit.by, filters, after=after, limit=PAGE)
    return page(
        request,
        visit,
        "portal/tickets.html",
        here="tickets",
        rows=rows.rows(found.tickets, visit, tickets.answers(visit.by, found) if text else NO_ANSWERS),
        tabs=[Tab(key, label, _url(key, text)) for key, label in _tabs()],
        state=state,
        q=text,
        next_url=_url(state, text, written(found.next)) if found.next else "",
        export_url=_url(state, text).replace(reverse("portal:tickets"), reverse("portal:export"), 1),
        first_url=_url(state, text) if after else "",
    )


@require_safe
@contacts_only
def export(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """GET /chamados.csv: the same list as lines of a spreadsheet."""
    _text, _state, filters = _asked(request)
    found = tickets.all_found(visit.by, filters, most=EXPORTED_AT_MOST + 1)
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


def _asked(request: HttpRequest) -> tuple[str, str, Filters]:
    text = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH]
    state = request.GET.get("situacao", "")
    state = state if state in {"encerrados", "todos"} else "abertos"
    states = CLOSED_STATES if state == "encerrados" else ()
    return text, state, Filters(open_only=state == "abertos", states=states, text=text)


def _tabs() -> list[tuple[str, str]]:
    return [("abertos", _("Abertos")), ("encerrados", _("Encerrados")), ("todos", _("Todos"))]


def _url(state: str, text: str, after: str = "") -> str:
    asked = {"situacao": "" if state == "abertos" else state, "q": text, "depois": after}
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{reverse('portal:tickets')}?{query}" if query else reverse("portal:tickets")
