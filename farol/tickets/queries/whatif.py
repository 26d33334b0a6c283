"""Closed tickets replayed under another policy, before anybody changes anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from farol.tickets.models import Ticket
from farol.tickets.queries.clock import pauses_in, stands_at
from farol.tickets.rules.lifecycle import State
from farol.tickets.rules.severity import Severity
from farol.worktime.errors import OutsideYears
from farol.worktime.schedule import Schedule

JUDGED = (State.CLOSED_ACCEPTED, State.CLOSED_SILENT, State.CLOSED_ABANDONED)
"""Endings that the clock led to; what was redirected or cancelled was never owed."""


@dataclass(slots=True)
class Replayed:
    """Of the tickets of one severity, how many were answered in time: as promised, and under the other policy.

    `outside` lay beyond the calendar's years; they are left out of the other numbers.
    """

    severity: Severity
    tickets: int = 0
    met: int = 0
    would_meet: int = 0
    outside: int = 0

    @property
    def late(self) -> int:
        return self.tickets - self.met

    @property
    def would_be_late(self) -> int:
        return self.tickets - self.would_meet


def simulate(
    schedule: Schedule, allowances: Mapping[str, int], *, since: datetime, until: datetime
) -> dict[Severity, Replayed]:
    """The tickets that ended from `since` to `until` with their own openings and pauses, on other hours and minutes.

    `allowances` are business minutes by severity; one that is left out is not replayed.
    """
    found = {severity: Replayed(severity) for severity in Severity}
    tickets = Ticket.objects.filter(closed_at__gte=since, closed_at__lt=until, state__in=JUDGED).order_by("pk")
    for ticket in tickets.prefetch_related("windows").iterator(chunk_size=2000):
        row = found[Severity(ticket.severity)]
        answered = stands_at(ticket, until)
        try:
            due = _due(ticket, schedule, allowances)
        except OutsideYears:
            row.outside += 1
            continue
        row.tickets += 1
        row.met += answered <= ticket.due_at
        row.would_meet += answered <= due
    return found


def _due(ticket: Ticket, schedule: Schedule, allowances: Mapping[str, int]) -> datetime:
    minutes = allowances.get(ticket.severity)
    if minutes is None:
        return ticket.due_at
    return schedule.due(ticket.opened_at, minutes, pauses_in(ticket, ticket.windows.all()))
