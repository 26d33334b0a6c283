"""Time entries (apontamentos) and the statement of hours (R-054, R-076).

>>> hours(150)
'2h30'
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from farol.kernel.errors import FieldsRefused, Refusal, gettext_noop


class EntriesOverlap(Refusal):
    """One analyst works on one thing at a time (R-054)."""

    code = "work.entries_overlap"
    rule = "R-054"
    status = 409
    message = gettext_noop("Já há horas suas apontadas neste período, no chamado {number}.")
    remedy = gettext_noop("Ajuste o início ou o fim para que os períodos não se cruzem.")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the statement that the customer judges with the solution."""

    activity: str
    day: date
    minutes: int
    is_billable: bool


@dataclass(frozen=True, slots=True)
class Statement:
    lines: tuple[Line, ...]

    @property
    def billable_minutes(self) -> int:
        return sum(line.minutes for line in self.lines if line.is_billable)


def minutes_of(started_at: datetime, ended_at: datetime, *, now: datetime) -> int:
    """Whole minutes worked, from 1 minute to 24 hours. Raises FieldsRefused naming the field."""
    if ended_at > now + timedelta(minutes=1):
        raise FieldsRefused({"ended_at": [gettext_noop("O fim está no futuro.")]})
    minutes = int((ended_at - started_at) / timedelta(minutes=1))
    if minutes < 1:
        raise FieldsRefused({"ended_at": [gettext_noop("O fim precisa vir depois do início.")]})
    if minutes > 24 * 60:
        raise FieldsRefused({"ended_at": [gettext_noop("Um apontamento tem até 24 horas.")]})
    return minutes


def statement(lines: Iterable[Line]) -> Statement:
    return Statement(tuple(lines))


def hours(minutes: int) -> str:
    return f"{minutes // 60}h{minutes % 60:02}"
