"""Where a text answers a search: the words that met it, and a piece of the text around the first of them.

>>> pieces("A nota não saiu", meeting({"nota"}))
[Piece(text='A ', is_hit=False), Piece(text='nota', is_hit=True), Piece(text=' não saiu', is_hit=False)]
>>> excerpt("Tudo certo.", meeting({"nota"})) is None
True
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

BEFORE, LENGTH = 60, 200
LONGEST = 20_000
SPACE = re.compile(r"\s+")
NOTHING = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    is_hit: bool


def meeting(words: Iterable[str]) -> re.Pattern[str]:
    """What finds these words in a text, each as a whole word; the longer before what it begins with."""
    known = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.compile(rf"(?<![^\W_])(?:{known})(?![^\W_])") if known else NOTHING


def excerpt(text: str, met: re.Pattern[str]) -> list[Piece] | None:
    """A piece of the text with the first word that was searched for, or None if it has none."""
    text = SPACE.sub(" ", text[:LONGEST]).strip()
    match = met.search(text)
    if match is None:
        return None
    first = match.start()
    start = text.find(" ", first - BEFORE, first) + 1 if first > BEFORE else 0
    end = len(text) if len(text) - start <= LENGTH else text.rfind(" ", start, start + LENGTH)
    end = end if end >= match.end() else min(len(text), match.end() + LENGTH)
    return pieces(("… " if start else "") + text[start:end] + (" …" if end < len(text) else ""), met)


def pieces(text: str, met: re.Pattern[str]) -> list[Piece]:
    """The whole text, with the words that were searched for apart."""
    made, at = [], 0
    for match in met.finditer(text):
        if match.start() > at:
            made.append(Piece(text[at : match.start()], False))
        made.append(Piece(match.group(), True))
        at = match.end()
    if at < len(text):
        made.append(Piece(text[at:], False))
    return made
