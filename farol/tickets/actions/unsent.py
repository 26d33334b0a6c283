"""Messages half written: kept as they are typed, gone in the transaction that sends them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.db import transaction

from farol.journal import queries as journal
from farol.kernel.actor import Actor
from farol.people import actions as people
from farol.tickets import queries
from farol.tickets.models import Ticket, Unsent
from farol.tickets.rules.opening import MAX_TEXT, TicketNotFound

T = TypeVar("T")


@transaction.atomic
def keep_words(
    number: int, *, body: str, by: Actor, now: datetime, is_internal: bool = False, seen: int | None = None
) -> datetime | None:
    """What the person typed so far is kept, in the place of what was; nothing typed keeps nothing.

    Answers since when it is kept. A page that this person has sent from meanwhile keeps nothing any more.
    """
    ticket = queries.visible_to(by).filter(pk=number).first()
    if ticket is None:
        raise TicketNotFound
    queries.refuse_onlookers(by)
    if seen is not None and ticket.last_entry_id > seen and _has_spoken_since(ticket, seen, by):
        return None
    body = body.replace("\x00", "")[:MAX_TEXT]
    if not body.strip():
        discard_words(number, by=by)
        return None
    _, is_new = Unsent.objects.update_or_create(
        person_id=by.person_id,
        ticket=ticket,
        defaults={"body": body, "is_internal": is_internal and by.is_staff, "saved_at": now},
    )
    if is_new:
        people.note_unsent(by.person_id, number)
    return now


@transaction.atomic
def discard_words(number: int, *, by: Actor) -> None:
    """The message half written is gone."""
    gone, _ = Unsent.objects.filter(person=by.person_id, ticket=number).delete()
    if gone:
        people.forget_unsent(by.person_id, number)


@transaction.atomic
def send_words(number: int, send: Callable[[], T], *, by: Actor) -> T:
    """What was half written is sent and gone, or neither."""
    sent = send()
    discard_words(number, by=by)
    return sent


def _has_spoken_since(ticket: Ticket, seen: int, by: Actor) -> bool:
    newer = journal.about(f"ticket:{ticket.pk}").filter(pk__gt=seen, actor_id=by.person_id)
    return newer.exclude(body="").exists()
