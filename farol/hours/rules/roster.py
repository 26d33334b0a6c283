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

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import accumulate, groupby, pairwise
from zoneinfo import ZoneInfo

from farol.kernel.errors import Refusal, gettext_noop
from farol.worktime.schedule import Schedule
from farol.worktime.spans import Span


class Duty(StrEnum):
    INTEGRATION = "integration"
    ON_CALL = "on_call"
    LOCAL_HOLIDAY = "local_holiday"
    BACKUP = "backup"  # of who is on call out of hours
    SUPERVISOR = "supervisor"


class Covers(StrEnum):
    """Which minutes a roster has to staff."""

    DESK = "desk"  # the slots of business days, and local holidays
    OUT_OF_HOURS = "out_of_hours"  # every minute in which the desk is closed


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


@dataclass(frozen=True, slots=True)
class Turn:
    """When somebody is there."""

    start: datetime
    end: datetime
    name: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a need with those who are there through all of it; with nobody it is a hole."""

    start: datetime
    end: datetime
    duty: Duty
    names: tuple[str, ...]

    @property
    def is_hole(self) -> bool:
        return not self.names


STANDARD_SLOTS = (
    Slot(time(7), time(8), Duty.ON_CALL),
    Slot(time(10), time(10, 15), Duty.INTEGRATION),
    Slot(time(12), time(13, 30), Duty.ON_CALL),
    Slot(time(15, 30), time(15, 45), Duty.INTEGRATION),
    Slot(time(18), time(19), Duty.ON_CALL),
)
"""Support's, as the guide has them (p. 15)."""


class RosterHasGaps(Refusal):
    """Every minute has a name, or the roster is not published; each hole is named (R-123, R-141)."""

    code = "roster.has_gaps"
    rule = "R-141"
    message = gettext_noop("A escala tem horários sem ninguém ({count}): {holes}.")
    remedy = gettext_noop("Escale alguém para cada horário indicado e publique de novo.")

    def __init__(self, holes: Sequence[Need]) -> None:
        super().__init__(count=len(holes), holes=listed(holes))


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
    turns = [Turn(shift.start, shift.end, "somebody") for shift in shifts]
    return [Need(part.start, part.end, part.duty) for part in staffed(needs, turns) if part.is_hole]


def staffed(needs: Iterable[Need], turns: Iterable[Turn]) -> list[Part]:
    """The needs cut wherever somebody comes or goes, in order: the parts of a need tile it."""
    coming = sorted(turns, key=lambda turn: turn.start)
    starts = [turn.start for turn in coming]
    ends = list(accumulate((turn.end for turn in coming), max))  # nobody before one of these is there any more
    return [
        part
        for need in needs
        for part in _parts(need, coming[bisect_right(ends, need.start) : bisect_left(starts, need.end)])
    ]


def listed(holes: Iterable[Need]) -> str:
    """Every hole by its day and hours: 23/11, 07:00–08:00, 12:00–13:30; 24/11, 07:00–08:00"""
    days = groupby(holes, key=lambda hole: f"{hole.start:%d/%m}")
    return "; ".join(
        ", ".join([day, *(f"{each.start:%H:%M}–{each.end:%H:%M}" for each in found)]) for day, found in days
    )


def _parts(need: Need, turns: Sequence[Turn]) -> Iterator[Part]:
    start, end = need.start.astimezone(UTC), need.end.astimezone(UTC)
    edges = {edge.astimezone(UTC) for turn in turns for edge in (turn.start, turn.end)}
    cuts = [start, *sorted(edge for edge in edges if start < edge < end), end]
    stretches = ((since, until, _there(turns, since, until)) for since, until in pairwise(cuts))
    for names, same in groupby(stretches, key=lambda stretch: stretch[2]):
        first, *others = same
        last = others[-1] if others else first
        zone = need.start.tzinfo
        yield Part(first[0].astimezone(zone), last[1].astimezone(zone), need.duty, names)


def _there(turns: Iterable[Turn], since: datetime, until: datetime) -> tuple[str, ...]:
    return tuple(sorted({turn.name for turn in turns if turn.start <= since and turn.end >= until}))


def _need(day: date, opens: int, closes: int, duty: Duty, zone: ZoneInfo) -> Need:
    return Need(_instant(day, opens, zone), _instant(day, closes, zone), duty)


def _instant(day: date, minute: int, zone: ZoneInfo) -> datetime:
    midnight = datetime.combine(day, time()) + timedelta(minutes=minute)
    return midnight.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute
