"""The clock of a ticket, explained: nothing here is stored, all of it follows from the rows (R-060 to R-063)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from farol.hours import queries as hours
from farol.tickets.models import Ticket, Window
from farol.worktime.ledger import LedgerSpan, ledger
from farol.worktime.schedule import Schedule
from farol.worktime.spans import Pause


@dataclass(frozen=True, slots=True)
class Clock:
    """Business minutes and their spans, which tile the time from opening to due."""

    calendar: str
    allowance_minutes: int
    consumed_minutes: int
    remaining_minutes: int  # below zero: late by so much
    due_at: datetime
    spans: tuple[LedgerSpan, ...]
    is_overdue: bool
    paused_at: datetime | None
    due_if_answered_now: datetime | None  # while paused


def clock(
    ticket: Ticket,
    *,
    now: datetime,
    projected: bool = False,
    windows: Iterable[Window] | None = None,
    schedule: Schedule | None = None,
) -> Clock:
    """Why the ticket is due when it is. Its `windows` and `schedule`, if at hand, are not read again.

    While the customer owes an answer the due date stands where it stood, since
    nobody knows when the pause ends; `projected` counts it as ending `now`.
    """
    schedule = schedule or schedule_of(ticket)
    pauses = pauses_of(ticket) if windows is None else pauses_in(ticket, windows)
    since = ticket.paused_at if ticket.is_paused else None
    if_answered = None
    if since and now >= since:
        with_this_one = [*pauses, Pause(since, now, "")]
        if_answered = schedule.due(ticket.opened_at, ticket.allowance_minutes, with_this_one)
        pauses = with_this_one if projected else pauses
    book = ledger(schedule, ticket.opened_at, ticket.allowance_minutes, pauses, until=stands_at(ticket, now))
    return Clock(
        calendar=ticket.calendar_version.calendar.name,
        allowance_minutes=ticket.allowance_minutes,
        consumed_minutes=book.consumed,
        remaining_minutes=book.remaining,
        due_at=book.due,
        spans=book.spans,
        is_overdue=is_overdue(ticket, now),
        paused_at=since,
        due_if_answered_now=if_answered,
    )


def due_of(ticket: Ticket) -> datetime:
    """The due date as opening, allowance, calendar and ended pauses give it (R-060 to R-063)."""
    return schedule_of(ticket).due(ticket.opened_at, ticket.allowance_minutes, pauses_of(ticket))


def due_if(ticket: Ticket, severity: str, windows: Iterable[Window]) -> datetime:
    """The due date the ticket would have with another severity, the same pauses and the same opening (R-063)."""
    schedule = schedule_of(ticket)
    return schedule.due(ticket.opened_at, ticket.plan.allowances[severity], pauses_in(ticket, windows))


def pauses_of(ticket: Ticket) -> list[Pause]:
    """The pauses after which the clock ran again, oldest first; `why` is what the customer owed."""
    return pauses_in(ticket, ticket.windows.exclude(ended_at=None))


def pauses_in(ticket: Ticket, windows: Iterable[Window]) -> list[Pause]:
    """Those of `windows` after which the clock ran again; one that ended with the ticket moves nothing.

    Nor does one that another took the place of, while the customer owes an answer still: a pause is over when it is.
    """
    return sorted(
        (
            Pause(window.sent_at, window.ended_at, window.asked)
            for window in windows
            if window.ended_at
            and (ticket.closed_at is None or window.ended_at < ticket.closed_at)
            and (ticket.paused_at is None or window.sent_at < ticket.paused_at)
        ),
        key=lambda pause: pause.start,
    )


def minutes_left(ticket: Ticket, now: datetime) -> int:
    """Business minutes to the due date, as lists show it; below zero since it passed; frozen while paused."""
    return left_until(ticket.due_at, at=stands_at(ticket, now), schedule=schedule_of(ticket))


def left_until(due_at: datetime, *, at: datetime, schedule: Schedule) -> int:
    """Business minutes from `at` to `due_at`; below zero by how much it is late."""
    if at <= due_at:
        return schedule.minutes_between(at, due_at)
    return -schedule.minutes_between(due_at, at)


def paused_minutes(windows: Iterable[Window], *, at: datetime, schedule: Schedule) -> int:
    """Business minutes that the customer took up to `at`; a pause that had not ended then lasts to it."""
    return sum(
        schedule.minutes_between(window.sent_at, max(window.sent_at, min(window.ended_at or at, at)))
        for window in windows
    )


def is_overdue(ticket: Ticket, now: datetime) -> bool:
    """Due at 19:00 is on time until 19:00:00 inclusive (R-061)."""
    return stands_at(ticket, now) > ticket.due_at


def stands_at(ticket: Ticket, now: datetime) -> datetime:
    """The instant at which the ticket's clock stands: of the pause, of the end, or now."""
    return ticket.paused_at or ticket.closed_at or max(now, ticket.opened_at)


def schedule_of(ticket: Ticket) -> Schedule:
    return hours.book_read_with(ticket).kept(ticket.calendar_version_id)
