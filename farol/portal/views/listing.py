"""All the company's tickets: open or closed, by words or number, a page at a time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from farol.portal import rows
from farol.portal.door import Visit, contacts_only, page
from farol.tickets import queries as tickets
from farol.tickets.models import Ticket
from farol.tickets.queries import CLOSED_STATES, Filters, Place

PAGE = 20
LONGEST_SEARCH = 200
PLACE = re.compile(r"[0-9]{1,17}")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Tab:
    key: str
    label: str
    url: str


@require_safe
@contacts_only
def listing(request: HttpRequest, visit: Visit) -> HttpResponse:
    """GET /chamados?situacao=abertos|encerrados|todos&q=&depois="""
    text = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH]
    state = request.GET.get("situacao", "")
    state = state if state in {"encerrados", "todos"} else "abertos"
    after = _after(request.GET.get("depois", ""))
    filters = Filters(open_only=state == "abertos", states=CLOSED_STATES if state == "encerrados" else (), text=text)
    found = list(tickets.listed(visit.by, filters, after=after)[: PAGE + 1])
    shown = found[:PAGE]
    return page(
        request,
        visit,
        "portal/tickets.html",
        here="tickets",
        rows=rows.rows(shown, visit),
        tabs=[Tab(key, label, _url(key, text)) for key, label in _tabs()],
        state=state,
        q=text,
        next_url=_url(state, text, _place(shown[-1])) if len(found) > PAGE else "",
        first_url=_url(state, text) if after else "",
    )


def _tabs() -> list[tuple[str, str]]:
    return [("abertos", _("Abertos")), ("encerrados", _("Encerrados")), ("todos", _("Todos"))]


def _after(text: str) -> Place | None:
    """Where the page before ended; anything else begins at the beginning."""
    opened, _dash, number = text.partition("-")
    if not (PLACE.fullmatch(opened) and PLACE.fullmatch(number)):
        return None
    return Place(EPOCH + timedelta(microseconds=int(opened)), int(number))


def _place(ticket: Ticket) -> str:
    return f"{(ticket.opened_at - EPOCH) // timedelta(microseconds=1)}-{ticket.pk}"


def _url(state: str, text: str, after: str = "") -> str:
    asked = {"situacao": "" if state == "abertos" else state, "q": text, "depois": after}
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{reverse('portal:tickets')}?{query}" if query else reverse("portal:tickets")
