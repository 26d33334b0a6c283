"""Making things findable, in the transaction that makes them true or in a job that it queued."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from farol.search.rules.asking import COMPANY, OPEN, SCOPE
from farol.search.rules.blocks import blocks_of
from farol.search.rules.words import canonical_word, gathered, plain_words

INDEX = """
INSERT INTO search_document AS kept (subject, position, scope_id, words)
VALUES (
    %s::text, %s::bigint, %s::bigint,
    array_to_tsvector(%s::text[]) || strip(to_tsvector('portuguese', %s::text)) || {inner}
)
ON CONFLICT (subject) DO UPDATE SET position = excluded.position, scope_id = excluded.scope_id, words = excluded.words
WHERE kept.words IS DISTINCT FROM excluded.words
"""
INNER = """array_to_tsvector(ARRAY(
    SELECT '~' || word FROM unnest(tsvector_to_array(to_tsvector('portuguese', %s::text))) word
))"""
ALL_SEE, WITH_INNER = INDEX.format(inner="''::tsvector"), INDEX.format(inner=INNER)
HOLD = """
INSERT INTO search_document (subject, position, scope_id, words) VALUES (%s, 0, 0, ''::tsvector)
ON CONFLICT (subject) DO UPDATE SET subject = excluded.subject
"""
LEARN = """
INSERT INTO search_word (plain, lexeme)
SELECT word, coalesce((tsvector_to_array(to_tsvector('portuguese', canonical)))[1], '')
FROM unnest(%s::text[], %s::text[]) given(word, canonical) ORDER BY word
ON CONFLICT (plain) DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Findable:
    """Something with words; `inner` ones only the staff may find it by."""

    subject: str
    position: int
    scope_id: int
    texts: Sequence[str]
    inner: Sequence[str] = ()
    company: str = ""  # its CNPJ
    is_open: bool = True


def index(thing: Findable) -> None:
    """`thing` can be found by its words, and by no others."""
    inner = [gathered(thing.inner)] if thing.inner else []
    facts = [thing.subject, thing.position, thing.scope_id, marks_of(thing), gathered(thing.texts), *inner]
    with connection.cursor() as cursor:
        cursor.execute(WITH_INNER if thing.inner else ALL_SEE, facts)  # type: ignore[arg-type]


def marks_of(thing: Findable) -> list[str]:
    marks = [f"{SCOPE}{thing.scope_id}", *blocks_of(thing.position)]
    if thing.company:
        marks.append(f"{COMPANY}{thing.company.lower()}")
    return [*marks, OPEN] if thing.is_open else marks


def hold(subject: str) -> None:
    """Nobody else indexes `subject` until the transaction ends: who reads its words now writes them last."""
    with connection.cursor() as cursor:
        cursor.execute(HOLD, [subject])


def learn(texts: Iterable[str], *, company: str = "") -> None:
    """The words of `texts` complete what somebody begins to type; a CNPJ too."""
    words = {word: canonical_word(word) for word in plain_words(texts)}
    with connection.cursor() as cursor:
        cursor.execute(LEARN, [list(words), list(words.values())])
        if company:
            cursor.execute(
                "INSERT INTO search_word VALUES (%s, %s) ON CONFLICT DO NOTHING",
                [company.lower(), COMPANY + company.lower()],
            )
