"""Finding by words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db import connection

from farol.search.rules.asking import OPEN, SCOPE, Asked, query
from farol.search.rules.blocks import LEVELS, OF_ONE_OWNER, steps
from farol.search.rules.marks import LONGEST, meeting
from farol.search.rules.words import COMPOUND, PART, canonical_word, joined

KNOWN_AT_MOST = 50_000
LEXEMES = "SELECT word, tsvector_to_array(to_tsvector('portuguese', word)) FROM unnest(%s::text[]) word"
COMPLETED = """
SELECT lexeme FROM (
    SELECT plain, lexeme FROM search_word WHERE plain ~>=~ %s::text AND plain ~<~ %s::text
    ORDER BY length(plain), plain LIMIT 60
) begun GROUP BY lexeme ORDER BY min(length(plain)), lexeme LIMIT 24
"""
LAST_LETTER = "\U0010ffff"
STEP = """
SELECT position FROM (
    SELECT position FROM search_document
    WHERE words @@ %s::tsquery AND position >= %s::bigint AND position < %s::bigint OFFSET 0
) step ORDER BY position DESC LIMIT %s::bigint
"""
"""The fence (OFFSET 0) keeps the order from choosing how the words are looked up."""
_known: dict[str, tuple[str, ...]] = {}


@dataclass(frozen=True)
class Search:
    """What somebody searches for, made ready once for the pages of its results."""

    text: str
    with_inner: bool

    @cached_property
    def query(self) -> str:
        """As PostgreSQL reads it; nothing, if none of the words says anything."""
        return query(self._asked, self._lexemes, self._completed, with_inner=self.with_inner)

    def met_in(self, texts: Iterable[str]) -> re.Pattern[str]:
        """What finds in `texts` the words that were searched for, however they are written there."""
        said = {compound for text in texts for compound in COMPOUND.findall(text[:LONGEST])}
        read = {word: canonical_word(joined(word) or word) for word in said}
        read |= {part: canonical_word(part) for compound in said for part in PART.findall(compound)}
        known, hits = lexemes(set(read.values())), self._hits
        begun = self._asked.begun if any(map(str.isdigit, self._asked.begun)) else ""
        return meeting(
            word
            for word, canonical in read.items()
            if not hits.isdisjoint(known[canonical]) or (begun and canonical.startswith(begun))
        )

    @cached_property
    def _hits(self) -> frozenset[str]:
        return frozenset(lexeme for found in self._lexemes.values() for lexeme in found) | set(self._completed)

    @cached_property
    def _asked(self) -> Asked:
        return Asked.of(self.text)

    @cached_property
    def _lexemes(self) -> dict[str, tuple[str, ...]]:
        return lexemes(self._asked.words)

    @cached_property
    def _completed(self) -> Sequence[str]:
        return completed(self._asked.begun) if self._asked.begun else ()


def newest(search: Search, *, below: int, scope: int | None = None, only_open: bool = False, most: int) -> list[int]:
    """Positions below `below` of documents that meet the search, the newest first; of one organization or all.

    Goes back in steps that grow, and no further than `most` of them need.
    """
    if not search.query or below <= 0:
        return []
    wanted = [f"({search.query})"]
    if scope is not None:
        wanted.append(f"'{SCOPE}{scope}'")
    if only_open:
        wanted.append(f"'{OPEN}'")
    found: list[int] = []
    with connection.cursor() as cursor:
        for step in steps(below=below, levels=LEVELS if scope is None else OF_ONE_OWNER):
            blocks = [f"({' | '.join(map(repr, step.blocks))})"] if step.blocks else []
            cursor.execute(STEP, [" & ".join([*wanted, *blocks]), step.first, step.end, most - len(found)])
            found += [position for (position,) in cursor.fetchall()]
            if len(found) >= most:
                break
    return found


def lexemes(words: Collection[str]) -> dict[str, tuple[str, ...]]:
    """What canonical words are found by; nothing, for those that say nothing."""
    found = {word: known for word in words if (known := _known.get(word)) is not None}
    if unknown := [word for word in words if word not in found]:
        with connection.cursor() as cursor:
            cursor.execute(LEXEMES, [unknown])
            new = {word: tuple(stems) for word, stems in cursor.fetchall()}
        if len(_known) > KNOWN_AT_MOST:
            _known.clear()
        _known.update(new)
        found |= new
    return found


def completed(begun: str) -> Sequence[str]:
    """What the words are found by that begin so, the shorter first."""
    with connection.cursor() as cursor:
        cursor.execute(COMPLETED, [begun, begun + LAST_LETTER])
        return [lexeme for (lexeme,) in cursor.fetchall() if lexeme]
