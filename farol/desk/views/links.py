"""Undoing what ties two tickets."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from farol.desk import workspace
from farol.desk.door import Visit, staff_only
from farol.tickets import actions
from farol.ui import frame


@require_POST
@staff_only
def link(request: HttpRequest, visit: Visit, number: int, link_id: int) -> HttpResponse:
    """POST /mesa/chamados/<number>/ligacoes/<link_id>: the link ends, or the page says why it cannot."""
    ticket = workspace.ticket_or_404(number, visit)
    refusal = frame.attempt(lambda: actions.undo_link(number, link_id, by=visit.by, now=visit.now))
    if refusal:
        typed = {"refusal": frame.in_two_lines(refusal)}
        return workspace.show(request, visit, ticket, typed=typed, status=refusal.status)
    messages.success(request, _("Ligação desfeita."))
    return HttpResponseRedirect(reverse("desk:ticket", args=[number]))
