"""How long the customer has to answer: to accept a solution, or to give what was asked (section 7).

The guide counts running days (p. 14-15): day 0 is the day of sending in the
customer's zone, the last day counts whole, a reminder goes 2 days before;
a solution may be postponed once, in time, to 45 days from sending.

>>> from datetime import date
>>> window = Window(sent=date(2026, 11, 24))
>>> window.reminder_on, window.last_day
(datetime.date(2026, 12, 7), datetime.date(2026, 12, 9))
>>> window.postponed(on=date(2026, 12, 9)).last_day
datetime.date(2027, 1, 8)

Whom debt shuts out cannot see the ticket, so that silence is no consent: such days do not count.

>>> days_given_back(window.sent, window.last_day, [(date(2026, 12, 1), date(2026, 12, 4))])
4
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from farol.kernel.errors import Refusal, gettext_noop

ZONE = ZoneInfo("America/Sao_Paulo")
DAYS = 15
DAYS_POSTPONED = 45
REMIND_BEFORE = 2


class Asked(StrEnum):
    """What the customer owes."""

    ACCEPTANCE = "acceptance"
    INFORMATION = "information"
    QUOTE = "quote"
    AUTHORIZATION = "authorization"


class Outcome(StrEnum):
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    ANSWERED = "answered"
    APPROVED = "approved"
    DECLINED = "declined"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    REPLACED = "replaced"


class PostponementRefused(Refusal):
    """Postponed once already, or asked after the 15 days (R-072)."""

    code = "acceptance.postponement_refused"
    rule = "R-072"
    message = gettext_noop("O prazo só pode ser adiado uma vez, nos primeiros 15 dias. O limite é {last_day:%d/%m/%Y}.")
    remedy = gettext_noop("Aceite a solução, ou recuse-a informando o motivo.")


@dataclass(frozen=True, slots=True)
class Window:
    """The running days, counted in the dates of America/Sao_Paulo."""

    sent: date
    is_postponed: bool = False
    given_back: int = 0  # days on which debt kept the customer from seeing the ticket

    @property
    def last_day(self) -> date:
        return self.sent + timedelta(days=self.given_back + (DAYS_POSTPONED if self.is_postponed else DAYS))

    @property
    def reminder_on(self) -> date:
        return self.last_day - timedelta(days=REMIND_BEFORE)

    def postponed(self, on: date) -> Window:
        """The window asked for on that day (R-072). Raises PostponementRefused."""
        if self.is_postponed or on > self.last_day:
            raise PostponementRefused(last_day=self.last_day)
        return replace(self, is_postponed=True)


def days_given_back(sent: date, last_day: date, shut: Sequence[tuple[date, date]]) -> int:
    """How many days after `sent`, up to the last one with all of them given back, the customer was shut out.

    `last_day` is the one without any given back; the stretches have both their ends, and may overlap.
    """
    given = 0
    while (found := _days_in(sent, last_day + timedelta(days=given), shut)) > given:
        given = found
    return given


def _days_in(sent: date, last_day: date, shut: Sequence[tuple[date, date]]) -> int:
    days = {
        first + timedelta(days=place)
        for first, last in ((max(first, sent + timedelta(days=1)), min(last, last_day)) for first, last in shut)
        for place in range((last - first).days + 1)
    }
    return len(days)


def day_of(instant: datetime) -> date:
    """The date that the customer's calendar shows at `instant`."""
    return instant.astimezone(ZONE).date()


def start_of(day: date) -> datetime:
    """Midnight that opens `day` in São Paulo, in UTC."""
    return datetime.combine(day, time(), ZONE).astimezone(UTC)


def end_of(last_day: date) -> datetime:
    """The first instant after `last_day`: when silence has spoken (R-073)."""
    return start_of(last_day + timedelta(days=1))
