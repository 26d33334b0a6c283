"""Every date kept on a ticket, with its ledger: the solution's, the replies', the areas' (R-066)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from farol.desk import targets, workspace
from farol.desk.door import Visit, page, staff_only
from farol.hours import queries as hours
from farol.tickets import queries as tickets


@require_safe
@staff_only
def dates(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """GET /mesa/chamados/118471/prazos"""
    ticket = workspace.ticket_or_404(number, visit)
    panels = targets.panels(ticket, tickets.windows(ticket), hours.book(), visit)
    return page(request, visit, "desk/targets.html", ticket=ticket, panels=panels)
