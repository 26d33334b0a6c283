"""What a browser's visit says of itself: how it was begun, by what proof, and for how long that is enough.

>>> visit = Visit(proven_at=1_000.0, is_double=False)
>>> visit.is_fresh(now=1_000 + 600), visit.is_fresh(now=1_000 + 601)
(True, False)
>>> Visit.read({}).is_fresh(now=0)
False
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

BEGAN, VISIT, PROVEN, DOUBLE = "began", "visit", "proven", "double"
"""Under what names a session keeps: its beginning, (address, browser), the last proof, whether by two factors."""
FRESH_FOR = timedelta(minutes=10)
"""How long after a proof one may change the keys of one's account without another."""
SEEN_EVERY = timedelta(minutes=10)
"""How exact "last seen" is: a page does not write."""
AGENT_KEPT, ADDRESS_KEPT = 300, 60


@dataclass(frozen=True, slots=True)
class Visit:
    proven_at: float
    is_double: bool

    @classmethod
    def read(cls, session: Mapping[str, object]) -> Visit:
        proven = session.get(PROVEN)
        return cls(float(proven) if isinstance(proven, int | float) else float("-inf"), bool(session.get(DOUBLE)))

    def is_fresh(self, *, now: float) -> bool:
        return 0 <= now - self.proven_at <= FRESH_FOR.total_seconds()
