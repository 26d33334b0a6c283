"""Writing the hours: the first calendars, new versions, holidays and special days."""

from __future__ import annotations

import uuid
from datetime import date

import holidays
from django.db import transaction

from farol.hours.models import Almanac, Calendar, CalendarVersion, Holiday
from farol.hours.rules import BEGINNING, SAO_PAULO, SEEDED_YEARS, STANDARD_CALENDARS, Level, StandardCalendar

SOURCES = (  # level, place, and how the library of holidays names them
    (Level.NATIONAL, "", None, "public"),
    (Level.OPTIONAL, "", None, "optional"),
    (Level.STATE, "SP", "SP", "public"),
    (Level.MUNICIPAL, "SP/São Paulo", "São Paulo Capital", "public"),
)


@transaction.atomic
def seed_hours() -> None:
    """The standard calendars and the holidays of the seeded years are there; what was edited stays (R-140)."""
    first, last = SEEDED_YEARS
    _, is_new = Almanac.objects.get_or_create(pk=1, defaults={"first_year": first, "last_year": last})
    if is_new:
        _seed_holidays(range(first, last + 1))
    seeded = [_seed_calendar(standard) for standard in STANDARD_CALENDARS]
    if any(seeded):
        _mark_change()


def _seed_holidays(years: range) -> None:
    known: dict[date, Level] = {}
    for level, place, subdivision, category in SOURCES:
        named = holidays.country_holidays(
            "BR", subdiv=subdivision, years=years, categories=(category,), language="pt_BR"
        )
        fresh = {day: name for day, name in named.items() if known.get(day) is None or level is Level.OPTIONAL}
        Holiday.objects.bulk_create(
            Holiday(day=day, name=name, level=level, place=place) for day, name in sorted(fresh.items())
        )
        if level is not Level.OPTIONAL:
            known.update(dict.fromkeys(fresh, level))


def _seed_calendar(standard: StandardCalendar) -> bool:
    calendar, is_new = Calendar.objects.get_or_create(code=standard.code, defaults={"name": standard.name})
    if is_new:
        CalendarVersion.objects.create(
            calendar=calendar,
            valid_from=BEGINNING,
            zone=SAO_PAULO,
            week=standard.week,
            levels=list(standard.levels),
            place=standard.place if standard.levels else "",
        )
    return is_new


def _mark_change() -> None:
    """Every process makes its schedules anew; rolled back, the mark never comes again."""
    Almanac.objects.filter(pk=1).update(mark=uuid.uuid4())
