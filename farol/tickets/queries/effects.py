"""What a change of hours would do to the tickets, before it is made (R-064)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from farol.tickets.models import Ticket
from farol.tickets.queries.clock import pauses_in
from farol.worktime.schedule import Schedule


@dataclass(frozen=True, slots=True)
class Effect:
    """One ticket's due date as promised, and as it would be."""

    ticket: Ticket
    old: datetime
    new: datetime


def effects(schedules: Mapping[int, Schedule]) -> Iterator[Effect]:
    """The open tickets whose date would move if these versions of calendars meant these schedules."""
    tickets = Ticket.objects.filter(closed_at=None, calendar_version__in=schedules).order_by("due_at", "pk")
    for ticket in tickets.select_related("organization").prefetch_related("windows").iterator(chunk_size=2000):
        pauses = pauses_in(ticket, ticket.windows.all())
        new = schedules[ticket.calendar_version_id].due(ticket.opened_at, ticket.allowance_minutes, pauses)
        if new != ticket.due_at:
            yield Effect(ticket, ticket.due_at, new)


def effect_of_pause(
    ticket: Ticket, window_id: int, sent_at: datetime, ended_at: datetime, schedule: Schedule
) -> Effect:
    """What the ticket's date would be had this pause been from `sent_at` to `ended_at`."""
    windows = list(ticket.windows.exclude(ended_at=None).order_by("sent_at"))
    for window in windows:
        if window.pk == window_id:
            window.sent_at, window.ended_at = sent_at, ended_at
    new = schedule.due(ticket.opened_at, ticket.allowance_minutes, pauses_in(ticket, windows))
    return Effect(ticket, ticket.due_at, new)
