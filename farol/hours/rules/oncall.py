"""Out of hours the call goes to a telephone: whose, and who is next when it is not answered (R-120, R-121).

>>> primary = Hop(Level.PRIMARY, 7, "Jussara Lima", "(19) 90000-0007")
>>> backup = Hop(Level.BACKUP, 8, "Rafael Tanaka", "(19) 90000-0008")
>>> next_hop([backup, primary], tried=[]).phone
'oncall'
>>> next_hop([backup, primary], tried=[Level.PRIMARY]).phone
'oncall-backup'
>>> next_hop([backup, primary], tried=[Level.PRIMARY, Level.BACKUP, Level.SUPERVISOR])
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from farol.hours.rules.roster import Duty, Need
from farol.worktime.schedule import Schedule

RING_SECONDS = 25
"""How long one telephone rings before the next does."""
DAY = 24 * 60


class Destination(StrEnum):
    QUEUE = "queue"
    ON_CALL = "on_call"


class Level(StrEnum):
    """In the order in which they are called."""

    PRIMARY = "primary"
    BACKUP = "backup"
    SUPERVISOR = "supervisor"


PHONES = {Level.PRIMARY: "oncall", Level.BACKUP: "oncall-backup", Level.SUPERVISOR: "oncall-supervisor"}
"""What a door calls each telephone: a name, never a number."""

DUTIES = {Level.PRIMARY: Duty.ON_CALL, Level.BACKUP: Duty.BACKUP, Level.SUPERVISOR: Duty.SUPERVISOR}


@dataclass(frozen=True, slots=True)
class Hop:
    """One telephone of the chain, and who answers it now; a number that nobody wrote down is the switchboard's own."""

    level: Level
    person_id: int = 0
    name: str = ""
    telephone: str = ""

    @property
    def phone(self) -> str:
        return PHONES[self.level]


def destination(schedule: Schedule, at: datetime) -> Destination:
    """Of the team's queue and the on-call telephone always exactly one (R-120)."""
    return Destination.QUEUE if schedule.is_open(at) else Destination.ON_CALL


def next_hop(hops: Sequence[Hop], tried: Collection[Level]) -> Hop | None:
    """Primary, then backup, then supervisor; nobody after the last (R-121)."""
    known = {hop.level: hop for hop in hops}
    return next((known.get(level, Hop(level)) for level in Level if level not in tried), None)


def outside(schedule: Schedule, first: date, last: date, duty: Duty = Duty.ON_CALL) -> list[Need]:
    """Every minute from `first` to `last` in which the team's desk is closed, day by day (R-123)."""
    days = ((first + timedelta(days=n)) for n in range((last - first).days + 1))
    return [
        Need(_at(day, opens, schedule), _at(day, closes, schedule), duty)
        for day in days
        for opens, closes in _closed(schedule.hours.on(day))
    ]


def _closed(windows: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    since = 0
    for opens, closes in (*windows, (DAY, DAY)):
        if since < opens:
            yield since, opens
        since = closes


def _at(day: date, minute: int, schedule: Schedule) -> datetime:
    return (datetime.combine(day, time()) + timedelta(minutes=minute)).replace(tzinfo=schedule.zone)
