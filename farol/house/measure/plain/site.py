"""Three views: one that writes a ticket and its message, two that read by an index and answer JSON."""

from __future__ import annotations

import json
from datetime import timedelta

from django.core.wsgi import get_wsgi_application
from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.utils import timezone

application = get_wsgi_application()

from farol.house.measure.plain.models import Message, Ticket  # noqa: E402  # after Django's start

PAGE = 50


def write(request: HttpRequest) -> JsonResponse:
    said = json.loads(request.body)
    with transaction.atomic():
        ticket = Ticket._default_manager.create(
            subject=said["subject"],
            description=said["description"],
            customer_id=said["customer"],
            area_id=said["area"],
            severity="high",
            due_at=timezone.now() + timedelta(hours=20),
        )
        message = Message._default_manager.create(ticket=ticket, author_id=said["customer"], body=said["description"])
    return JsonResponse({"ticket": ticket.pk, "message": message.pk}, status=201)


def ticket(request: HttpRequest, number: int) -> JsonResponse:
    """One read by key, one by foreign key."""
    found = Ticket._default_manager.values().get(pk=number)
    messages = Message._default_manager.filter(ticket_id=number).order_by("id").values()
    return JsonResponse({**found, "messages": list(messages)})


def queue(request: HttpRequest, area: int) -> JsonResponse:
    """A page of the queue along its index, and the number of messages of each."""
    tickets = list(Ticket._default_manager.filter(area_id=area).order_by("due_at").values()[:PAGE])
    last = dict(
        Message._default_manager.filter(ticket_id__in=[found["id"] for found in tickets]).values_list(
            "ticket_id", "author_id"
        )
    )
    return JsonResponse({"items": [{**found, "last_author": last.get(found["id"])} for found in tickets]})


urlpatterns = [
    path("write", write),
    path("tickets/<int:number>", ticket),
    path("areas/<int:area>", queue),
]
