"""Instants as whole minutes, and stretches of time.

Every instant is cut to its whole minute at the door and reckoned as the number
of minutes since 1970 in UTC, so that no zone, gap or fold can bend a sum.

>>> from datetime import datetime, timezone
>>> minute_of(datetime(1970, 1, 1, 1, 0, 59, tzinfo=timezone.utc), "since")
60
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from farol.worktime.errors import EndsBeforeStart, NaiveInstant

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


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
        since = instant - EPOCH
    except TypeError:
        raise NaiveInstant(field) from None
    return since.days * 1440 + since.seconds // 60


def instant_of(minute: int, zone: tzinfo) -> datetime:
    return datetime.fromtimestamp(minute * 60, zone)


def merged(pauses: Sequence[Span], since: int) -> Iterator[tuple[int, int]]:
    """Pauses as minutes from `since` on, in order, what two of them share told once."""
    at = since
    for start, end in sorted([(minute_of(pause.start, "start"), minute_of(pause.end, "end")) for pause in pauses]):
        if end > at:
            yield (start if start > at else at), end
            at = end
