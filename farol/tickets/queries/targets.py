"""The dates that the staff keeps on a ticket besides its solution's, each explained as that one is (R-066)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from farol.hours import queries as hours
from farol.hours.queries import Book
from farol.statements.compiled import Statement
from farol.tickets.models import Target, Ticket, Window
from farol.tickets.queries.clock import Clock, left_until, pauses_in, stands_at
from farol.worktime.ledger import ledger
from farol.worktime.spans import Pause

OF_TICKET = Statement(
    lambda number: Target.objects.select_related("area").filter(ticket=number).order_by("id"), number=int
)


def targets(ticket: Ticket) -> list[Target]:
    """Every date kept on the ticket, the first begun first; those that ended say when."""
    return OF_TICKET.all(number=ticket.pk)


def target_stands_at(target: Target, ticket: Ticket, now: datetime) -> datetime:
    """The instant at which this clock stands: of its end, of the pause, or now."""
    return target.ended_at or max(stands_at(ticket, now), target.started_at)


def target_left(target: Target, ticket: Ticket, *, now: datetime, book: Book) -> int:
    """Business minutes to its date, on its own calendar; below zero by how much it is late."""
    schedule = book.kept(target.calendar_version_id)
    return left_until(target.due_at, at=target_stands_at(target, ticket, now), schedule=schedule)


def target_clock(
    target: Target, ticket: Ticket, *, now: datetime, windows: Iterable[Window], book: Book | None = None
) -> Clock:
    """Why it is due when it is; while the customer owes an answer the pause is counted up to `now`."""
    schedule = (book or hours.book()).kept(target.calendar_version_id)
    pauses = pauses_in(ticket, windows)
    since = ticket.paused_at if ticket.is_paused and not target.ended_at else None
    if since and now >= since:
        pauses = [*pauses, Pause(since, now, "")]
    at = target_stands_at(target, ticket, now)
    book_of_it = ledger(schedule, target.started_at, target.minutes, pauses, until=at)
    return Clock(
        calendar=hours.version_kept(target.calendar_version_id).calendar.name,
        allowance_minutes=target.minutes,
        consumed_minutes=book_of_it.consumed,
        remaining_minutes=book_of_it.remaining,
        due_at=book_of_it.due,
        spans=book_of_it.spans,
        is_overdue=at > book_of_it.due,
        paused_at=since,
        due_if_answered_now=book_of_it.due if since else None,
    )
