"""Instants as whole minutes, and stretches of time.

Every instant is cut to its whole minute at the door and reckoned as the number
of minutes since 1970 in UTC, so that no zone, gap or fold can bend a sum.

>>> from datetime import datetime, timezone
>>> minute_of(datetime(1970, 1, 1, 1, 0, 59, tzinfo=timezone.utc), "since")
60
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from farol.worktime.errors import EndsBeforeStart, NaiveInstant

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open stretch of time: `start` is inside, `end` is not."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        # not `end < start`: two datetimes of one zone compare by their wall clock, blind to the repeated hour
        if minute_of(self.end, "end") < minute_of(self.start, "start"):
            raise EndsBeforeStart("end")


@dataclass(frozen=True, slots=True)
class Pause(Span):
    """A stretch in which the clock stands still, and what is being waited for."""

    why: str = ""


def minute_of(instant: datetime, field: str) -> int:
    """Whole minutes since 1970 in UTC."""
    try:
        return (instant - EPOCH) // MINUTE
    except TypeError:
        raise NaiveInstant(field) from None


def instant_of(minute: int, zone: tzinfo) -> datetime:
    return datetime.fromtimestamp(minute * 60, zone)


def merged(pauses: Sequence[Span], since: int) -> list[tuple[int, int]]:
    """Pauses as minutes from `since` on, in order, without overlap."""
    rest = sorted((max(minute_of(pause.start, "start"), since), minute_of(pause.end, "end")) for pause in pauses)
    union: list[tuple[int, int]] = []
    for start, end in rest:
        if end <= start:
            continue
        if union and start <= union[-1][1]:
            union[-1] = (union[-1][0], max(union[-1][1], end))
        else:
            union.append((start, end))
    return union
