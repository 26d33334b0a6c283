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


class EntryNotFound(Refusal):
    code = "work.entry_not_found"
    rule = "R-054"
    status = 404
    message = gettext_noop("Este apontamento não existe neste chamado.")
    remedy = gettext_noop("Confira o número do apontamento.")


class AlreadyCorrected(Refusal):
    """A correction counts instead of one entry; to correct it again, correct the correction (R-054)."""

    code = "work.already_corrected"
    rule = "R-054"
    status = 409
    message = gettext_noop("Este apontamento já foi corrigido.")
    remedy = gettext_noop("Corrija o apontamento que vale agora.")


class NotYourEntry(Refusal):
    """Whose time it was corrects it, or a manager (R-054)."""

    code = "work.not_your_entry"
    rule = "R-054"
    status = 403
    message = gettext_noop("Só {name} ou um gestor corrige este apontamento.")
    remedy = gettext_noop("Peça a correção a quem apontou as horas.")


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


TIMER_PAUSES_AFTER = timedelta(minutes=3)
"""Without a key or a move of the mouse nobody is working on the page; the pages' script knows it too."""


def counted(seconds: int, *, since: datetime | None, now: datetime) -> int:
    """Of the seconds that a page says it was in front, as many as can have passed since it last said so.

    >>> from datetime import UTC
    >>> counted(3_000, since=datetime(2026, 11, 24, 9, 0, tzinfo=UTC), now=datetime(2026, 11, 24, 9, 1, tzinfo=UTC))
    60
    """
    most = 24 * 3600 if since is None else max(0, int((now - since).total_seconds()))
    return max(0, min(seconds, most))


def statement(lines: Iterable[Line]) -> Statement:
    return Statement(tuple(lines))


def hours(minutes: int) -> str:
    return f"{minutes // 60}h{minutes % 60:02}"
