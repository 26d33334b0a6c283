"""Words as they are compared: without accents, plurals or the gaps of the Portuguese stemmer.

PostgreSQL's `portuguese` misses "configuracao", "erros" and "papéis"; both sides of a
search pass through here first. Short names and numbers written with points or dashes
are one word besides their parts, so that "NF-e" meets "NFe".

>>> canonical("Configurações de papéis FISCAIS")
'configuração de papel fiscal'
>>> canonical("NF-e 45.231")
'nf e nfe 45 231 45231'
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

PART = re.compile(r"[^\W_]+")
COMPOUND = re.compile(r"[^\W_]+(?:[./-][^\W_]+)*")
CNPJ = re.compile(r"[0-9a-z]{12}[0-9]{2}")  # letters included
PLURALS = (
    ("oes", "ao"), ("aes", "ao"), ("ais", "al"), ("eis", "el"), ("ois", "ol"), ("uis", "ul"),
    ("ens", "em"), ("res", "r"), ("zes", "z"), ("les", "l"),
)  # fmt: skip
ACCENTS = (("cao", "ção"), ("avel", "ável"), ("ivel", "ível"), ("encia", "ência"), ("ancia", "ância"))
EMPTY = frozenset(
    {
        "nao", "ja", "ate", "so", "ha", "sao", "sera", "serao", "tambem", "tera", "terao", "voce", "voces",
        "esta", "estao", "nos", "eramo",
    }
)  # fmt: skip
"""What the stemmer drops only with its accent."""
LONGEST_TEXT = 100_000
LONGEST_WORD = 60
LONGEST_JOINED = 20
MOST_OCTETS = 400_000
"""Of the words of one document, twice of which PostgreSQL keeps in a row: for all, and for the staff alone."""


def canonical(text: str) -> str:
    """The words of `text`, each in its canonical form, in their order."""
    return " ".join(map(canonical_word, _written(text[:LONGEST_TEXT])))


def gathered(texts: Iterable[str]) -> str:
    """The words of many texts that say something, each once; the first ones, as far as they can be kept."""
    words: dict[str, None] = {}
    room = MOST_OCTETS
    for text in texts:
        for word in map(canonical_word, _written(text[:LONGEST_TEXT])):
            if word in words or word in EMPTY:
                continue
            room -= len(word.encode()) + 1
            if room < 0:
                return " ".join(words)
            words[word] = None
    return " ".join(words)


def plain_words(texts: Iterable[str]) -> set[str]:
    """The words of texts as somebody types them, without accents: what the beginning of a word is looked up among."""
    found = {plain(match.group()) for text in texts for match in PART.finditer(text[:LONGEST_TEXT])}
    return {word for word in found if 3 <= len(word) <= LONGEST_WORD and word.isalpha()}


def joined(compound: str) -> str:
    """A name or number written with points or dashes as one word, or nothing."""
    parts = PART.findall(compound)
    whole = "".join(parts)
    is_one = len(parts) > 1 and len(whole) <= LONGEST_JOINED
    return whole if is_one and (len(min(parts, key=len)) <= 2 or any(map(str.isdigit, whole))) else ""


@lru_cache(100_000)
def canonical_word(word: str) -> str:
    bare = plain(word)[:LONGEST_WORD]
    if not bare.isalpha() or len(bare) <= 3:
        return bare
    bare = _singular(bare)
    return next((bare[: -len(ending)] + accented for ending, accented in ACCENTS if bare.endswith(ending)), bare)


@lru_cache(100_000)
def plain(word: str) -> str:
    """In small letters, without accents."""
    decomposed = unicodedata.normalize("NFKD", word.lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _written(text: str) -> Iterator[str]:
    for match in COMPOUND.finditer(text):
        compound = match.group()
        parts = PART.findall(compound)
        yield from parts
        if len(parts) > 1 and (whole := joined(compound)):
            yield whole


def _singular(word: str) -> str:
    for plural, singular in PLURALS:
        if word.endswith(plural) and len(word) > len(plural) + 1:
            return word[: -len(plural)] + singular
    return word[:-1] if word[-1] == "s" and word[-2] in "aeiou" else word
