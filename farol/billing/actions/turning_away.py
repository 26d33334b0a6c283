"""Counting who met a shut door, for the CST to see (R-101)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest

from farol.audit import actions as audit
from farol.audit.rules import Act
from farol.billing.models import TurnedAway
from farol.billing.rules.debt import day_of
from farol.kernel.actor import Actor


@transaction.atomic
def turn_away(organization_id: int, action: str, *, by: Actor, now: datetime) -> None:
    """One more attempt of this kind stands against this day; the first of a day is on the trail as well.

    One row a day and kind, however often they try.
    """
    _, is_first = TurnedAway.objects.update_or_create(
        organization_id=organization_id,
        day=day_of(now),
        action=action[:24],
        channel=by.channel,
        defaults={"count": F("count") + 1, "last_at": Greatest("last_at", now)},
        create_defaults={"count": 1, "last_at": now},
    )
    if is_first:
        audit.record(Act.BLOCKED, by, f"organization:{organization_id}", {"action": action, "why": "debt"}, at=now)
