"""When each analyst worked, so that nobody is in two places (R-054)."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

SHORTEST = timedelta(minutes=5)
Stretch = tuple[datetime, datetime]


class Diary:
    """Stretches of work by analyst; never two at once."""

    def __init__(self) -> None:
        self._booked: dict[str, list[Stretch]] = defaultdict(list)

    def book(self, analyst: str, since: datetime, until: datetime, minutes: int) -> Stretch | None:
        """A free stretch of so many minutes, or less, that ends at `until` or before; none if there is none."""
        booked = self._booked[analyst]
        for taken in sorted(booked, reverse=True):
            if taken[0] < until and taken[1] > until - timedelta(minutes=minutes):
                if taken[1] <= until - SHORTEST:
                    since = max(since, taken[1])
                    break
                until = taken[0]
        start = max(since, until - timedelta(minutes=minutes))
        if until - start < SHORTEST:
            return None
        booked.append((start, until))
        return start, until
