"""What a search asks: terms that must all be met, each by one of its readings.

>>> Asked.of("Rejeição NF-e").terms
(Term(readings=(('rejeição',),), begun=''), Term(readings=(('nfe',), ('nf',)), begun='nfe'))
>>> Asked.of("a o ?").terms
()
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from farol.search.rules.words import CNPJ, COMPOUND, EMPTY, LONGEST_WORD, PART, canonical_word, joined, plain

LONGEST_SEARCH = 1_000
MOST_TERMS = 12
LEAST_BEGUN = 3
"""Letters after which a word being typed is completed."""
INNER, COMPANY, SCOPE, BLOCK, OPEN = "~", "=", "@", "#", "!open"
"""Marks of what is no word of a text: the staff's notes, a CNPJ, whose it is, where it lies, that it is open."""

Reading = tuple[str, ...]
Lexemes = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Term:
    """One word of the search: its readings, and the beginning of a word if it may go on."""

    readings: tuple[Reading, ...]
    begun: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A search as it was typed: its first words, the last of which may not be whole yet."""

    terms: tuple[Term, ...]

    @classmethod
    def of(cls, text: str) -> Asked:
        text = text[:LONGEST_SEARCH]
        compounds = [match.group() for match in COMPOUND.finditer(text)]
        is_begun = bool(compounds) and text.endswith(compounds[-1])
        terms: dict[Term, None] = {}
        for place, compound in enumerate(islice(compounds, MOST_TERMS * 4), 1):
            if term := _term(compound, is_last=is_begun and place == len(compounds)):
                terms[term] = None
        return cls(tuple(islice(terms, MOST_TERMS)))

    @property
    def words(self) -> set[str]:
        return {word for term in self.terms for reading in term.readings for word in reading}

    @property
    def begun(self) -> str:
        return self.terms[-1].begun if self.terms else ""


def query(asked: Asked, lexemes: Lexemes, completed: Sequence[str], *, with_inner: bool) -> str:
    """The search as PostgreSQL reads it, or nothing if none of its words says anything."""
    return " & ".join(filter(None, (_met(term, lexemes, completed, with_inner) for term in asked.terms)))


def _term(compound: str, *, is_last: bool) -> Term | None:
    words = [word for part in PART.findall(compound) if _says_something(word := canonical_word(part))]
    readings: list[Reading] = [(whole,)] if (whole := joined(compound).lower()) else []
    readings += [tuple(words)] if words else []
    if not readings:
        return None
    if is_last and (begun := plain(whole or PART.findall(compound)[-1])) and LEAST_BEGUN <= len(begun) <= LONGEST_WORD:
        return Term(tuple(readings), begun)
    return Term(tuple(readings))


def _says_something(word: str) -> bool:
    return word not in EMPTY and (len(word) > 1 or word.isdigit())


def _met(term: Term, lexemes: Lexemes, completed: Sequence[str], with_inner: bool) -> str:
    """Any of the readings, or of the words that begin so."""
    ways = dict.fromkeys(way for reading in term.readings for way in _ways(reading, lexemes, with_inner))
    if not ways:
        return ""
    if term.begun:
        ways |= dict.fromkeys(_lexeme(word, with_inner) for word in completed)
        if len(term.begun) > LEAST_BEGUN and any(map(str.isdigit, term.begun)):
            ways[f"'{term.begun}':*"] = None
    return f"({' | '.join(ways)})"


def _ways(reading: Reading, lexemes: Lexemes, with_inner: bool) -> Iterator[str]:
    met = [_lexeme(lexeme, with_inner) for word in reading for lexeme in lexemes.get(word, ())]
    if met:
        yield f"({' & '.join(met)})"
    if len(reading) == 1 and CNPJ.fullmatch(reading[0]):
        yield f"'{COMPANY}{reading[0]}'"


def _lexeme(lexeme: str, with_inner: bool) -> str:
    quoted = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"('{quoted}' | '{INNER}{quoted}')" if with_inner and not lexeme.startswith(COMPANY) else f"'{quoted}'"
