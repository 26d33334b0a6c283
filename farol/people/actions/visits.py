"""Visits of a person's browsers: seen, and ended by whom they belong to."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from farol.audit import actions as audit
from farol.kernel.actor import Actor
from farol.people.models import Person, Session
from farol.people.queries.visits import name_of
from farol.people.rules.visits import ADDRESS_KEPT


def see(key: str, *, address: str, now: datetime) -> None:
    """The browser was just seen, at this address."""
    Session.objects.filter(session_key=key).update(seen_at=now, address=address[:ADDRESS_KEPT])


@transaction.atomic
def end_visit(person: Person, name: str, *, by: Actor) -> bool:
    """The browser is signed out, if it is one of the person's."""
    keys = [key for key in _keys_of(person) if name_of(key) == name]
    return bool(_end(person, keys, by))


@transaction.atomic
def end_other_visits(person: Person, *, but: str, by: Actor) -> int:
    """Every browser of the person but this one is signed out; answers how many."""
    return _end(person, [key for key in _keys_of(person) if key != but], by)


def _keys_of(person: Person) -> list[str]:
    return list(Session.objects.filter(person=person).values_list("session_key", flat=True))


def _end(person: Person, keys: list[str], by: Actor) -> int:
    count = Session.objects.filter(session_key__in=keys).delete()[0] if keys else 0
    if count:
        audit.record("person.sessions_ended", by, f"person:{person.pk}", {"count": count})
    return count
