"""Business time, forwards and backwards, on the calendar of a plan."""

from __future__ import annotations

from datetime import datetime

from farol.worktime.schedule import Schedule
from farol.worktime.spans import instant_of, minute_of


def minute(at: datetime) -> datetime:
    """The whole minute that `at` lies in."""
    return at.replace(second=0, microsecond=0)


def before(schedule: Schedule, at: datetime, minutes: int) -> datetime:
    """The last open instant from which exactly `minutes` of business time pass until `at`."""
    end = minute_of(at, "at")
    table = schedule.table_between(minute_of(at.replace(year=at.year - 1, month=1, day=1), "at"), end)
    return instant_of(table.reached(table.passed(end) - minutes + 1) - 1, schedule.zone)


def after(schedule: Schedule, at: datetime, minutes: int) -> datetime:
    """The first instant at which `minutes` of business time have passed since `at`."""
    return schedule.due(at, minutes)


def between(schedule: Schedule, first: datetime, last: datetime, share: float) -> datetime:
    """The open instant at that share of the business time from `first` to `last`."""
    return after(schedule, first, max(1, int(schedule.minutes_between(first, last) * share)))
