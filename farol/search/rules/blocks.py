"""Where the newest documents lie: each says which blocks it belongs to, small, larger, largest.

A common word stands in every third document. So a search looks through the newest
block first and takes a larger step back only while it has not found enough: what it
costs depends on how much is shown, hardly on how much is kept.

>>> blocks_of(20_000)
['#10.19', '#13.2']
>>> [(step.first, step.end, step.blocks) for step in steps(below=20_001)]
[(18432, 20001, ('#10.18', '#10.19')), (8192, 18432, ('#13.1', '#13.2')), (0, 8192, ())]
>>> [step.blocks for step in steps(below=20_001, levels=OF_ONE_OWNER)]
[()]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from farol.search.rules.asking import BLOCK

LEVELS = (10, 13)  # powers of two: a thousand documents, eight thousand; larger blocks cost more than they spare
OF_ONE_OWNER: tuple[int, ...] = ()
"""Whoever asks for one customer's has few to look through: they are looked through at once."""


@dataclass(frozen=True, slots=True)
class Step:
    """From `first` to before `end`, which lie in `blocks`; no blocks for all the rest."""

    first: int
    end: int
    blocks: tuple[str, ...]


def blocks_of(position: int) -> list[str]:
    return [f"{BLOCK}{level}.{position >> level}" for level in LEVELS]


def steps(*, below: int, levels: Sequence[int] = LEVELS) -> Iterator[Step]:
    """The way back from `below` to the oldest, in steps that grow."""
    end = below
    for level in levels:
        if end <= 0:
            return
        last = (end - 1) >> level
        first = max(0, last - 1) << level
        yield Step(first, end, tuple(f"{BLOCK}{level}.{block}" for block in range(first >> level, last + 1)))
        end = first
    if end > 0:
        yield Step(0, end, ())
