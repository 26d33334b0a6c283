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
    """Of the tickets of one severity, how many were answered in time: as promised, and under the other policy."""

    severity: Severity
    tickets: int = 0
    met: int = 0
    would_meet: int = 0


def simulate(
    schedule: Schedule, allowances: Mapping[str, int], *, since: datetime, until: datetime
) -> dict[Severity, Replayed]:
    """The tickets that ended from `since` to `until` with their own openings and pauses, on other hours and minutes.

    `allowances` are business minutes by severity; one that is left out is not replayed.
    A ticket from before the calendar's years counts as it was.
    """
    found = {severity: Replayed(severity) for severity in Severity}
    tickets = Ticket.objects.filter(closed_at__gte=since, closed_at__lt=until, state__in=JUDGED).order_by("pk")
    for ticket in tickets.prefetch_related("windows").iterator(chunk_size=2000):
        row = found[Severity(ticket.severity)]
        answered = stands_at(ticket, until)
        is_met = answered <= ticket.due_at
        row.tickets += 1
        row.met += is_met
        row.would_meet += _would_meet(ticket, schedule, allowances, answered, is_met)
    return found


def _would_meet(
    ticket: Ticket, schedule: Schedule, allowances: Mapping[str, int], answered: datetime, is_met: bool
) -> bool:
    minutes = allowances.get(ticket.severity)
    if minutes is None:
        return is_met
    try:
        return answered <= schedule.due(ticket.opened_at, minutes, pauses_in(ticket, ticket.windows.all()))
    except OutsideYears:
        return is_met
