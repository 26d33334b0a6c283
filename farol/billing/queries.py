"""Questions about what is to be invoiced."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum

from farol.billing.models import BillingEntry
from farol.kernel.actor import Actor, Side


@dataclass(frozen=True, slots=True)
class Total:
    """What all of it comes to; `unpriced` entries are not in the money."""

    entries: int
    minutes: int
    cents: int
    unpriced: int


def visible_to(by: Actor) -> QuerySet[BillingEntry]:
    """All for the staff, their company's for a contact."""
    if by.side is Side.CUSTOMER:
        return BillingEntry.objects.filter(organization_id=by.organization_id)
    return BillingEntry.objects.all()


def ready(by: Actor, *, before: int = 0, limit: int = 50) -> list[BillingEntry]:
    """The newest first, from the one before `before` on (R-095)."""
    entries = visible_to(by).select_related("organization").order_by("-id")
    return list((entries.filter(pk__lt=before) if before else entries)[:limit])


def total(by: Actor) -> Total:
    """Of a customer's own entries, which are few."""
    sums = visible_to(by).aggregate(
        entries=Count("id"),
        minutes=Sum("minutes", default=0),
        cents=Sum("total_cents", default=0),
        unpriced=Count("id", filter=Q(total_cents=None)),
    )
    return Total(**sums)


def entry_for(source: str) -> BillingEntry | None:
    return BillingEntry.objects.filter(source=source).first()
