"""Books of cases made elsewhere: calendars, openings, pauses, and the due dates that another count gave.

>>> book = read_book({
...     "timezone": "America/Sao_Paulo",
...     "national_holidays": ["2026-11-20", "2026-12-25"],
...     "calendars": {"desk": {"0": [["08:00", "12:00"]]}},
...     "vectors": [{"calendar": "desk", "opened": "2026-11-23T09:00:00-03:00", "business_hours": 3,
...                  "pauses": [], "due": "2026-11-23T12:00:00-03:00"}],
... })
>>> [str(case.computed()) for case in book]
['2026-11-23 12:00:00-03:00']
>>> disagreements(book)
[]
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from farol.worktime.errors import ClockError, NotWholeMinutes
from farol.worktime.schedule import Schedule
from farol.worktime.spans import Pause, minute_of
from farol.worktime.windows import read_week


@dataclass(frozen=True, slots=True)
class Case:
    number: int
    calendar: str
    schedule: Schedule
    opened: datetime
    minutes: int
    pauses: Sequence[Pause]
    due: datetime

    def computed(self) -> datetime:
        return self.schedule.due(self.opened, self.minutes, self.pauses)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """`computed` is a date, or the words in which the clock refused."""

    case: Case
    computed: datetime | str


def read_book(book: Mapping[str, Any]) -> list[Case]:
    zone = ZoneInfo(book["timezone"])
    holidays = [date.fromisoformat(day) for day in book["national_holidays"]]
    schedules = {
        name: Schedule(read_week(week, f"calendars.{name}"), zone, holidays) for name, week in book["calendars"].items()
    }
    return [_case(number, vector, schedules) for number, vector in enumerate(book["vectors"], start=1)]


def disagreements(cases: Iterable[Case]) -> list[Disagreement]:
    answers = ((case, _answer(case)) for case in cases)
    return [Disagreement(case, answer) for case, answer in answers if answer != case.due]


def _answer(case: Case) -> datetime | str:
    try:
        return case.computed()
    except ClockError as error:
        return str(error)


def _case(number: int, vector: Mapping[str, Any], schedules: Mapping[str, Schedule]) -> Case:
    field = f"vectors[{number}]"
    minutes = vector["business_hours"] * 60
    if minutes != int(minutes):
        raise NotWholeMinutes(f"{field}.business_hours")
    due = datetime.fromisoformat(vector["due"])
    minute_of(due, f"{field}.due")
    return Case(
        number,
        vector["calendar"],
        schedules[vector["calendar"]],
        datetime.fromisoformat(vector["opened"]),
        int(minutes),
        [_pause(pause) for pause in vector["pauses"]],
        due,
    )


def _pause(pause: Sequence[str]) -> Pause:
    start, end = pause
    return Pause(datetime.fromisoformat(start), datetime.fromisoformat(end))
