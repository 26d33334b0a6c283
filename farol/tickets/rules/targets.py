"""When the staff is warned that a date comes near: at shares of its allowance.

>>> from datetime import datetime
>>> from zoneinfo import ZoneInfo
>>> sp = ZoneInfo("America/Sao_Paulo")
>>> desk = Schedule.weekdays("07:00-19:00", zone=sp)
>>> warning = next_warning(desk, datetime(2026, 11, 23, 9, 0, tzinfo=sp), 600, (50, 80, 100), warned=50)
>>> warning.share, f"{warning.at:%H:%M}"
(80, '17:00')
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from farol.worktime.schedule import Schedule
from farol.worktime.spans import Span


@dataclass(frozen=True, slots=True)
class Warning:
    """That `share` per cent of an allowance is used up at `at`."""

    share: int
    at: datetime


def next_warning(
    schedule: Schedule,
    started_at: datetime,
    minutes: int,
    shares: Sequence[int],
    *,
    warned: int,
    pauses: Sequence[Span] = (),
) -> Warning | None:
    """The first share beyond `warned` per cent and the instant it is used up; none after the last."""
    share = next((share for share in sorted(shares) if share > warned), None)
    if share is None:
        return None
    return Warning(share, schedule.due(started_at, -(-minutes * share // 100), pauses))
