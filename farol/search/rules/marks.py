"""Where a text answers a search: the words that met it, and a piece of the text around the first of them.

>>> is_hit = {"nota": True}.get
>>> pieces("A nota não saiu", lambda word: word == "nota")
[Piece(text='A ', is_hit=False), Piece(text='nota', is_hit=True), Piece(text=' não saiu', is_hit=False)]
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from farol.search.rules.words import COMPOUND, PART, joined

BEFORE, LENGTH = 60, 200
SPACE = re.compile(r"\s+")
IsHit = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    is_hit: bool


def excerpt(text: str, is_hit: IsHit) -> list[Piece] | None:
    """A piece of the text with the first word that was searched for, or None if it has none."""
    text = SPACE.sub(" ", text[:20_000]).strip()
    first = next((match.start() for match in COMPOUND.finditer(text) if _meets(match.group(), is_hit)), None)
    if first is None:
        return None
    start = text.find(" ", first - BEFORE, first) + 1 if first > BEFORE else 0
    start = start or (first if first > BEFORE else 0)
    end = len(text) if len(text) - start <= LENGTH else text.rfind(" ", start, start + LENGTH)
    end = end if end > first else start + LENGTH
    shown = ("… " if start else "") + text[start:end] + (" …" if end < len(text) else "")
    return pieces(shown, is_hit)


def pieces(text: str, is_hit: IsHit) -> list[Piece]:
    """The whole text, with the words that were searched for apart."""
    made, at = [], 0
    for match in COMPOUND.finditer(text):
        for start, end in _hits(match, is_hit):
            if start > at:
                made.append(Piece(text[at:start], False))
            made.append(Piece(text[start:end], True))
            at = end
    if at < len(text):
        made.append(Piece(text[at:], False))
    return made


def _hits(match: re.Match[str], is_hit: IsHit) -> list[tuple[int, int]]:
    compound, start = match.group(), match.start()
    if (whole := joined(compound)) and is_hit(whole):
        return [match.span()]
    return [(start + part.start(), start + part.end()) for part in PART.finditer(compound) if is_hit(part.group())]


def _meets(compound: str, is_hit: IsHit) -> bool:
    return is_hit(compound) or any(map(is_hit, PART.findall(compound))) or is_hit(joined(compound))
