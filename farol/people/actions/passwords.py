"""Passwords that get too old for consulting (R-017)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from farol.kernel.actor import HOUSE
from farol.people.actions.chronicle import tell
from farol.people.actions.links import about
from farol.people.queries import contacts as queries

AT_ONCE = 500


def remind(now: datetime) -> int:
    """Those whose password is about to be too old have a letter that says so, once; answers how many."""
    waiting = queries.passwords_to_remind(now).values_list("pk", flat=True)[:AT_ONCE]
    return sum(_told(person_id, now=now) for person_id in waiting)


@transaction.atomic
def _told(person_id: int, *, now: datetime) -> bool:
    person = queries.passwords_to_remind(now).select_for_update().filter(pk=person_id).first()
    until = queries.password_expires_at(person) if person else None
    if person is None or until is None:
        return False
    person.password_reminded_at = now
    person.save(update_fields=["password_reminded_at"])
    facts = {"person": person.pk, "name": person.name, "until": until.isoformat()}
    tell("contact.password_old", about=about(person), by=HOUSE, at=now, facts=facts)
    return True
