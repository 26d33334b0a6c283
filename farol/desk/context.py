"""What stands beside the conversation: the clock with its ledger, the customer, the hours, other tickets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from farol.contracts import queries as contracts
from farol.contracts.queries import Cover
from farol.desk.door import Visit
from farol.desk.kept import Kept
from farol.hours import queries as hours
from farol.hours.queries import Book
from farol.tickets import queries as tickets
from farol.tickets.models import Ticket, Window, WorkEntry
from farol.tickets.queries import Board, Filters, Line
from farol.tickets.rules.windows import day_of
from farol.ui import charts, ledger, pieces, words
from farol.ui.events import asked_word
from farol.worktime.schedule import Schedule

OTHERS = 5


@dataclass(frozen=True, slots=True)
class ClockPanel:
    """The deadline: what is left, why, as a picture, as a sentence and line by line."""

    state: str
    minutes: int
    allowance: int
    working_day: int
    due: datetime
    why: str
    if_answered: datetime | None
    paused_minutes: int
    text: str
    timeline: SafeString
    steps: Sequence[ledger.Step]
    calendar: str


@dataclass(frozen=True, slots=True)
class Hours:
    """The time logged on the ticket."""

    lines: Sequence[WorkEntry]

    @property
    def total(self) -> int:
        return sum(line.minutes for line in self.lines)

    @property
    def billable(self) -> int:
        return sum(line.minutes for line in self.lines if line.is_billable)


@dataclass(frozen=True, slots=True)
class Others:
    """The company's other open tickets; `count` may say that there are more."""

    lines: Sequence[Line]
    count: str


def clock_panel(ticket: Ticket, windows: Sequence[Window], schedule: Schedule, visit: Visit) -> ClockPanel:
    clock = tickets.clock(ticket, now=visit.now, projected=True, windows=windows, schedule=schedule)
    day = hours.working_day(schedule)
    at = visit.now if not ticket.closed_at else tickets.stands_at(ticket, visit.now)
    paused = tickets.paused_minutes(windows, at=at, schedule=schedule)
    is_met = ticket.closed_at is not None and not clock.is_overdue
    state = pieces.clock_state(clock.remaining_minutes, paused=clock.paused_at is not None, met=is_met)
    text = charts.clock_words(
        ran=clock.consumed_minutes,
        paused=paused,
        left=clock.remaining_minutes,
        working_day=day,
        language=visit.language,
    )
    return ClockPanel(
        state=state,
        minutes=clock.remaining_minutes,
        allowance=clock.allowance_minutes,
        working_day=day,
        due=clock.due_at,
        why=_why(windows, visit),
        if_answered=clock.due_if_answered_now,
        paused_minutes=paused,
        text=text,
        timeline=charts.clock_timeline(
            clock.spans,
            now=at,
            said_at=visit.now if ticket.closed_at else None,
            due=clock.due_at,
            state=state,
            text=text,
            language=visit.language,
        ),
        steps=ledger.steps(clock.spans, now=visit.now, language=visit.language),
        calendar=clock.calendar,
    )


def correctable(ticket: Ticket, windows: Sequence[Window], visit: Visit) -> list[Window]:
    """The pauses whose times the reader may correct: ended ones of an open ticket, by a manager (R-064)."""
    is_possible = visit.person.is_manager and not ticket.is_closed
    return [window for window in windows if window.ended_at] if is_possible else []


_covers: Kept[Cover | None] = Kept()
_companies: Kept[Board] = Kept()


def cover_of(ticket: Ticket, visit: Visit) -> Cover | None:
    customer, product, on = ticket.organization_id, ticket.product_id, day_of(visit.now)
    return _covers.get((customer, product, on), lambda: contracts.cover_of(customer, product, on=on))


def others_of(ticket: Ticket, book: Book, visit: Visit, *, anew: bool) -> Others:
    """The company's first open tickets without this one."""
    customer = Filters(organization=ticket.organization_id)
    board = _companies.get(
        ticket.organization_id,
        lambda: tickets.board(visit.by, customer, now=visit.now, by_due=True, limit=OTHERS + 1, book=book),
        anew=anew,
    )
    lines = [line for line in board.lines if line.number != ticket.pk and _is_shown(line, ticket, visit)][:OTHERS]
    return Others(lines, f"{len(lines)}+" if board.next else str(len(lines)))


def _is_shown(line: Line, ticket: Ticket, visit: Visit) -> bool:
    """What is kept for a moment is kept for everybody, and shown to whoever may see it."""
    return tickets.shows(
        visit.by,
        area_id=line.area_id,
        area_kind=line.area_kind,
        assignee_id=line.assignee_id,
        organization_id=ticket.organization_id,
    )


def _why(windows: Sequence[Window], visit: Visit) -> str:
    """Whom the pause waits for, and until when."""
    for window in windows:
        if window.ended_at is None:
            return _("{what}, até {day}").format(
                what=asked_word(window.asked), day=words.day(window.last_day, language=visit.language)
            )
    return ""
