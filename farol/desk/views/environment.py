"""A customer's environment as one ticket knows it: attempts, authorisations, accesses, copies, sessions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from farol.desk.door import Visit, page, staff_only
from farol.desk.workspace import ticket_or_404
from farol.tickets import actions
from farol.tickets import queries as tickets
from farol.ui import frame, refusals


@require_safe
@staff_only
def environment(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """GET /mesa/chamados/118402/ambiente"""
    return _page(request, visit, number)


@require_POST
@staff_only
def deletion(request: HttpRequest, visit: Visit, number: int, copy_id: int) -> HttpResponse:
    """POST /mesa/chamados/118402/copias/7/exclusao, with the proof (R-083)"""
    ticket = ticket_or_404(number, visit)
    if copy_id not in {copy.pk for copy in tickets.copies(ticket)}:
        raise Http404
    proof = request.POST.get("proof", "").replace("\x00", "")
    refusal = frame.attempt(lambda: actions.delete_copy(copy_id, proof=proof, by=visit.by, now=visit.now))
    if refusal is None:
        messages.success(request, _("Exclusão comprovada."))
        return HttpResponseRedirect(reverse("desk:environment", args=[number]))
    if not refusals.field_errors(refusal):
        raise refusal
    return _page(request, visit, number, status=refusal.status, refused=copy_id, error=frame.in_one_line(refusal))


def _page(request: HttpRequest, visit: Visit, number: int, *, status: int = 200, **facts: Any) -> HttpResponse:
    ticket = ticket_or_404(number, visit)
    found: dict[str, Any] = {
        "attempts": tickets.attempts(ticket),
        "authorisations": tickets.database_windows(ticket),
        "copies": tickets.copies(ticket),
        "sessions": tickets.sessions(ticket),
    }
    stem = reverse("desk:ticket", args=[number])
    return page(request, visit, "desk/environment.html", status=status, ticket=ticket, stem=stem, **found, **facts)
