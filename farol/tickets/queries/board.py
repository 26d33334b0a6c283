"""The desk's queue: open tickets by deadline, inside a group in the order of service (R-018).

One narrow statement instead of models: each group is a branch that stops after a page on its partial
index, so that a page costs the same among ten open tickets as among a hundred thousand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db import connection

from farol.hours import queries as hours
from farol.hours.queries import Book
from farol.kernel.actor import Actor
from farol.tickets.queries.clock import left_until
from farol.tickets.queries.queue import Filters, found
from farol.tickets.rules.windows import day_of, start_of


class Group(StrEnum):
    OVERDUE = "overdue"
    TODAY = "today"
    COMING = "coming"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a page ended: its last line's group and place in it."""

    group: Group
    rank: int
    due_at: datetime
    number: int


@dataclass(frozen=True, slots=True)
class Line:
    """What one row of the queue says. `minutes` are business minutes left, frozen while paused."""

    group: Group
    number: int
    rank: int
    due_at: datetime
    subject: str
    severity: str
    state: str
    is_paused: bool
    updated_at: datetime
    last_entry_id: int
    customer: str
    plan: str
    area_id: int
    area: str  # with its article
    area_kind: str
    assignee_id: int | None
    assignee: str
    postponed_until: date | None
    minutes: int
    working_day: int

    @property
    def mark(self) -> Mark:
        return Mark(self.group, self.rank, self.due_at, self.number)


@dataclass(frozen=True, slots=True)
class Board:
    lines: tuple[Line, ...]
    next: Mark | None  # where the following page begins, if there is one


def board(
    by: Actor,
    filters: Filters,
    *,
    now: datetime,
    by_due: bool = False,
    after: Mark | None = None,
    limit: int = 50,
    book: Book | None = None,
) -> Board:
    """A page of the queue: overdue, due today, coming days, paused.

    Inside a group severity, then portal before telephone, then due date (R-018); with `by_due` the due
    date alone. A queue is the staff's: a customer has none.
    """
    if not by.is_staff:
        return Board((), None)
    with connection.cursor() as cursor:
        statement = _statement(filters, by_due=by_due, after=after, limit=limit + 1)
        cursor.execute(statement, _facts(filters, now, after))
        rows = cursor.fetchall()
    lines = tuple(_lines(rows[:limit], now, book or hours.book())) if rows else ()
    return Board(lines, lines[-1].mark if len(rows) > limit else None)


RUNS = "t.closed_at IS NULL AND t.paused_at IS NULL"
GROUPS = {
    Group.OVERDUE: f"{RUNS} AND t.due_at < %(now)s",
    Group.TODAY: f"{RUNS} AND t.due_at >= %(now)s AND t.due_at < %(tomorrow)s",
    Group.COMING: f"{RUNS} AND t.due_at >= %(tomorrow)s",
    Group.PAUSED: "t.closed_at IS NULL AND t.paused_at IS NOT NULL",
}
PLACES = list(GROUPS)
NARROWED = {
    "states": "t.state = ANY(%(states)s)",
    "severities": "t.severity = ANY(%(severities)s)",
    "products": "t.product_id = ANY(%(products)s)",
    "plans": "t.plan_id IN (SELECT id FROM contracts_plan WHERE kind = ANY(%(plans)s))",
    "organization": "t.organization_id = %(organization)s",
    "assignee": "t.assignee_id = %(assignee)s",
    "unassigned": "t.assignee_id IS NULL",
    "text": "t.id = ANY(%(found)s)",
}
INSTANTS = ", ".join(f"extract(epoch FROM t.{name})::float8" for name in ("due_at", "paused_at", "updated_at"))
"""As seconds: a timestamp is read by Django in Python, which costs more than all else in a row."""
SHOWN = """
SELECT p.part, t.id, t.rank, {instants}, t.subject, t.severity, t.state, t.last_entry_id,
       o.name, l.kind, t.area_id, a.with_name, a.kind, t.assignee_id, coalesce(s.name, ''), w.last_day,
       t.calendar_version_id
FROM ({branches} ORDER BY {order} LIMIT {limit}) p
JOIN tickets_ticket t ON t.id = p.id
JOIN people_organization o ON o.id = t.organization_id
JOIN contracts_plan l ON l.id = t.plan_id
JOIN people_area a ON a.id = t.area_id
LEFT JOIN people_person s ON s.id = t.assignee_id
LEFT JOIN tickets_window w ON w.ticket_id = t.id AND w.ended_at IS NULL AND w.is_postponed
ORDER BY {outer}
"""


def _statement(filters: Filters, *, by_due: bool, after: Mark | None, limit: int) -> str:
    """The limit is part of the text: only then does PostgreSQL keep one plan, and planning costs more than reading."""
    order = ("due_at", "id") if by_due else ("rank", "due_at", "id")
    first = PLACES.index(after.group) if after else 0
    branches = [
        _branch(place, filters, order, limit, is_begun=after is not None and place == first)
        for place in range(first, len(PLACES))
    ]
    inner = ", ".join(("part", *order))
    outer = ", ".join(f"p.{name}" for name in ("part", *order))
    return SHOWN.format(branches=" UNION ALL ".join(branches), order=inner, outer=outer, limit=limit, instants=INSTANTS)


def _branch(place: int, filters: Filters, order: tuple[str, ...], limit: int, *, is_begun: bool) -> str:
    """The first rows of one group; several areas are read each along its own index, then merged."""
    conditions = [sql for name, sql in NARROWED.items() if getattr(filters, name)] + [GROUPS[PLACES[place]]]
    if filters.areas:
        conditions.append("t.area_id = area.id")
    if is_begun:
        names, marks = ", ".join(f"t.{name}" for name in order), ", ".join(f"%(after_{name})s" for name in order)
        conditions.append(f"({names}) > ({marks})")
    sorting = ", ".join(f"t.{name}" for name in order)
    page = (
        f"SELECT t.id, t.rank, t.due_at FROM tickets_ticket t WHERE {' AND '.join(conditions)} "
        f"ORDER BY {sorting} LIMIT {limit}"
    )
    areas = "unnest(%(areas)s::bigint[]) area(id), LATERAL " if filters.areas else ""
    return f"(SELECT {place} AS part, b.* FROM {areas}({page}) b)"


def _facts(filters: Filters, now: datetime, after: Mark | None) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "now": now,
        "tomorrow": start_of(day_of(now) + timedelta(days=1)),
        "areas": list(filters.areas),
        "states": list(filters.states),
        "severities": list(filters.severities),
        "products": list(filters.products),
        "plans": list(filters.plans),
        "organization": filters.organization,
        "assignee": filters.assignee,
        "found": found(filters.text) if filters.text else [],
    }
    if after:
        facts |= {"after_rank": after.rank, "after_due_at": after.due_at, "after_id": after.number}
    return facts


def _lines(rows: Sequence[tuple[Any, ...]], now: datetime, book: Book) -> Iterator[Line]:
    schedules = {version: book.kept(version) for version in {row[-1] for row in rows}}
    days = {version: hours.working_day(schedule) for version, schedule in schedules.items()}
    for part, number, rank, due, paused, updated, subject, severity, state, last_entry, *rest, version in rows:
        due_at, at = datetime.fromtimestamp(due, UTC), datetime.fromtimestamp(paused, UTC) if paused else now
        schedule = schedules[version]
        left = left_until(due_at, at=at, schedule=schedule)
        head = (PLACES[part], number, rank, due_at, subject, severity, state, paused is not None)
        told: tuple[Any, ...] = (*head, datetime.fromtimestamp(updated, UTC), last_entry, *rest, left, days[version])
        yield Line(*told)
