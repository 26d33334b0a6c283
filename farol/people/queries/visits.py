"""In which browsers a person is signed in."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from farol.people.models import Person, Session
from farol.people.rules.devices import Device, device_named


@dataclass(frozen=True, slots=True)
class Visit:
    """`name` stands for the session's key, which nobody is shown."""

    name: str
    device: Device
    address: str
    began_at: datetime
    seen_at: datetime
    is_this: bool


def visits_of(person: Person, *, this: str, now: datetime) -> list[Visit]:
    """This browser first, then the others as they were last seen."""
    found = [_visit(session, this) for session in Session.objects.filter(person=person, expire_date__gt=now)]
    return sorted(found, key=lambda visit: (not visit.is_this, -visit.seen_at.timestamp()))


def name_of(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:24]


def _visit(session: Session, this: str) -> Visit:
    key = session.session_key
    device = device_named(session.agent)
    return Visit(name_of(key), device, session.address, session.began_at, session.seen_at, key == this)
