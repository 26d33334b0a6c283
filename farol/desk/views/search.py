"""Finding a ticket by its number or by words, open or closed."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from farol.desk.door import Visit, page, staff_only
from farol.tickets import queries as tickets
from farol.tickets.models import Ticket
from farol.tickets.queries import Filters

MOST = 50


@dataclass(frozen=True, slots=True)
class Found:
    """A ticket that holds the words, as a row of a list."""

    ticket: Ticket
    url: str


@require_safe
@staff_only
def search(request: HttpRequest, visit: Visit) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:200]
    found = list(tickets.listed(visit.by, Filters(text=text))[:MOST]) if text else []
    if text.isdecimal() and len(found) == 1:
        return HttpResponseRedirect(reverse("desk:ticket", args=[found[0].pk]))
    rows = [Found(ticket, reverse("desk:ticket", args=[ticket.pk])) for ticket in found]
    return page(request, visit, "desk/search.html", text=text, rows=rows, is_cut=len(rows) == MOST)
