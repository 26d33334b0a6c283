"""The PIN of the telephone: which ones are good, and how many guesses are too many (R-017, R-027, R-028).

Whoever guesses tries different PINs, so different ones are counted, not how often a
key was pressed. Past the limit every PIN is answered as a wrong one, which tells
nothing, and the call goes on to people (the Assessoria), which locks nobody out.
Somebody else's guesses do not count against a number that the customer is known by.

>>> good_pin("31 41 59")
'314159'
>>> is_too_many(Guesses(by_caller=3, of_subject=99), is_known=True, is_hidden=False)
False
>>> is_too_many(Guesses(by_caller=3, of_subject=99), is_known=False, is_hidden=False)
True
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from farol.kernel.errors import Refusal, gettext_noop

SHORTEST, LONGEST = 6, 8
GUESSES_COUNT_FOR = timedelta(hours=24)
MOST_OF_SUBJECT = 30
"""Different wrong PINs of one customer or one contact a day, from numbers they are not known by."""
MOST_BY_CALLER = 15
MOST_BY_HIDDEN = 300
"""Hidden numbers are many people."""


class PinRefused(Refusal):
    """A PIN that is easily guessed is none."""

    code = "pin.refused"
    rule = "R-017"
    status = 422
    message = gettext_noop("Escolha de 6 a 8 números, que não sejam todos iguais nem uma sequência.")
    remedy = gettext_noop("Não use parte do CPF ou do CNPJ, nem uma data fácil.")


class PinTaken(Refusal):
    """The PIN tells two contacts of one customer apart (R-027)."""

    code = "pin.taken"
    rule = "R-027"
    status = 422
    message = gettext_noop("Esta senha de atendimento não pode ser usada.")
    remedy = gettext_noop("Escolha outra: ela precisa ser só sua.")


class CpfTaken(Refusal):
    code = "cpf.taken"
    rule = "R-027"
    status = 422
    message = gettext_noop("Este CPF já é de outro contato.")
    remedy = gettext_noop("Confira os números, ou fale com a Assessoria.")


@dataclass(frozen=True, slots=True)
class Guesses:
    """Different wrong PINs of the last day."""

    by_caller: int = 0
    of_subject: int = 0


def good_pin(text: str, *, documents: tuple[str, ...] = ()) -> str:
    """The PIN without blanks. Raises PinRefused when it is easily guessed."""
    pin = text.replace(" ", "")
    is_keyed = pin.isascii() and pin.isdigit() and SHORTEST <= len(pin) <= LONGEST
    if not is_keyed or len(set(pin)) < 3 or _is_run(pin) or any(pin in document for document in documents):
        raise PinRefused
    return pin


def is_too_many(guesses: Guesses, *, is_known: bool, is_hidden: bool) -> bool:
    """Whether a PIN may be right at all after so many wrong ones; `is_known` is the number to the customer."""
    most = MOST_BY_HIDDEN if is_hidden else MOST_BY_CALLER
    return guesses.by_caller >= most or (guesses.of_subject >= MOST_OF_SUBJECT and not is_known)


def _is_run(pin: str) -> bool:
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    return steps in ({1}, {9})
