"""Farol's clock and other libraries of business time, each used the way its own documents show.

`native` turns a stored instant into the type a library works on; that is not
measured. A library that has no addition says so with `None`; one that is not
installed is left out. What a library lacks is done around it by hand, as its
user would: business-duration knows one window, so a desk of two is the sum of
two calls; workalendar knows days, so the hours of the first and the last day
are added; pandas counts whole business hours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.util import find_spec
from typing import Any

from farol.house.measure.clock_cases import ALLOWANCE, HOLIDAYS, YEARS, ZONE, Desk
from farol.worktime.schedule import Schedule


@dataclass(frozen=True, slots=True)
class Clock:
    """`add` gives the instant 10 business hours later; `between` the business minutes from one to another."""

    name: str
    native: Callable[[datetime], Any]
    add: Callable[[Any], Any] | None
    between: Callable[[Any, Any], Any]


def schedule_of(desk: Desk) -> Schedule:
    return Schedule(dict.fromkeys(range(5), desk.windows), ZONE, HOLIDAYS, years=YEARS)


def farol(desk: Desk) -> Clock:
    schedule = schedule_of(desk)
    return Clock("farol", lambda at: at, lambda at: schedule.due(at, ALLOWANCE), schedule.minutes_between)


def others(desk: Desk) -> Iterator[Clock]:
    """Those of the group `bench` that are installed."""
    for module, clock in {
        "businesstimedelta": _businesstimedelta,
        "business_duration": _business_duration,
        "pandas": _pandas,
        "workalendar": _workalendar,
    }.items():
        if find_spec(module):
            yield clock(desk)


def _businesstimedelta(desk: Desk) -> Clock:
    import businesstimedelta
    import pytz

    about = {"working_days": [0, 1, 2, 3, 4], "tz": pytz.timezone(str(ZONE))}
    rules = [businesstimedelta.WorkDayRule(desk.windows[0][0], desk.windows[-1][1], **about)]
    if len(desk.windows) == 2:
        rules.append(businesstimedelta.LunchTimeRule(desk.windows[0][1], desk.windows[1][0], **about))
    rule = businesstimedelta.Rules([*rules, businesstimedelta.HolidayRule(HOLIDAYS, tz=about["tz"])])
    allowance = businesstimedelta.BusinessTimeDelta(rule, hours=ALLOWANCE // 60)

    def between(start: datetime, end: datetime) -> int:
        return int(rule.difference(start, end).timedelta.total_seconds() // 60)

    return Clock("businesstimedelta", lambda at: at, lambda at: at + allowance, between)


def _business_duration(desk: Desk) -> Clock:
    from business_duration import businessDuration

    def between(start: datetime, end: datetime) -> int:
        parts = [
            businessDuration(start, end, opens, closes, holidaylist=HOLIDAYS, unit="min")
            for opens, closes in desk.windows
        ]
        return int(sum(parts))

    return Clock("business-duration", _wall, None, between)


def _pandas(desk: Desk) -> Clock:
    import pandas

    opens, closes = zip(*((f"{opens:%H:%M}", f"{closes:%H:%M}") for opens, closes in desk.windows), strict=True)
    hours = {"start": list(opens), "end": list(closes), "holidays": list(HOLIDAYS)}
    allowance = pandas.offsets.CustomBusinessHour(n=ALLOWANCE // 60, **hours)
    hour = pandas.offsets.CustomBusinessHour(**hours)

    def between(start: Any, end: Any) -> int:
        return 60 * (len(pandas.date_range(start, end, freq=hour)) - 1)

    return Clock("pandas", lambda at: pandas.Timestamp(at.astimezone(ZONE)), lambda at: at + allowance, between)


def _workalendar(desk: Desk) -> Clock:
    from workalendar.america import Brazil

    calendar = Brazil()

    def gone(at: datetime) -> int:
        """Minutes of the day's hours that are over at `at`."""
        return sum(
            _minutes(_on(at, opens), min(max(at, _on(at, opens)), _on(at, closes))) for opens, closes in desk.windows
        )

    whole_day = sum(_minutes(_on(date.min, opens), _on(date.min, closes)) for opens, closes in desk.windows)

    def add(at: datetime) -> datetime:
        is_working = calendar.is_working_day(at.date())
        left = ALLOWANCE + (gone(at) if is_working else 0)
        day = at.date() if is_working else calendar.add_working_days(at.date(), 1)
        days, left = divmod(left - 1, whole_day)
        day = calendar.add_working_days(day, days) if days else day
        for opens, closes in desk.windows:
            length = _minutes(_on(day, opens), _on(day, closes))
            if left < length:
                break
            left -= length
        return _on(day, opens) + timedelta(minutes=left + 1)

    def between(start: datetime, end: datetime) -> int:
        days: int = calendar.get_working_days_delta(start.date(), end.date())
        first, last = calendar.is_working_day(start.date()), calendar.is_working_day(end.date())
        whole: int = (days + first - last) * whole_day
        return whole + (gone(end) if last else 0) - (gone(start) if first else 0)

    return Clock("workalendar", _wall, add, between)


def _on(day: date, at: Any) -> datetime:
    return datetime(day.year, day.month, day.day, at.hour, at.minute)  # noqa: DTZ001 – the library is naive


def _minutes(start: datetime, end: datetime) -> int:
    return (end - start) // timedelta(minutes=1)


def _wall(at: datetime) -> datetime:
    return at.astimezone(ZONE).replace(tzinfo=None)


def is_right(answer: Any, right: datetime | int) -> bool:
    """An instant without zone is one of the desk's wall clock."""
    if isinstance(right, datetime) and isinstance(answer, datetime) and answer.tzinfo is None:
        return answer == _wall(right)
    return bool(answer == right)
