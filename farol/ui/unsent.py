"""A message half written, at both doors: kept while it is typed, shown again, discarded, gone when it is sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.http import HttpRequest, JsonResponse

from farol.kernel.actor import Actor
from farol.people.models import Person
from farol.tickets import actions, queries
from farol.tickets.models import Unsent
from farol.ui import frame

T = TypeVar("T")


def keep(request: HttpRequest, number: int, *, by: Actor, now: datetime) -> JsonResponse:
    """What the composer holds is kept; the answer says since when."""
    at = actions.keep_words(
        number,
        body=request.POST.get("body", ""),
        is_internal=bool(request.POST.get("internal")),
        by=by,
        now=now,
        seen=frame.seen(request),
    )
    return JsonResponse({"saved_at": at.isoformat() if at else None})


def of(person: Person, number: int, *, by: Actor) -> Unsent | None:
    """What the person has half written for the ticket; whoever has nothing costs no query."""
    return queries.unsent(number, by=by) if number in person.unsent else None


def send(person: Person, number: int, verb: Callable[[], T], *, by: Actor) -> T:
    """Do it; what was half written is gone with it."""
    return actions.send_words(number, verb, by=by) if number in person.unsent else verb()
