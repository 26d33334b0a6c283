"""Whose session it is, and which still are. Django's own reads, in threads beside the loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from importlib import import_module
from typing import TypeVar

from django.conf import settings
from django.contrib.auth import get_user
from django.db import connections
from django.http import HttpRequest

from farol.access import queries as access
from farol.house.live.hub import Reader
from farol.house.sessions import lacks_second_factor
from farol.kernel.actor import Channel
from farol.people import queries as people
from farol.people.models import Person
from farol.people.rules.staff import Right
from farol.tickets import queries as tickets
from farol.tickets.rules.windows import day_of

T = TypeVar("T")


async def aside(ask: Callable[[], T]) -> T:
    """The answer of a blocking question, while the loop goes on."""

    def asked() -> T:
        try:
            return ask()
        finally:
            connections.close_all()

    return await asyncio.to_thread(asked)


def reader_of(session_key: str, *, ticket: int = 0) -> Reader | None:
    """Who is signed in by this session; nobody if the ticket that the page shows does not exist for them."""
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    person = get_user(request)
    if not isinstance(person, Person) or not person.is_active or lacks_second_factor(person, request.session):
        return None
    if ticket and not tickets.visible_to(people.actor_of(person, Channel.PORTAL)).filter(pk=ticket).exists():
        return None
    if ticket and access.is_blocked(person.organization, on=day_of(datetime.now(UTC))):
        return None
    return Reader(session_key, person.pk, person.name, person.may(Right.WORK))  # who looks on hears as a customer does


def ended(sessions: Collection[str]) -> set[str]:
    """Those that are signed out or expired, or whose person may not come in any more."""
    limits = {"idle": settings.SESSION_IDLE, "longest": settings.SESSION_LONGEST}
    return set(sessions) - people.sessions_alive(sessions, now=datetime.now(UTC), **limits)
