"""What waits for a person."""

from __future__ import annotations

from collections.abc import Sequence

from farol.kernel.actor import Actor
from farol.tickets.models import Task

SHOWN = 100


def open_tasks(by: Actor, *, areas: Sequence[int] = (), after: int = 0, limit: int = SHOWN) -> list[Task]:
    """Of these areas, or of all when none is named; the oldest first, beginning after `after`. Customers have none."""
    if not by.is_staff:
        return []
    tasks = Task.objects.select_related("ticket__organization", "ticket__assignee", "area")
    tasks = tasks.filter(done_at=None, pk__gt=after)
    return list((tasks.filter(area__in=areas) if areas else tasks).order_by("id")[:limit])


def task(task_id: int) -> Task | None:
    return Task.objects.filter(pk=task_id).first()
