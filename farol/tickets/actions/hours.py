"""A change of hours and the dates promised by them: both, or neither (R-064, R-140).

The dates of open tickets follow only when that is asked for, with a reason; a
date promised yesterday does not move by itself because a calendar did.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction

from farol.hours import actions as hours
from farol.hours import queries
from farol.hours.models import CalendarVersion, Holiday
from farol.hours.rules import Level, stretch
from farol.kernel.actor import Actor
from farol.tickets.actions.recalculation import recalculate


def rehearse(change: Callable[[], object]) -> None:
    """The change is made and taken back, so that what would refuse it is known before it is confirmed."""
    with transaction.atomic():
        change()
        transaction.set_rollback(True)


@transaction.atomic
def start_version_and_recalculate(draft: CalendarVersion, *, recalculates: bool, by: Actor, now: datetime) -> list[int]:
    """The new version holds from its day on; the open tickets of the calendar, if asked for, move over to it.

    Answers the numbers of the tickets whose date changed. Raises what `hours.start_version`
    and `recalculate` raise.
    """
    earlier = [version.pk for version in queries.versions_of(draft.calendar_id)]
    version = hours.start_version(draft, by=by, now=now)
    if not recalculates:
        return []
    return recalculate(dict.fromkeys(earlier, version.pk), reason=version.reason, by=by, now=now)


@transaction.atomic
def enter_holiday_and_recalculate(
    *, day: date, name: str, level: Level, place: str, recalculates: bool, reason: str, by: Actor, now: datetime
) -> list[int]:
    """The day closes the calendars that observe it; their open tickets, if asked for, are reckoned anew.

    Answers the numbers of the tickets whose date changed. Raises what `hours.enter_holiday`
    and `recalculate` raise.
    """
    holiday = hours.enter_holiday(day=day, name=name, level=level, place=place, reason=reason, by=by, now=now)
    return _follow_holiday(holiday, reason=reason, by=by, now=now) if recalculates else []


@transaction.atomic
def remove_holiday_and_recalculate(
    holiday_id: int, *, recalculates: bool, reason: str, by: Actor, now: datetime
) -> list[int]:
    """The day closes nobody any more; open tickets that it had pushed on, if asked for, are reckoned anew.

    Answers the numbers of the tickets whose date changed. Raises what `hours.remove_holiday`
    and `recalculate` raise.
    """
    holiday = hours.remove_holiday(holiday_id, reason=reason, by=by, now=now)
    return _follow_holiday(holiday, reason=reason, by=by, now=now) if recalculates else []


@transaction.atomic
def set_special_day_and_recalculate(
    calendar_id: int,
    *,
    day: date,
    until: date | None = None,
    name: str,
    windows: list[list[str]],
    recalculates: bool,
    reason: str,
    by: Actor,
    now: datetime,
) -> list[int]:
    """The calendar keeps other hours on the day, or on each day to `until`; its open tickets, if asked for, follow.

    Answers the numbers of the tickets whose date changed. Raises what `hours.set_special_day`
    and `recalculate` raise.
    """
    for on in stretch(day, until or day):
        hours.set_special_day(calendar_id, day=on, name=name, windows=windows, reason=reason, by=by, now=now)
    return _follow_calendar(calendar_id, reason=reason, by=by, now=now) if recalculates else []


@transaction.atomic
def remove_special_day_and_recalculate(
    calendar_id: int, day: date, *, recalculates: bool, reason: str, by: Actor, now: datetime
) -> list[int]:
    """The date follows its weekday and the holidays again; the calendar's open tickets, if asked for, follow.

    Answers the numbers of the tickets whose date changed. Raises what `hours.remove_special_day`
    and `recalculate` raise.
    """
    hours.remove_special_day(calendar_id, day, reason=reason, by=by, now=now)
    return _follow_calendar(calendar_id, reason=reason, by=by, now=now) if recalculates else []


def _follow_holiday(holiday: Holiday, *, reason: str, by: Actor, now: datetime) -> list[int]:
    observing = queries.versions_observing(holiday.level, holiday.place)
    return recalculate({version.pk: version.pk for version in observing}, reason=reason, by=by, now=now)


def _follow_calendar(calendar_id: int, *, reason: str, by: Actor, now: datetime) -> list[int]:
    kept = queries.versions_of(calendar_id)
    return recalculate({version.pk: version.pk for version in kept}, reason=reason, by=by, now=now)
