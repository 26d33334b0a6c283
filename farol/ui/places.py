"""Where a page of a list ended, as a word of an address.

>>> place_in(written(Place(datetime(2026, 11, 24, 12, tzinfo=UTC), 118_402))).number
118402
>>> place_in("abc-1"), place_in("1-0")
(None, None)
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from farol.tickets.queries import Place

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
WRITTEN = re.compile(r"([0-9]{1,17})-([1-9][0-9]{0,17})")


def written(place: Place) -> str:
    return f"{(place.at - EPOCH) // MICROSECOND}-{place.number}"


def place_in(text: str) -> Place | None:
    """Where the page before ended; anything else begins at the beginning."""
    match = WRITTEN.fullmatch(text)
    return Place(EPOCH + int(match[1]) * MICROSECOND, int(match[2])) if match else None
