"""The explanation of a date: every stretch from the start to the due instant, and why it counted or not.

>>> from datetime import datetime
>>> from zoneinfo import ZoneInfo
>>> sp = ZoneInfo("America/Sao_Paulo")
>>> desk = Schedule.weekdays("08:00-12:00", zone=sp)
>>> for span in ledger(desk, datetime(2026, 11, 27, 11, 0, tzinfo=sp), 120).spans:
...     print(f"{span.start:%a %H:%M} {span.end:%a %H:%M} {span.kind} {span.minutes} {span.why.reason}")
Fri 11:00 Fri 12:00 running 60 running
Fri 12:00 Sat 00:00 closed 720 outside_hours
Sat 00:00 Mon 00:00 closed 2880 weekend
Mon 00:00 Mon 08:00 closed 480 outside_hours
Mon 08:00 Mon 09:00 running 60 running
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from farol.worktime.hours import Hours
from farol.worktime.schedule import Schedule
from farol.worktime.spans import Span, instant_of, minute_of
from farol.worktime.table import Table


class Kind(StrEnum):
    RUNNING = "running"
    PAUSED = "paused"
    CLOSED = "closed"


class Reason(StrEnum):
    RUNNING = "running"
    PAUSE = "pause"
    OUTSIDE_HOURS = "outside_hours"
    WEEKEND = "weekend"  # any weekday on which the calendar has no hours
    HOLIDAY = "holiday"
    SPECIAL_DAY = "special_day"  # outside the hours of a date that has its own


@dataclass(frozen=True, slots=True)
class Why:
    """A reason, with the name of the holiday or the label of the pause, and the day if it is one day's."""

    reason: Reason
    name: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class LedgerSpan:
    start: datetime
    end: datetime
    kind: Kind
    minutes: int
    why: Why


@dataclass(frozen=True, slots=True)
class Ledger:
    """`spans` tile the time from start to due; those that ran add up to the allowance.

    `consumed` and `remaining` are business minutes as of the instant asked about;
    `remaining` below zero says by how much it is late.
    """

    spans: tuple[LedgerSpan, ...]
    due: datetime
    consumed: int
    remaining: int


Piece = tuple[int, int, Kind, Why]
RUNNING = Why(Reason.RUNNING)


def ledger(
    schedule: Schedule,
    since: datetime,
    minutes: int,
    pauses: Sequence[Span] = (),
    *,
    until: datetime | None = None,
) -> Ledger:
    """The due instant with its explanation; `until` is the instant to count what was consumed, due if left out."""
    due = schedule.due(since, minutes, pauses)
    start, end = minute_of(since, "since"), minute_of(due, "due")
    table = schedule.table_between(start, end)
    pieces = _told_apart(_pieces(table, schedule.hours, start, end, pauses))
    consumed = minutes
    if until is not None:
        consumed = schedule.minutes_between(since, until, pauses) if minute_of(until, "until") > start else 0
    return Ledger(tuple(_span(piece, schedule.zone) for piece in pieces), due, consumed, minutes - consumed)


def _pieces(table: Table, hours: Hours, start: int, end: int, pauses: Sequence[Span]) -> Iterator[Piece]:
    at = start
    for pause_start, pause_end, label in _one_after_another(pauses, start, end):
        yield from _unpaused(table, hours, at, pause_start)
        yield pause_start, pause_end, Kind.PAUSED, Why(Reason.PAUSE, label)
        at = pause_end
    yield from _unpaused(table, hours, at, end)


def _unpaused(table: Table, hours: Hours, start: int, end: int) -> Iterator[Piece]:
    at = start
    for opens, closes in table.windows(start, end):
        yield from _closed(table, hours, at, opens)
        yield opens, closes, Kind.RUNNING, RUNNING
        at = closes
    yield from _closed(table, hours, at, end)


def _closed(table: Table, hours: Hours, start: int, end: int) -> Iterator[Piece]:
    for since, until, day in table.days(start, end):
        yield since, until, Kind.CLOSED, why_closed(hours, day)


def why_closed(hours: Hours, day: date) -> Why:
    """Why a minute of `day` outside its windows does not count."""
    if (special := hours.special.get(day)) is not None:
        return Why(Reason.SPECIAL_DAY if special.windows else Reason.HOLIDAY, special.name, day)
    if (holiday := hours.holidays.get(day)) is not None:
        return Why(Reason.HOLIDAY, holiday, day)
    return Why(Reason.WEEKEND if hours.rests_on(day.weekday()) else Reason.OUTSIDE_HOURS)


def _one_after_another(pauses: Iterable[Span], start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Pauses in order; where two overlap, the one that began first keeps its label to its end."""
    at = start
    labelled = ((minute_of(p.start, "start"), minute_of(p.end, "end"), getattr(p, "why", "")) for p in pauses)
    for pause_start, pause_end, label in sorted(labelled):
        if max(pause_start, at) < min(pause_end, end):
            yield max(pause_start, at), min(pause_end, end), label
            at = pause_end


def _told_apart(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Neighbours with the same story made one; nothing of no length."""
    current: Piece | None = None
    for piece in pieces:
        if piece[0] == piece[1]:
            continue
        if current and current[2:] == piece[2:]:
            current = (current[0], piece[1], *current[2:])
        else:
            if current:
                yield current
            current = piece
    if current:
        yield current


def _span(piece: Piece, zone: ZoneInfo) -> LedgerSpan:
    start, end, kind, why = piece
    return LedgerSpan(instant_of(start, zone), instant_of(end, zone), kind, end - start, why)
