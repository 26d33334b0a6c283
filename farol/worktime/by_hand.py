"""The clock's answers counted minute by minute on the wall clock: slow, obvious, and sharing nothing with the table.

Tests and benchmarks hold the fast answers against these.

>>> from datetime import UTC, datetime, time
>>> from zoneinfo import ZoneInfo
>>> count = ByHand({0: [(time(8), time(12))]}, ZoneInfo("America/Sao_Paulo"))
>>> minutes = count.open_minutes(datetime(2026, 11, 23, tzinfo=UTC), 24 * 60)
>>> sum(minutes), minutes.index(1)
(240, 660)
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import compress, islice
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class ByHand:
    """A calendar as plain data; `special` gives the windows of single dates."""

    week: Mapping[int, Sequence[tuple[time, time]]]
    zone: ZoneInfo
    holidays: Container[date] = ()
    special: Mapping[date, Sequence[tuple[time, time]]] = field(default_factory=dict)

    def open_minutes(self, start: datetime, length: int) -> bytearray:
        """One byte for each of `length` minutes from `start`: 1 if the wall clock stands inside a window."""
        first = int(start.timestamp())
        walls = (datetime.fromtimestamp(second, self.zone) for second in range(first, first + length * 60, 60))
        return bytearray(self.is_open(wall) for wall in walls)

    def is_open(self, wall: datetime) -> bool:
        day, now = wall.date(), wall.time()
        return any(opens <= now and (now < closes or closes == time(0)) for opens, closes in self._windows(day))

    def _windows(self, day: date) -> Sequence[tuple[time, time]]:
        if day in self.special:
            return self.special[day]
        return () if day in self.holidays else self.week.get(day.weekday(), ())

    def due(self, since: datetime, minutes: int) -> datetime:
        """`since` plus one minute after another, until `minutes` of them were open."""
        at, left = since, minutes
        while left:
            left -= self.is_open(at.astimezone(self.zone))
            at += timedelta(minutes=1)
        return at

    def minutes_between(self, start: datetime, end: datetime) -> int:
        return sum(self.open_minutes(start, (end - start) // timedelta(minutes=1)))


def paused(minutes: bytearray, pauses: Sequence[tuple[int, int]]) -> bytearray:
    """The same minutes with those inside a pause shut; pauses as first and last index, half-open."""
    running = bytearray(minutes)
    for start, end in pauses:
        running[max(start, 0) : max(end, 0)] = bytes(len(running[max(start, 0) : max(end, 0)]))
    return running


def due_index(minutes: bytearray, start: int, allowance: int) -> int:
    """The index at which `allowance` open minutes have passed since `start`."""
    passed = compress(range(start, len(minutes)), minutes[start:])
    return next(islice(passed, allowance - 1, None)) + 1 if allowance else start
