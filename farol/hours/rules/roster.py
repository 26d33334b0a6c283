"""Who must be there: the minutes that a duty roster has to staff, and those that nobody covers (R-068, R-141).

A roster stands beside the service calendar and never stops a customer's clock:
integration and lunch are covered by a rota, local holidays by on-call (section 14).

>>> from datetime import date
>>> from zoneinfo import ZoneInfo
>>> desk = Schedule.weekdays("07:00-19:00", zone=ZoneInfo("America/Sao_Paulo"))
>>> needs = needed(desk, STANDARD_SLOTS, date(2026, 11, 23), date(2026, 11, 23))
>>> [f"{need.start:%H:%M}-{need.end:%H:%M} {need.duty}" for need in needs][:3]
['07:00-08:00 on_call', '10:00-10:15 integration', '12:00-13:30 on_call']
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from farol.kernel.errors import Refusal, gettext_noop
from farol.worktime.schedule import Schedule
from farol.worktime.spans import Span


class Duty(StrEnum):
    INTEGRATION = "integration"
    ON_CALL = "on_call"
    LOCAL_HOLIDAY = "local_holiday"


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of every business day that somebody named must cover."""

    opens: time
    closes: time
    duty: Duty


@dataclass(frozen=True, slots=True)
class Need:
    """A stretch of one day that somebody must cover, or that nobody does."""

    start: datetime
    end: datetime
    duty: Duty

    @property
    def minutes(self) -> int:
        return int((self.end - self.start) / timedelta(minutes=1))


STANDARD_SLOTS = (
    Slot(time(7), time(8), Duty.ON_CALL),
    Slot(time(10), time(10, 15), Duty.INTEGRATION),
    Slot(time(12), time(13, 30), Duty.ON_CALL),
    Slot(time(15, 30), time(15, 45), Duty.INTEGRATION),
    Slot(time(18), time(19), Duty.ON_CALL),
)
"""Support's, as the guide has them (p. 15)."""


class RosterHasGaps(Refusal):
    """Every minute has a name, or the roster is not published (R-141)."""

    code = "roster.has_gaps"
    rule = "R-141"
    message = gettext_noop("A escala tem {count} buracos. O primeiro: {first:%d/%m, %H:%M}.")
    remedy = gettext_noop("Escale alguém para cada horário indicado e publique de novo.")


class RosterPublished(Refusal):
    code = "roster.published"
    rule = "R-141"
    message = gettext_noop("Esta escala já foi publicada e não muda mais.")
    remedy = gettext_noop("Faça uma escala nova para o período.")


def needed(
    schedule: Schedule, slots: Sequence[Slot], first: date, last: date, local_holidays: Collection[date] = ()
) -> list[Need]:
    """What has to be staffed from `first` to `last`, both whole: the slots of business days, whole local holidays."""
    day, found = first, []
    while day <= last:
        windows = schedule.hours.on(day)
        if day in local_holidays:
            found += [_need(day, opens, closes, Duty.LOCAL_HOLIDAY, schedule.zone) for opens, closes in windows]
        elif windows:
            found += [_need(day, _minute(s.opens), _minute(s.closes), s.duty, schedule.zone) for s in slots]
        day += timedelta(days=1)
    return found


def gaps(needs: Iterable[Need], shifts: Iterable[Span]) -> list[Need]:
    """The parts of `needs` that no shift covers, in order; with what is covered they tile the needs."""
    covered = sorted(shifts, key=lambda shift: shift.start)
    return [gap for need in needs for gap in _uncovered(need, covered)]


def _uncovered(need: Need, shifts: Sequence[Span]) -> Iterator[Need]:
    at = need.start
    for shift in shifts:
        if shift.end <= at or shift.start >= need.end:
            continue
        if shift.start > at:
            yield Need(at, shift.start, need.duty)
        at = max(at, shift.end).astimezone(need.start.tzinfo)
    if at < need.end:
        yield Need(at, need.end, need.duty)


def _need(day: date, opens: int, closes: int, duty: Duty, zone: ZoneInfo) -> Need:
    return Need(_instant(day, opens, zone), _instant(day, closes, zone), duty)


def _instant(day: date, minute: int, zone: ZoneInfo) -> datetime:
    midnight = datetime.combine(day, time()) + timedelta(minutes=minute)
    return midnight.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute
