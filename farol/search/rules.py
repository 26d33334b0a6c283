"""Words as they are compared: without accents, plurals or the gaps of the Portuguese stemmer.

PostgreSQL's `portuguese` misses "configuracao", "erros" and "papéis"; both sides of a
search pass through here first.

>>> canonical("Configurações de papéis FISCAIS")
'configuração de papel fiscal'
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

WORD = re.compile(r"[^\W_]+")
PLURALS = (
    ("oes", "ao"), ("aes", "ao"), ("ais", "al"), ("eis", "el"), ("ois", "ol"), ("uis", "ul"),
    ("ens", "em"), ("res", "r"), ("zes", "z"), ("les", "l"),
)  # fmt: skip
ACCENTS = (("cao", "ção"), ("avel", "ável"), ("ivel", "ível"), ("encia", "ência"), ("ancia", "ância"))
LONGEST_TEXT = 100_000


def canonical(text: str) -> str:
    """The words of `text`, each in its canonical form, in their order."""
    return " ".join(_word(match.group()) for match in WORD.finditer(text[:LONGEST_TEXT]))


@lru_cache(100_000)
def _word(word: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(c))
    if not plain.isalpha() or len(plain) <= 3:
        return plain
    plain = _singular(plain)
    return next((plain[: -len(bare)] + accented for bare, accented in ACCENTS if plain.endswith(bare)), plain)


def _singular(word: str) -> str:
    for plural, singular in PLURALS:
        if word.endswith(plural) and len(word) > len(plural) + 1:
            return word[: -len(plural)] + singular
    return word[:-1] if word[-1] == "s" and word[-2] in "aeiou" else word
