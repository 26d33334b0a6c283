"""Two views: one writes a ticket and its message, one reads twice by an index and answers JSON."""

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


urlpatterns = [
    path("write", write),
    path("tickets/<int:number>", ticket),
]
