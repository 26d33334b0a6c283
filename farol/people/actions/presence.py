"""Who takes calls, on which extension, and whose telephone rings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from farol.journal.actions import tell
from farol.kernel.actor import Actor
from farol.people.models import Person
from farol.people.rules.presence import ExtensionTaken, PauseReason, Presence


@transaction.atomic
def set_presence(
    person_id: int, presence: Presence, *, by: Actor, now: datetime, reason: PauseReason | None = None
) -> bool:
    """The person takes calls, pauses for this reason, or is not there; answers whether that is new."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=person_id)
    why = reason.value if reason and presence is Presence.PAUSED else ""
    if (person.presence, person.pause_reason) == (presence, why):
        return False
    before = [person.presence, person.pause_reason, since.isoformat() if (since := person.presence_since) else None]
    told = {"presence": presence.value, "pause_reason": why, "presence_since": now}
    gone = {} if presence is Presence.AVAILABLE else {"call_at_hand": None}
    Person.objects.filter(pk=person_id).update(**told, **gone)
    facts = {"presence": presence, "reason": why, "before": before}
    tell("person.presence_changed", about=f"person:{person_id}", by=by, at=now, is_internal=True, facts=facts)
    return True


@transaction.atomic
def choose_extension(person: Person, extension: str) -> None:
    """Calls ring on this extension, which is nobody else's. Raises ExtensionTaken."""
    extension = extension.strip()
    taken = Person.objects.filter(extension=extension).exclude(pk=person.pk).first() if extension else None
    if taken:
        raise ExtensionTaken(extension=extension, name=taken.name)
    Person.objects.filter(pk=person.pk).update(extension=extension)


def ring(call_id: int, people: Iterable[int]) -> None:
    """The call rings at these people, and at nobody else."""
    ids = list(people)
    Person.objects.filter(call_at_hand=call_id).exclude(pk__in=ids).update(call_at_hand=None)
    Person.objects.filter(pk__in=ids).update(call_at_hand=call_id)


def stop_ringing(call_id: int) -> list[int]:
    """The call rings at nobody; answers at whom it did."""
    ids = list(Person.objects.filter(call_at_hand=call_id).values_list("pk", flat=True))
    Person.objects.filter(pk__in=ids).update(call_at_hand=None)
    return ids
