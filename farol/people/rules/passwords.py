"""Which passwords are strong: long, and hard to guess. Nothing about capitals, digits or signs (R-017).

A telephone password has at most eight digits, so no portal password that passes here can be one.

>>> faults("ponte-azul-trem")
[]
>>> [fault.name for fault in faults("senhasenhasenha")], [fault.name for fault in faults("curta")]
(['EASY'], ['SHORT', 'EASY'])
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from zxcvbn_rs_py import zxcvbn

from farol.kernel.errors import FieldsRefused, gettext_noop

SHORTEST = 15
LONGEST = 200
WEIGHED = 64
"""Characters that are looked at for guessing: more of them cost time and tell nothing new."""
SAFE_GUESSES_LOG10 = 10.0
FAVOURITES = (
    "senha", "minhasenha", "brasil", "brasileiro", "mudar", "trocar", "acesso", "portal", "suporte", "chamado",
    "farol", "empresa", "cliente", "usuario", "administrador", "financeiro", "fiscal", "contabilidade", "bemvindo",
    "flamengo", "corinthians", "palmeiras", "saopaulo", "santos", "gremio", "internacional", "cruzeiro", "vasco",
    "amor", "teamo", "familia", "deus", "jesus", "felicidade", "janeiro", "fevereiro", "marco", "abril", "maio",
    "junho", "julho", "agosto", "setembro", "outubro", "novembro", "dezembro",
)  # fmt: skip
"""What is chosen most in Portuguese, beside the lists of leaked passwords that the library brings."""


class Fault(StrEnum):
    SHORT = gettext_noop("Use 15 caracteres ou mais. Uma frase de quatro palavras serve bem.")
    LONG = gettext_noop("Use até 200 caracteres.")
    EASY = gettext_noop(
        "Esta senha é fácil de adivinhar: está em listas conhecidas, repete trechos ou usa o seu nome ou o da empresa. "
        "Junte palavras sem relação entre si."
    )


NOT_YOURS = gettext_noop("Esta não é a sua senha atual.")
SAME = gettext_noop("Escolha uma senha diferente da atual.")


class PasswordWeak(FieldsRefused):
    code = "password.weak"
    rule = "R-017"


class PasswordWrong(FieldsRefused):
    """Whoever changes a password shows first that it is theirs."""

    code = "password.wrong"
    rule = "R-017"


def faults(password: str, *, about: Iterable[str] = ()) -> list[Fault]:
    """What is wrong with the password of somebody `about` whom others know these names."""
    found = []
    if len(password) < SHORTEST:
        found.append(Fault.SHORT)
    if len(password) > LONGEST:
        found.append(Fault.LONG)
    weighed, known = password[:WEIGHED], _guessed_first(about)
    if min(zxcvbn(word, known).guesses_log10 for word in {weighed, _bare(weighed)}) < SAFE_GUESSES_LOG10:
        found.append(Fault.EASY)
    return found


def check(password: str, *, about: Iterable[str] = ()) -> None:
    """Raises PasswordWeak, naming every fault."""
    if found := faults(password, about=about):
        raise PasswordWeak({"password": [str(fault) for fault in found]})


def expires_at(changed_at: datetime, *, days: int) -> datetime:
    """When a password that was chosen then is too old; `days` is the configured age."""
    return changed_at + timedelta(days=days)


def _guessed_first(about: Iterable[str]) -> list[str]:
    words = [word for text in map(_bare, about) for word in (text, *re.split(r"[^\w]+", text)) if len(word) > 2]
    return [*dict.fromkeys(words), *FAVOURITES]


def _bare(text: str) -> str:
    """Without accents and capitals, which guessers leave out first."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(sign))
