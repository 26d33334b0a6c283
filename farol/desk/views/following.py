"""What concerns a person in tickets of others: where they were called, and what they follow."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from farol.desk.door import Visit, page, staff_only
from farol.tickets import actions
from farol.tickets import queries as tickets

EXCERPT = 240
ALL = "todas"


@require_safe
@staff_only
def followed(request: HttpRequest, visit: Visit) -> HttpResponse:
    """GET /mesa/acompanho, ?mencoes=todas with those that were read."""
    is_whole = request.GET.get("mencoes") == ALL
    calls = [
        {"ticket": call.ticket, "author": call.author, "entry": call.entry, "words": _excerpt(call.entry.body)}
        for call in tickets.mentions_of(visit.by, unread=not is_whole)
    ]
    found = tickets.followed_by(visit.by)
    return page(request, visit, "desk/followed.html", here="followed", calls=calls, is_whole=is_whole, followed=found)


@require_POST
@staff_only
def removal(request: HttpRequest, visit: Visit, number: int, person_id: int) -> HttpResponse:
    """POST /mesa/chamados/<number>/acompanhantes/<person_id>/remocao"""
    if actions.unfollow_ticket(number, person_id=person_id, by=visit.by, now=visit.now):
        messages.success(request, _("Quem saiu do acompanhamento não recebe mais avisos deste chamado."))
    return HttpResponseRedirect(reverse("desk:ticket", args=[number]))


def _excerpt(text: str) -> str:
    said = " ".join(text.split())
    return said if len(said) <= EXCERPT else said[:EXCERPT].rstrip() + "…"
