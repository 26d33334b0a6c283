"""What a call goes by: the menus in force and the hours of each service, read together and kept until they change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from farol.hours import queries as hours
from farol.hours.rules import SAO_PAULO, SITE, STANDARD_CALENDARS, Level, UnknownCalendar, places_above
from farol.hours.rules.roster import STANDARD_SLOTS
from farol.phone.models import MenuVersion
from farol.phone.script.hours import Opening
from farol.phone.script.menus import SEED, Menus
from farol.worktime.schedule import Schedule
from farol.worktime.windows import read_week

LOCAL = (Level.STATE, Level.MUNICIPAL)
IN_FORCE = f"""
SELECT {hours.MARK}, (SELECT id FROM phone_menuversion WHERE valid_from <= %s ORDER BY valid_from DESC, id DESC LIMIT 1)
"""


@dataclass(frozen=True, slots=True)
class Book:
    menus: Menus
    openings: Mapping[str, Opening]
    version_id: int | None = None


def book(now: datetime) -> Book:
    """What holds at this instant. One query, unless something has changed."""
    with connection.cursor() as cursor:
        cursor.execute(IN_FORCE, [now])
        mark, version_id = cursor.fetchone()
    return _book(mark, version_id, now.astimezone(ZoneInfo(SAO_PAULO)).date())


def book_of_draft(version: MenuVersion, now: datetime) -> Book:
    """The same with menus that are not published yet, for whoever tries them. Raises FieldsRefused."""
    return _made(Menus.read(version.data), version.pk, now.astimezone(ZoneInfo(SAO_PAULO)).date())


def book_without_database() -> Book:
    """What a vendor starts with, without holidays: better than silence."""
    menus = Menus.read(SEED)
    weeks = {each.code: Schedule(read_week(each.week), ZoneInfo(SAO_PAULO)) for each in STANDARD_CALENDARS}
    openings = {
        name: Opening(weeks.get(service.calendar), STANDARD_SLOTS if service.has_duty else ())
        for name, service in menus.services.items()
    }
    return Book(menus, openings)


@lru_cache(maxsize=8)
def _book(mark: UUID | None, version_id: int | None, day: date) -> Book:
    data = MenuVersion.objects.get(pk=version_id).data if version_id else SEED
    return _made(Menus.read(data), version_id, day)


def _made(menus: Menus, version_id: int | None, day: date) -> Book:
    local = frozenset(
        hours.holidays()
        .filter(level__in=LOCAL, place__in=places_above(SITE), day__year__in=(day.year - 1, day.year, day.year + 1))
        .values_list("day", flat=True)
    )
    openings = {
        name: _opening(service.calendar, service.has_duty, local, day) for name, service in menus.services.items()
    }
    return Book(menus, openings, version_id)


def _opening(calendar: str, has_duty: bool, local: frozenset[date], day: date) -> Opening:
    if not calendar:
        return Opening()
    try:
        version = hours.version_of(calendar, day)
    except UnknownCalendar:
        return Opening()
    observes = bool(set(LOCAL) & set(version.levels))
    return Opening(hours.schedule_of_version(version), STANDARD_SLOTS if has_duty else (), observes, local)
