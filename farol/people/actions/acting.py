"""Acting as a contact, with a reason and a trace."""

from __future__ import annotations

from datetime import datetime

from farol.audit.actions import record
from farol.audit.rules import Act
from farol.kernel.actor import Actor
from farol.people.models import Person
from farol.people.rules.acting import LASTS, REASON_AT_LEAST, ReasonMissing
from farol.people.rules.staff import NotYourRole, Right, may


def begin_acting(contact: Person, *, reason: str, by: Actor, now: datetime) -> dict[str, object]:
    """`by` acts as this contact for an hour; the trail knows why. Answers what the session remembers.

    Raises NotYourRole, also for one who is no contact or may not come in; ReasonMissing.
    """
    if not may(by.role, Right.ACT_AS) or contact.is_staff_member or not contact.is_active:
        raise NotYourRole
    reason = " ".join(reason.replace("\x00", "").split())[:400]
    if len(reason) < REASON_AT_LEAST:
        raise ReasonMissing
    record(Act.ACTING_BEGUN, by, f"person:{contact.pk}", {"reason": reason}, at=now)
    return {"person": contact.pk, "until": (now + LASTS).timestamp()}


def end_acting(contact: Person, *, by: Actor, now: datetime) -> None:
    """`by` is themselves again."""
    record(Act.ACTING_ENDED, by, f"person:{contact.pk}", at=now)
