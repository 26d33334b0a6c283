"""Personal data: how long each class is kept, and by when a person or an authority must be answered.

>>> request_due(datetime(2026, 11, 24, 12, tzinfo=UTC)).isoformat()
'2026-12-09'
>>> nth_business_day(date(2026, 12, 23), 3, closed={date(2026, 12, 25)}).isoformat()
'2026-12-29'
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC as UTC
from datetime import date, datetime, timedelta
from enum import StrEnum

from farol.kernel.errors import Refusal, gettext_noop

ANSWERED_WITHIN = timedelta(days=15)
TOLD_WITHIN, COMPLETED_WITHIN = 3, 20
"""Business days after an incident is known: to the authority and the people; and what was missing then (R-240)."""
INCIDENTS_KEPT = timedelta(days=5 * 365 + 2)


class DataClass(StrEnum):
    MAILS = "mails"
    LETTERS = "letters"
    DRAFTS = "drafts"
    MARKS = "marks"
    HEARD = "heard"
    EXPORTS = "exports"
    TRAIL = "trail"


DEFAULT_DAYS = {
    DataClass.MAILS: 365,
    DataClass.LETTERS: 730,
    DataClass.DRAFTS: 180,
    DataClass.MARKS: 365,
    DataClass.HEARD: 90,
    DataClass.EXPORTS: 30,
    DataClass.TRAIL: 1826,
}
AT_LEAST = {DataClass.TRAIL: 183, DataClass.HEARD: 60}
"""Records of access are kept six months by law; what was heard, for as long as its job may be tried again."""
MOST_DAYS = 3_652
LABELS = {
    DataClass.MAILS: gettext_noop("E-mails recebidos e seus originais"),
    DataClass.LETTERS: gettext_noop("Cartas enviadas (a quem e quando)"),
    DataClass.DRAFTS: gettext_noop("Rascunhos de chamados abandonados"),
    DataClass.MARKS: gettext_noop("Até onde cada um leu chamados encerrados"),
    DataClass.HEARD: gettext_noop("Entregas do diário às salas"),
    DataClass.EXPORTS: gettext_noop("Arquivos preparados para titulares"),
    DataClass.TRAIL: gettext_noop("Trilha de acessos"),
}


class Wish(StrEnum):
    """What a person asks for (LGPD, art. 18)."""

    ACCESS = "access"
    CORRECTION = "correction"
    ERASURE = "erasure"
    OTHER = "other"


WISHES = {
    Wish.ACCESS: gettext_noop("Receber os próprios dados"),
    Wish.CORRECTION: gettext_noop("Corrigir dados"),
    Wish.ERASURE: gettext_noop("Eliminar dados"),
    Wish.OTHER: gettext_noop("Outro pedido"),
}


class TermRefused(Refusal):
    code = "privacy.term_refused"
    rule = "R-238"
    status = 422
    message = gettext_noop("Este prazo não pode ser menor que {least} dias nem maior que {most}.")
    remedy = gettext_noop("Escolha um prazo dentro desses limites.")


class OnHold(Refusal):
    """Somebody needs the data for a case."""

    code = "privacy.on_hold"
    rule = "R-238"
    message = gettext_noop("Estes dados estão em guarda legal.")
    remedy = gettext_noop("Encerre a guarda antes, com quem a pôs.")


class IdentityUnproven(Refusal):
    """Data goes to nobody whose identity was not checked (R-239)."""

    code = "privacy.identity_unproven"
    rule = "R-239"
    status = 422
    message = gettext_noop("Falta dizer como a identidade foi conferida.")
    remedy = gettext_noop("Confira a identidade por outro caminho e registre como.")


class WordsMissing(Refusal):
    code = "privacy.words_missing"
    status = 422
    message = gettext_noop("Falta descrever o que aconteceu ou foi respondido.")
    remedy = gettext_noop("Escreva pelo menos uma frase.")


class StillNeeded(Refusal):
    """A customer always has an administrator; a member of the staff is deactivated first."""

    code = "privacy.still_needed"
    message = gettext_noop("Esta pessoa ainda administra os contatos do cliente, ou é da equipe.")
    remedy = gettext_noop("Troque antes quem administra, ou encerre o acesso da pessoa da equipe.")


def check_term(data_class: DataClass, days: int) -> None:
    """Raise TermRefused outside of what law and the house allow."""
    least = AT_LEAST.get(data_class, 1)
    if not least <= days <= MOST_DAYS:
        raise TermRefused(least=least, most=MOST_DAYS)


def request_due(received_at: datetime) -> date:
    """Fifteen days (R-239)."""
    return (received_at + ANSWERED_WITHIN).date()


def nth_business_day(start: date, count: int, *, closed: Collection[date]) -> date:
    """The `count`-th business day after `start` (R-240)."""
    day = start
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5 and day not in closed
    return day
