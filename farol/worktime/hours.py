"""What a calendar says of one day: its windows, and why it has none.

>>> hours = Hours({0: read("08:00-12:00", "week")}, {date(2026, 12, 25): "Natal"}, {})
>>> hours.on(date(2026, 11, 23))
((480, 720),)
>>> hours.on(date(2026, 12, 25))
()
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from farol.worktime.errors import UnknownWeekday
from farol.worktime.windows import MinutesOfDay, Window, in_minutes, read

Week = Mapping[int, Sequence[Window]]
Holidays = Mapping[date, str] | Iterable[date]


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """One date with hours of its own, whatever its weekday; without windows it is a closure."""

    windows: tuple[Window, ...] = ()
    name: str = ""

    @classmethod
    def read(cls, hours: str, name: str = "") -> SpecialDay:
        return cls(read(hours, "special"), name)


class Hours:
    """The week, the closed dates with their names, and the dates with hours of their own."""

    __slots__ = ("_days", "_week", "holidays", "special", "week")

    def __init__(self, week: Week, holidays: Holidays, special: Mapping[date, SpecialDay]) -> None:
        if any(weekday not in range(7) for weekday in week):
            raise UnknownWeekday("week")
        self.week = {weekday: tuple(week.get(weekday, ())) for weekday in range(7)}
        self.holidays = dict(holidays) if isinstance(holidays, Mapping) else dict.fromkeys(holidays, "")
        self.special = dict(special)
        self._week = [in_minutes(windows, f"week[{weekday}]") for weekday, windows in self.week.items()]
        self._days: dict[date, MinutesOfDay] = dict.fromkeys(self.holidays, ())
        for day, special_day in self.special.items():
            self._days[day] = in_minutes(special_day.windows, f"special[{day}]")

    def on(self, day: date) -> MinutesOfDay:
        """The open windows of a local day, as minutes of the day."""
        windows = self._days.get(day)
        return self._week[day.weekday()] if windows is None else windows

    @property
    def weekdays(self) -> list[MinutesOfDay]:
        """The usual windows of Monday to Sunday, as minutes of the day."""
        return self._week

    def rests_on(self, weekday: int) -> bool:
        return not self._week[weekday]

    @property
    def never_open(self) -> bool:
        return not any(self._week) and not any(self._days.values())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Hours) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash((tuple(self._week), frozenset(self._days)))

    def _key(self) -> tuple[object, ...]:
        return self._week, self._days, self.holidays, self.special
