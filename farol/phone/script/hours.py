"""Whether a service answers at an instant, and whether the duty shift does (R-025, R-120; section 14).

The duty shift covers the team's breaks and local holidays; it is the same queue with
other people at it, and the call says so.

>>> from datetime import time
>>> from zoneinfo import ZoneInfo
>>> from farol.hours.rules.roster import Duty
>>> zone = ZoneInfo("America/Sao_Paulo")
>>> desk = Opening(Schedule.weekdays("07:00-19:00", zone=zone), (Slot(time(12), time(13, 30), Duty.ON_CALL),))
>>> [standing(desk, datetime(2026, 11, 24, hour, tzinfo=zone)).value for hour in (9, 12, 19)]
['open', 'duty', 'closed']
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from farol.hours.rules.roster import Slot
from farol.worktime.errors import OutsideYears
from farol.worktime.schedule import Schedule


class Standing(StrEnum):
    OPEN = "open"
    DUTY = "duty"
    CLOSED = "closed"


class Holiday(StrEnum):
    """What a test says the day is."""

    NONE = ""
    LOCAL = "local"
    NATIONAL = "nacional"


@dataclass(frozen=True, slots=True)
class Opening:
    """The hours of a service. Without a schedule it is always open."""

    schedule: Schedule | None = None
    slots: tuple[Slot, ...] = ()
    observes_local: bool = False
    local_holidays: Collection[date] = frozenset()


def standing(opening: Opening, now: datetime, holiday: Holiday = Holiday.NONE) -> Standing:
    """Who answers; on a day whose holidays nobody knows, whoever would on an ordinary one."""
    if opening.schedule is None:
        return Standing.OPEN
    here = now.astimezone(opening.schedule.zone)
    is_local = holiday is Holiday.LOCAL or here.date() in opening.local_holidays
    if holiday is Holiday.NATIONAL or (is_local and opening.observes_local) or not _is_open(opening.schedule, now):
        return Standing.CLOSED
    if not opening.slots:
        return Standing.OPEN
    is_break = any(slot.opens <= here.time() < slot.closes for slot in opening.slots)
    return Standing.DUTY if is_local or is_break else Standing.OPEN


def _is_open(schedule: Schedule, now: datetime) -> bool:
    try:
        return schedule.is_open(now)
    except OutsideYears:
        here = now.astimezone(schedule.zone)
        minute = here.hour * 60 + here.minute
        return any(opens <= minute < closes for opens, closes in schedule.hours.weekdays[here.weekday()])
