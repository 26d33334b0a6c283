"""The open minutes of some years, laid out once so that any question is two look-ups.

For each open window the table keeps three numbers: when the next one opens,
how many open minutes have passed when it closes (`after`), and `lag`, the closed
minutes before it. Inside a window the open minutes passed are ``minute - lag``; the
instant at which `n` have passed is ``n + lag`` of the window that reaches `n`.

A minute is open when the wall clock of the zone, in that minute, shows a time
inside a window of that local day. So an hour that the zone skips is nobody's,
and one that it repeats counts twice.

>>> table = Table(ZoneInfo("UTC"), 2026, 2026, lambda day: ((480, 720),))  # 8 to 12, every day
>>> table.passed(table.start + 500), table.passed(table.start + 1000)
(20, 240)
>>> table.reached(240) - table.start, table.reached(241) - table.start
(720, 1921)
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from farol.worktime.spans import EPOCH, instant_of, minute_of
from farol.worktime.windows import DAY, MinutesOfDay

Days = tuple[datetime, int, list[int], list[tuple[int, ...]]]
NO_DAYS: Days = (EPOCH, 0, [], [])
Hours = Callable[[date], MinutesOfDay]
BUCKET = 9  # a power of two: 8.5 hours, in which few windows open
ORDINAL_1970 = date(1970, 1, 1).toordinal()


class Table:
    """Open windows of the local years `first` to `last`, as minutes since 1970 in UTC."""

    __slots__ = ("_buckets", "_by_day", "after", "end", "lag", "next_opens", "start", "steps", "total", "years")

    def __init__(self, zone: ZoneInfo, first: int, last: int, hours: Hours) -> None:
        self.years = (first, last)
        self.start, self.end = new_year(first, zone), new_year(last + 1, zone)
        self.steps = tuple(_steps(zone, self.start, self.end))
        # an empty window before the first and an opening past the end spare every look-up the question of the edges
        self.after, self.lag, self.next_opens = [0], [self.start], []
        for opens, closes in _joined(self._windows(hours)):
            lag = opens - self.after[-1]
            self.next_opens.append(opens)
            self.lag.append(lag)
            self.after.append(closes - lag)
        self.next_opens.append(self.end + 1)
        self.total = self.after[-1]
        self._buckets: tuple[list[int], list[int]] | None = None
        self._by_day: Days | None = None

    def passed(self, minute: int) -> int:
        """Open minutes from the start of the table to `minute`."""
        index = bisect_right(self.next_opens, minute)
        inside = minute - self.lag[index]
        after = self.after[index]
        return inside if inside < after else after

    def reached(self, passed: int) -> int:
        """The earliest minute at which `passed` (more than 0) open minutes have passed."""
        return passed + self.lag[bisect_left(self.after, passed)]

    def buckets(self) -> tuple[list[int], list[int]]:
        """For bulk look-ups: for each bucket's first minute the window last opened, and the one that reaches it."""
        if self._buckets is None:
            minutes, passed = range(self.start, self.end + 1, 1 << BUCKET), range(0, self.total + 1, 1 << BUCKET)
            self._buckets = (
                [bisect_right(self.next_opens, at) for at in minutes],
                [bisect_left(self.after, at) for at in passed],
            )
        return self._buckets

    def by_day(self) -> Days:
        """The first whole day (UTC), how many, the open minutes before each, and those passed at each of its minutes.

        Days of the same hours share their minutes, so that even ten years hold only a few of them.
        """
        if self._by_day is None:
            shapes: dict[MinutesOfDay, tuple[int, ...]] = {}
            midnights = range(-(-self.start // DAY) * DAY, self.end - DAY + 1, DAY)
            before, inside = [], []
            for midnight in midnights:
                windows = self.windows(midnight, midnight + DAY)
                shape = tuple((opens - midnight, closes - midnight) for opens, closes in windows)
                before.append(self.passed(midnight))
                inside.append(shapes.get(shape) or shapes.setdefault(shape, _minute_by_minute(shape)))
            self._by_day = EPOCH + timedelta(minutes=midnights.start), len(midnights), before, inside
        return self._by_day

    def windows(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Open windows between two minutes, cut to them."""
        opens = start
        for index in range(bisect_right(self.next_opens, start), len(self.after)):
            closes = self.after[index] + self.lag[index]
            if closes > start:
                yield opens, min(closes, end)
            opens = self.next_opens[index]
            if opens >= end:
                return

    def days(self, start: int, end: int) -> Iterator[tuple[int, int, date]]:
        """The stretch between two minutes, cut at every local midnight and change of offset."""
        for since, until, day, _ in self._days(start, end):
            yield since, until, date.fromordinal(ORDINAL_1970 + day)

    def _windows(self, hours: Hours) -> Iterator[tuple[int, int]]:
        for since, until, day, offset in self._days(self.start, self.end):
            midnight = day * DAY - offset
            for opens, closes in hours(date.fromordinal(ORDINAL_1970 + day)):
                window = max(midnight + opens, since), min(midnight + closes, until)
                if window[0] < window[1]:
                    yield window

    def _days(self, start: int, end: int) -> Iterator[tuple[int, int, int, int]]:
        """Stretches of one local day and one offset: start, end, days since 1970, offset."""
        for since, until, offset in self.steps:
            minute, last = max(start, since), min(end, until)
            while minute < last:
                day = (minute + offset) // DAY
                midnight = min((day + 1) * DAY - offset, last)
                yield minute, midnight, day, offset
                minute = midnight


def _minute_by_minute(windows: MinutesOfDay) -> tuple[int, ...]:
    is_open = bytearray(DAY)
    for opens, closes in windows:
        is_open[opens:closes] = b"\x01" * (closes - opens)
    return tuple(accumulate(is_open, initial=0))[:DAY]


def new_year(year: int, zone: ZoneInfo) -> int:
    return minute_of(datetime(year, 1, 1, tzinfo=zone), "years")


def _steps(zone: ZoneInfo, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Stretches of one offset: start, end, minutes east of UTC."""
    since, offset = start, _offset(zone, start)
    for minute in range(start, end, DAY):
        next_day = min(minute + DAY, end)
        if _offset(zone, next_day) != offset:
            change = _change(zone, minute, next_day)
            yield since, change, offset
            since, offset = change, _offset(zone, change)
    if since < end:
        yield since, end, offset


def _change(zone: ZoneInfo, before: int, after: int) -> int:
    """The first minute of the new offset, which holds at `after` and not at `before`."""
    old = _offset(zone, before)
    return bisect_left(range(before, after), True, key=lambda minute: _offset(zone, minute) != old) + before


def _offset(zone: ZoneInfo, minute: int) -> int:
    return (instant_of(minute, zone).utcoffset() or timedelta()) // timedelta(minutes=1)


def _joined(windows: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Windows that touch, across midnight or a change of offset, made one."""
    current: tuple[int, int] | None = None
    for window in windows:
        if current and current[1] == window[0]:
            current = (current[0], window[1])
        else:
            if current:
                yield current
            current = window
    if current:
        yield current
