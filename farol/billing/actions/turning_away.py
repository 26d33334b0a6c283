"""Counting who met a shut door, for the CST to see (R-101)."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.db.models.functions import Greatest

from farol.billing.models import TurnedAway
from farol.billing.rules.debt import day_of
from farol.kernel.actor import Channel


def turn_away(organization_id: int, action: str, *, channel: Channel, now: datetime) -> None:
    """One more attempt of this kind stands against this day. One row a day and kind, however often they try."""
    TurnedAway.objects.update_or_create(
        organization_id=organization_id,
        day=day_of(now),
        action=action[:24],
        channel=channel,
        defaults={"count": F("count") + 1, "last_at": Greatest("last_at", now)},
        create_defaults={"count": 1, "last_at": now},
    )
