"""The calendars as a page shows them: the week in words and as bars, the versions, the holidays, the special days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import dates
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from farol.desk.hour_forms import LEVELS
from farol.hours import queries
from farol.hours.models import Calendar, CalendarVersion, SpecialDay
from farol.hours.rules import Level
from farol.ui.week import hours_words, week_words
from farol.worktime.windows import MinutesOfDay, in_minutes, read_pairs, read_week


@dataclass(frozen=True, slots=True)
class Bar:
    """One open stretch on a line of 1440 minutes."""

    start: int
    length: int


@dataclass(frozen=True, slots=True)
class Day:
    name: str
    bars: Sequence[Bar]


@dataclass(frozen=True, slots=True)
class Said:
    """One version: from when until when, and what it says."""

    version: CalendarVersion
    until: date | None
    words: str
    is_in_force: bool
    is_coming: bool


@dataclass(frozen=True, slots=True)
class Special:
    day: SpecialDay
    words: str


@dataclass(frozen=True, slots=True)
class Shown:
    calendar: Calendar
    words: str
    week: Sequence[Day]
    closing: str
    versions: Sequence[Said]
    special_days: Sequence[Special]


@dataclass(frozen=True, slots=True)
class Closed:
    key: int
    day: date
    name: str
    level: str
    place: str


def shown(today: date, language: str) -> list[Shown]:
    return [_shown(calendar, today, language) for calendar in queries.all_calendars()]


def holidays_of(years: Iterable[int]) -> list[tuple[str, list[Closed]]]:
    """By year, written as a year is: what closes, for whom and where."""
    return [
        (
            str(year),
            [
                Closed(holiday.pk, holiday.day, holiday.name, str(LEVELS[Level(holiday.level)]), holiday.place)
                for holiday in queries.holidays_between(date(year, 1, 1), date(year, 12, 31))
            ],
        )
        for year in years
    ]


def _shown(calendar: Calendar, today: date, language: str) -> Shown:
    versions = list(queries.versions_of(calendar.pk))
    in_force = queries.version_of(calendar.pk, today)
    ends = [later.valid_from - timedelta(days=1) for later in versions[1:]]
    said = [
        Said(
            version,
            until,
            week_words(read_week(version.week), language=language),
            is_in_force=version.pk == in_force.pk,
            is_coming=version.valid_from > today,
        )
        for version, until in zip(versions, [*ends, None], strict=True)
    ]
    return Shown(
        calendar=calendar,
        words=week_words(read_week(in_force.week), language=language),
        week=_week(in_force),
        closing=", ".join(str(LEVELS[Level(level)]) for level in in_force.levels),
        versions=said[::-1],
        special_days=[
            Special(day, _hours(day, language)) for day in queries.special_days_of(calendar.pk, today.replace(day=1))
        ],
    )


def _week(version: CalendarVersion) -> list[Day]:
    week = read_week(version.week)
    return [Day(_weekday(day), _bars(in_minutes(week.get(day, ()), "week"))) for day in range(7)]


def _weekday(day: int) -> str:
    """seg, sáb; Mon in English"""
    short = str(dates.WEEKDAYS[day])[:3]
    return short if get_language() == "en" else short.lower()


def _bars(windows: MinutesOfDay) -> list[Bar]:
    return [Bar(start, end - start) for start, end in windows]


def _hours(day: SpecialDay, language: str) -> str:
    windows = read_pairs(day.windows, "windows")
    return hours_words(windows, language=language) if windows else _("fechado")
