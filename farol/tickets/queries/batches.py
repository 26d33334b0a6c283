"""How a batch stands."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from farol.kernel.actor import Actor
from farol.tickets.models import Batch, BatchItem


@dataclass(frozen=True, slots=True)
class Progress:
    """A batch with how many of its tickets are done, were as wanted already, were refused and wait."""

    batch: Batch
    done: int
    unchanged: int
    waiting: int
    refused: list[BatchItem]

    @property
    def total(self) -> int:
        return self.done + self.unchanged + self.waiting + len(self.refused)

    @property
    def settled(self) -> int:
        return self.total - self.waiting

    @property
    def is_over(self) -> bool:
        return self.batch.ended_at is not None


def progress(batch_id: int, *, by: Actor) -> Progress | None:
    """Only whoever asked for it sees it."""
    batch = Batch.objects.select_related("assignee", "area", "undoes", "undone_by")
    found = batch.filter(pk=batch_id, person=by.person_id).first()
    if found is None:
        return None
    counted = dict(found.items.values_list("outcome").annotate(Count("id")))
    outcome = BatchItem.Outcome
    return Progress(
        batch=found,
        done=counted.get(outcome.DONE, 0),
        unchanged=counted.get(outcome.UNCHANGED, 0),
        waiting=counted.get(outcome.WAITING, 0),
        refused=list(found.items.filter(outcome=outcome.REFUSED).order_by("number")),
    )
