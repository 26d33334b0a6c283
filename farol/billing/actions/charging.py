"""Putting something on the bill."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from farol.billing.models import BillingEntry
from farol.journal.actions import tell
from farol.kernel.actor import Actor


@transaction.atomic
def charge(
    *,
    source: str,
    organization_id: int,
    title: str,
    lines: Sequence[Mapping[str, Any]],
    charges: Sequence[Mapping[str, Any]],
    minutes: int,
    total_cents: int | None,
    ready_at: datetime,
    by: Actor,
) -> BillingEntry:
    """`source` is on the bill, ready to be invoiced; asked again it answers what stands there (R-095)."""
    entry, is_new = BillingEntry.objects.get_or_create(
        source=source,
        defaults={
            "organization_id": organization_id,
            "title": title[:200],
            "lines": list(lines),
            "charges": list(charges),
            "minutes": minutes,
            "total_cents": total_cents,
            "ready_at": ready_at,
        },
    )
    if is_new:
        facts = {"source": source, "minutes": minutes, "total_cents": total_cents}
        tell("billing.charged", about=f"billing:{entry.pk}", by=by, at=ready_at, facts=facts)
    return entry
