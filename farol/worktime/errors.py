"""What the clock refuses to reckon with: bad input, told by its field, never a wrong date.

>>> str(EndsBeforeStart("pauses[0].end"))
'pauses[0].end: o fim vem antes do início.'
>>> EndsBeforeStart("pauses[0].end").field
'pauses[0].end'
"""

from __future__ import annotations


def gettext_noop(text: str) -> str:
    """Mark `text` (pt-BR) for translation; its own copy, so that the clock can be lifted out alone."""
    return text


class ClockError(ValueError):
    """Input from which no right date follows; `field` says which part of it."""

    code = "clock.bad_input"
    message = gettext_noop("valor inválido.")

    def __init__(self, field: str, **facts: object) -> None:
        self.field = field
        self.facts = facts
        super().__init__(f"{field}: {self.message.format(**facts)}")


class NaiveInstant(ClockError):
    code = "clock.naive_instant"
    message = gettext_noop("o instante precisa trazer o fuso horário.")


class NegativeMinutes(ClockError):
    code = "clock.negative_minutes"
    message = gettext_noop("os minutos não podem ser negativos.")


class NotWholeMinutes(ClockError):
    code = "clock.not_whole_minutes"
    message = gettext_noop("só valem minutos inteiros.")


class EndsBeforeStart(ClockError):
    code = "clock.ends_before_start"
    message = gettext_noop("o fim vem antes do início.")


class WindowsOverlap(ClockError):
    code = "clock.windows_overlap"
    message = gettext_noop("os intervalos se sobrepõem.")


class UnreadableWindow(ClockError):
    code = "clock.unreadable_window"
    message = gettext_noop("cada intervalo se escreve como 08:00-12:00.")


class UnknownWeekday(ClockError):
    code = "clock.unknown_weekday"
    message = gettext_noop("o dia da semana vai de 0 (segunda) a 6 (domingo).")


class NeverOpens(ClockError):
    code = "clock.never_opens"
    message = gettext_noop("o calendário não tem nenhum minuto aberto.")


class OutsideYears(ClockError):
    code = "clock.outside_years"
    message = gettext_noop("fora dos anos do calendário ({first} a {last}).")


class UnequalLengths(ClockError):
    code = "clock.unequal_lengths"
    message = gettext_noop("as listas precisam ter o mesmo comprimento.")
