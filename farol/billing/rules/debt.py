"""When what a customer owes shuts doors: a pure function of its titles (R-100).

A title does from the day after its last day of grace, unless an agreement is in force;
it does not from the past: nobody was shut out before the title was known here. The answer
is a day, so it needs no reckoning anew when days go by.

>>> from dataclasses import replace
>>> from datetime import date
>>> owed = Title(due_on=date(2026, 11, 10), known_on=date(2026, 11, 1))
>>> blocked_from([owed], grace_days=0), blocked_from([owed], grace_days=5)
(datetime.date(2026, 11, 11), datetime.date(2026, 11, 16))
>>> blocked_from([replace(owed, agreed_until=date(2026, 12, 20))], grace_days=0)
datetime.date(2026, 12, 21)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("America/Sao_Paulo")

GRACE_DAYS = 0
"""The guide gives none; kept as data, with this to begin with."""
DAY = timedelta(days=1)


def day_of(instant: datetime) -> date:
    """The day on which a bill falls due is a day in São Paulo."""
    return instant.astimezone(ZONE).date()


class TitleState(StrEnum):
    OPEN = "open"
    PAID = "paid"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Title:
    """One bill: when it falls due, since when it is known here, and to which day an agreement covers it."""

    due_on: date
    known_on: date
    state: TitleState = TitleState.OPEN
    agreed_until: date | None = None

    def shuts_from(self, grace_days: int) -> date | None:
        if self.state is not TitleState.OPEN:
            return None
        overdue = max(self.due_on + (grace_days + 1) * DAY, self.known_on)
        return max(overdue, self.agreed_until + DAY) if self.agreed_until else overdue


def blocked_from(titles: Iterable[Title], *, grace_days: int) -> date | None:
    """The first day on which these titles, as they stand now, shut doors; none when they never will."""
    days = (title.shuts_from(grace_days) for title in titles)
    return min((day for day in days if day), default=None)


def financial_block(titles: Iterable[Title], *, grace_days: int, on: date) -> bool:
    """Whether the customer is blocked on that day (R-100)."""
    since = blocked_from(titles, grace_days=grace_days)
    return since is not None and since <= on
