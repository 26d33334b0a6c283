"""The desk's queue: open tickets by deadline, inside a group in the order of service (R-018).

One narrow statement instead of models: each group is a branch that stops after a page on its partial
index, so that a page costs the same among ten open tickets as among a hundred thousand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
from farol.tickets.rules.opening import ranks
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
    is_unread: bool  # by whoever asks
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
        cursor.execute(statement, _facts(filters, by, now, after))
        rows = cursor.fetchall()
    lines = tuple(_lines(rows[:limit], now, book or hours.book_of(rows[0][-1]))) if rows else ()
    return Board(lines, lines[-1].mark if len(rows) > limit else None)


RUNS = "t.closed_at IS NULL AND t.paused_at IS NULL"
GROUPS = {
    Group.OVERDUE: f"{RUNS} AND t.due_at < %(now)s",
    Group.TODAY: f"{RUNS} AND t.due_at >= %(now)s AND t.due_at < %(tomorrow)s",
    Group.COMING: f"{RUNS} AND t.due_at >= %(tomorrow)s",
    Group.PAUSED: "t.closed_at IS NULL AND t.paused_at IS NOT NULL",
}
PLACES = list(GROUPS)
BEGUN = "t.due_at >= CASE WHEN service.rank = %(after_rank)s THEN %(after_due_at)s ELSE '-infinity'::timestamptz END"
"""Where the index is entered on a further page; the mark itself decides between equals."""
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
WITH {groups}
SELECT p.part, t.id, t.rank, {instants}, t.subject, t.severity, t.state, t.last_entry_id,
       o.name, l.kind, t.area_id, a.with_name, a.kind, t.assignee_id, coalesce(s.name, ''), w.last_day,
       coalesce(g.entry_id, 0) < t.last_entry_id, t.calendar_version_id, {mark}
FROM ({found} ORDER BY {order} LIMIT {limit}) p
JOIN tickets_ticket t ON t.id = p.id
JOIN people_organization o ON o.id = t.organization_id
JOIN contracts_plan l ON l.id = t.plan_id
JOIN people_area a ON a.id = t.area_id
LEFT JOIN people_person s ON s.id = t.assignee_id
LEFT JOIN tickets_window w ON w.ticket_id = t.id AND w.ended_at IS NULL AND w.is_postponed
LEFT JOIN tickets_seen g ON g.ticket_id = t.id AND g.person_id = %(me)s
ORDER BY {outer}
"""
PAGE = "SELECT t.id, t.rank, t.due_at FROM tickets_ticket t WHERE {conditions} ORDER BY {order} LIMIT {limit}"
GROUP = (
    "g{place} AS MATERIALIZED (SELECT {place} AS part, b.* FROM {sources} WHERE {gate} ORDER BY {order} LIMIT {limit})"
)


def _statement(filters: Filters, *, by_due: bool, after: Mark | None, limit: int) -> str:
    """The limit is part of the text: only then does PostgreSQL keep one plan, and planning costs more than reading."""
    order = ("due_at", "id") if by_due else ("rank", "due_at", "id")
    first = PLACES.index(after.group) if after else 0
    places = range(first, len(PLACES))
    groups = [
        _group(place, filters, order, limit, before=range(first, place), is_begun=after is not None and place == first)
        for place in places
    ]
    return SHOWN.format(
        groups=",\n".join(groups),
        found=" UNION ALL ".join(f"SELECT * FROM g{place}" for place in places),
        order=", ".join(("part", *order)),
        outer=", ".join(f"p.{name}" for name in ("part", *order)),
        limit=limit,
        instants=INSTANTS,
        mark=hours.MARK,
    )


def _group(
    place: int, filters: Filters, order: tuple[str, ...], limit: int, *, before: Iterable[int], is_begun: bool
) -> str:
    """The first rows of one group, read only if those before it leave room on the page.

    Every area, and in it every place in the order of service, is read along its own index, then merged:
    a page costs the same however many tickets the group has.
    """
    conditions = [sql for name, sql in NARROWED.items() if getattr(filters, name)] + [GROUPS[PLACES[place]]]
    sources = []
    if is_begun:
        names, marks = ", ".join(f"t.{name}" for name in order), ", ".join(f"%(after_{name})s" for name in order)
        conditions.append(f"({names}) > ({marks})")
    if filters.areas:
        sources.append("unnest(%(areas)s::bigint[]) area(id)")
        conditions.append("t.area_id = area.id")
    if filters.areas and "rank" in order:
        sources.append("unnest(%(ranks)s::smallint[]) service(rank)")
        conditions.append("t.rank = service.rank")
        if is_begun:
            conditions.append(BEGUN)
    page = PAGE.format(conditions=" AND ".join(conditions), order=", ".join(f"t.{name}" for name in order), limit=limit)
    room = " + ".join(f"(SELECT count(*) FROM g{earlier})" for earlier in before)
    return GROUP.format(
        place=place,
        sources=", LATERAL ".join((*sources, f"({page}) b")),
        gate=f"{room} < {limit}" if room else "true",
        order=", ".join(f"b.{name}" for name in order),
        limit=limit,
    )


def _facts(filters: Filters, by: Actor, now: datetime, after: Mark | None) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "me": by.person_id,
        "now": now,
        "tomorrow": start_of(day_of(now) + timedelta(days=1)),
        "areas": list(filters.areas),
        "states": list(filters.states),
        "severities": list(filters.severities),
        "ranks": ranks(filters.severities),
        "products": list(filters.products),
        "plans": list(filters.plans),
        "organization": filters.organization,
        "assignee": filters.assignee,
        "found": found(filters, by) if filters.text else [],
    }
    if after:
        facts |= {"after_rank": after.rank, "after_due_at": after.due_at, "after_id": after.number}
    return facts


def _lines(rows: Sequence[tuple[Any, ...]], now: datetime, book: Book) -> Iterator[Line]:
    schedules = {version: book.kept(version) for version in {row[-2] for row in rows}}
    days = {version: hours.working_day(schedule) for version, schedule in schedules.items()}
    for part, number, rank, due, paused, updated, subject, severity, state, last_entry, *rest, version, _ in rows:
        due_at, at = datetime.fromtimestamp(due, UTC), datetime.fromtimestamp(paused, UTC) if paused else now
        schedule = schedules[version]
        left = left_until(due_at, at=at, schedule=schedule)
        head = (PLACES[part], number, rank, due_at, subject, severity, state, paused is not None)
        told: tuple[Any, ...] = (*head, datetime.fromtimestamp(updated, UTC), last_entry, *rest, left, days[version])
        yield Line(*told)
