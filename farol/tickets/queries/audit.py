"""The proof that every stored date is the one that its rows give: a stored date is a cache (R-060 to R-064).

A date stands as it was reckoned until something reckons it anew, so a holiday entered
afterwards is no mistake in it: such a date is told apart as kept, once it is found to
follow from the hours that were known when it was last reckoned.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Max, Prefetch, Q

from farol.hours import queries as hours
from farol.hours.queries import History
from farol.journal import queries as journal
from farol.tickets.models import Target, Ticket
from farol.tickets.queries.clock import pauses_in
from farol.worktime.schedule import Schedule
from farol.worktime.spans import Pause

RECKONED = Q(facts__has_key="due") | Q(facts__has_key="state") | Q(name="ticket.opened")
"""The entries with which a date was reckoned, whether it moved or not."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A stored date that is not the reckoned one; `is_kept` if it was, by the hours known then."""

    number: int
    stored: datetime
    reckoned: datetime
    promise: str = "solution"
    is_kept: bool = False


@dataclass(slots=True)
class Past:
    """The hours as they were known; read only when a date disagrees."""

    history: History | None = None
    schedules: dict[tuple[int, int], Schedule] = field(default_factory=dict)

    def schedule(self, version_id: int, entry_id: int) -> Schedule:
        self.history = self.history or hours.history()
        key = version_id, len(self.history.until(entry_id))
        if key not in self.schedules:
            self.schedules[key] = hours.schedule_known(version_id, entry_id, self.history)
        return self.schedules[key]


def disagreements() -> Iterator[Disagreement]:
    """The dates that nothing explains, in the order of the tickets' numbers."""
    return (each for each in differences() if not each.is_kept)


def differences() -> Iterator[Disagreement]:
    """Every date that is not what its rows and the hours known now give: the tickets', and those of open targets."""
    past = Past()
    open_targets = Prefetch("targets", Target.objects.filter(ended_at=None).exclude(promise="solution"))
    tickets = Ticket.objects.order_by("pk").prefetch_related("windows", open_targets)
    for ticket in tickets.iterator(chunk_size=2000):
        pauses = pauses_in(ticket, ticket.windows.all())
        due = _due(ticket.calendar_version_id, ticket.opened_at, ticket.allowance_minutes, pauses)
        if due != ticket.due_at:
            yield _told(ticket, pauses, due, past)
        for target in ticket.targets.all():
            due = _due(target.calendar_version_id, target.started_at, target.minutes, pauses)
            if due != target.due_at:
                yield _told_of(target, pauses, due, past)


def _due(version_id: int, since: datetime, minutes: int, pauses: Sequence[Pause]) -> datetime:
    return hours.schedule_kept(version_id).due(since, minutes, pauses)


def _told(ticket: Ticket, pauses: Sequence[Pause], due: datetime, past: Past) -> Disagreement:
    schedule = past.schedule(ticket.calendar_version_id, _reckoned_with(ticket.pk))
    is_kept = schedule.due(ticket.opened_at, ticket.allowance_minutes, pauses) == ticket.due_at
    return Disagreement(ticket.pk, ticket.due_at, due, is_kept=is_kept)


def _told_of(target: Target, pauses: Sequence[Pause], due: datetime, past: Past) -> Disagreement:
    schedule = past.schedule(target.calendar_version_id, _reckoned_with(target.ticket_id, target.started_at))
    is_kept = schedule.due(target.started_at, target.minutes, pauses) == target.due_at
    return Disagreement(target.ticket_id, target.due_at, due, target.promise, is_kept)


def _reckoned_with(number: int, since: datetime | None = None) -> int:
    """The last entry with which the date was reckoned; begun `since`, at least that with which it began."""
    entries = journal.about(f"ticket:{number}")
    ids = [entries.filter(RECKONED).aggregate(last=Max("id"))["last"]]
    if since:
        ids.append(entries.filter(happened_at__lte=since).aggregate(last=Max("id"))["last"])
    return max((found for found in ids if found), default=0)
