"""Opening hours, and the business time inside any stretch of days.

>>> from datetime import datetime
>>> from zoneinfo import ZoneInfo
>>> sp = ZoneInfo("America/Sao_Paulo")
>>> ombudsman = Schedule.weekdays("08:00-12:00 13:30-17:30", zone=sp)
>>> friday = datetime(2026, 11, 27, 17, 0, tzinfo=sp)
>>> due = ombudsman.due(friday, 60)
>>> str(due)
'2026-11-30 08:30:00-03:00'
>>> ombudsman.minutes_between(friday, due)
60
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from operator import index
from types import MappingProxyType
from zoneinfo import ZoneInfo

from farol.worktime.errors import EndsBeforeStart, NegativeMinutes, NeverOpens, NotWholeMinutes, OutsideYears
from farol.worktime.hours import Holidays, Hours, SpecialDay, Week
from farol.worktime.spans import Span, instant_of, merged, minute_of
from farol.worktime.table import NO_DAYS, Table, new_year
from farol.worktime.windows import WHOLE_DAY, read

Years = tuple[int, int]
FIRST_YEAR, LAST_YEAR = 1973, 2199  # until 1972 some zones stood off by odd seconds
NONE: Mapping[date, SpecialDay] = MappingProxyType({})


class Schedule:
    """When a desk is open: windows for each weekday (0 = Monday), minus holidays (R-060).

    A value: never changed once made, equal to any other of the same hours.
    `special` days keep hours of their own, even on a holiday. `years` are the
    first and last for which the holidays are known; asked beyond them, the clock
    refuses. Left out, they are the years the given holidays fall in.
    """

    __slots__ = ("_days", "_horizon", "_table", "hours", "years", "zone")

    def __init__(
        self,
        week: Week,
        zone: ZoneInfo,
        holidays: Holidays = (),
        special: Mapping[date, SpecialDay] = NONE,
        years: Years | None = None,
    ) -> None:
        self.zone = zone
        self.hours = Hours(week, holidays, special)
        if self.hours.never_open:
            raise NeverOpens("week")
        self.years = _years(years, self.hours)
        self._horizon = new_year(self.years[1] + 1, zone)
        self._table: Table | None = None
        self._days = (
            NO_DAYS  # of the table, or of a shorter one before it; laid out by the first question between two instants
        )

    @classmethod
    def weekdays(
        cls,
        hours: str,
        zone: ZoneInfo,
        holidays: Holidays = (),
        special: Mapping[date, SpecialDay] = NONE,
        years: Years | None = None,
    ) -> Schedule:
        """Monday to Friday, written as people write it: ``"08:00-12:00 13:30-18:00"``."""
        return cls(dict.fromkeys(range(5), read(hours, "hours")), zone, holidays, special, years)

    @classmethod
    def always(cls, zone: ZoneInfo) -> Schedule:
        """Every minute of every day."""
        return cls(dict.fromkeys(range(7), (WHOLE_DAY,)), zone)

    def due(self, since: datetime, minutes: int, pauses: Sequence[Span] = ()) -> datetime:
        """The earliest instant at which `minutes` of business time have passed.

        Time inside `pauses` does not count (R-062). An allowance that ends exactly
        at closing is due then, not at the next opening (R-061). No minutes at all
        are due at once, open or not.
        """
        start = minute_of(since, "since")
        table = self.table(start, "since")
        if not _whole(minutes):
            return instant_of(start, self.zone)
        goal = table.passed(start) + minutes
        if pauses:
            table, goal = self._without(pauses, table, goal, start)
        if table.total < goal:
            table = self.table_reaching(goal, table)
        return instant_of(table.reached(goal), self.zone)

    def minutes_between(self, start: datetime, end: datetime, pauses: Sequence[Span] = ()) -> int:
        """Business minutes from `start` to `end`, pauses left out."""
        origin, count, before, inside = self._days
        try:
            since, until = start - origin, end - origin
        except TypeError:
            return self._counted(minute_of(start, "start"), minute_of(end, "end"), pauses)
        first, last = since.days, until.days
        if pauses or not 0 <= first <= last < count or (first == last and until < since):
            return self._counted(minute_of(start, "start"), minute_of(end, "end"), pauses)
        # written out: a call for each of the two instants would cost more than the look-ups
        return before[last] + inside[last][until.seconds // 60] - before[first] - inside[first][since.seconds // 60]

    def _counted(self, first: int, last: int, pauses: Sequence[Span]) -> int:
        """The same by the table, whatever its years: the way of the first question, and of every pause."""
        if last < first:
            raise EndsBeforeStart("end")
        table = self.table_between(first, last)
        if not pauses:
            self._days = table.by_day()
        open_minutes = table.passed(last) - table.passed(first)
        for pause_start, pause_end in merged(pauses, first):
            if pause_start < last:
                open_minutes -= table.passed(min(pause_end, last)) - table.passed(pause_start)
        return open_minutes

    def is_open(self, at: datetime) -> bool:
        """Open in the minute that begins at `at`; exactly at closing is outside (R-060)."""
        minute = minute_of(at, "at")
        return any(self.table(minute, "at").windows(minute, minute + 1))

    def next_opening(self, at: datetime) -> datetime:
        """The first open instant from `at` on: `at` itself while open."""
        minute = minute_of(at, "at")
        table = self.table(minute, "at")
        goal = table.passed(minute) + 1
        return instant_of(self.table_reaching(goal, table).reached(goal) - 1, self.zone)

    def table(self, minute: int, field: str) -> Table:
        """The open minutes of the years around `minute`."""
        table = self._table
        if table is not None and table.start <= minute <= table.end:
            return table
        year = instant_of(minute, self.zone).year
        first, last = self.years
        if not first <= year <= last and minute != self._horizon:
            raise OutsideYears(field, year=year, first=first, last=last)
        years = (year, year + 1) if table is None else (min(year, table.years[0]), max(year, table.years[1]))
        return self._laid_out(*years)

    def table_between(self, start: int, end: int, field: str = "start", end_field: str = "end") -> Table:
        """The open minutes of the years from `start` to `end`."""
        return self._grown(self.table(start, field), end, end_field)

    def _grown(self, table: Table, minute: int, field: str) -> Table:
        """`table`, or the longer one from the same start that covers `minute`."""
        first, last = self.years
        if minute > self._horizon:
            raise OutsideYears(field, year=instant_of(minute, self.zone).year, first=first, last=last)
        while table.end < minute:
            table = self._longer(table)
        return table

    def table_reaching(self, goal: int, table: Table) -> Table:
        """`table`, or the longer one from the same start that holds `goal` open minutes."""
        while table.total < goal:
            if goal - table.total > self._horizon - table.end:
                first, last = self.years
                raise OutsideYears("minutes", year=last + 1, first=first, last=last)
            table = self._longer(table)
        return table

    def _longer(self, table: Table) -> Table:
        first, last = table.years
        return self._laid_out(first, last + (last - first + 1))

    def _laid_out(self, first: int, last: int) -> Table:
        # replaced whole, so that another thread sees the old table or the new one
        table = Table(self.zone, max(first, self.years[0]), min(last, self.years[1]), self.hours.on)
        self._table = table
        return table

    def _without(self, pauses: Sequence[Span], table: Table, goal: int, start: int) -> tuple[Table, int]:
        """The goal put off by the open minutes of every pause that begins before it is reached."""
        for pause_start, pause_end in merged(pauses, start):
            if pause_end > table.end:
                table = self._grown(table, min(pause_start, self._horizon), "pauses")
            passed = table.passed(min(pause_start, table.end))
            if passed >= goal:
                break
            if pause_end > table.end:
                table = self._grown(table, pause_end, "pauses")
            goal += table.passed(pause_end) - passed
        return table, goal

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Schedule) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[str | None, Hours, Years]:
        return self.zone.key, self.hours, self.years


def _whole(minutes: int) -> int:
    try:
        whole = index(minutes)
    except TypeError:
        raise NotWholeMinutes("minutes") from None
    if whole < 0:
        raise NegativeMinutes("minutes")
    return whole


def _years(years: Years | None, hours: Hours) -> Years:
    dates = hours.holidays or hours.special
    first, last = years or ((min(dates).year, max(dates).year) if dates else (FIRST_YEAR, LAST_YEAR))
    if last < first:
        raise EndsBeforeStart("years")
    if first < FIRST_YEAR or last > LAST_YEAR:
        raise OutsideYears("years", first=FIRST_YEAR, last=LAST_YEAR)
    return first, last
