"""What may be some seconds old: navigation counts, one's own list, a company's other tickets.

Kept in the process, so that two pages after each other do not ask the same twice; whoever has just done
something reads anew.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from time import monotonic
from typing import Any, Generic, TypeVar

SECONDS = 8
V = TypeVar("V")


class Kept(Generic[V]):
    """The newest answers to one kind of question; when there are too many, it begins again."""

    everything: list[Kept[Any]] = []

    def __init__(self, *, most: int = 2_000) -> None:
        self._known: dict[Hashable, tuple[float, V]] = {}
        self._most = most
        self.everything.append(self)

    def get(self, key: Hashable, make: Callable[[], V], *, anew: bool = False) -> V:
        known = self._known.get(key)
        if known and known[0] > monotonic() and not anew:
            return known[1]
        value = make()
        if len(self._known) >= self._most:
            self._known.clear()
        self._known[key] = (monotonic() + SECONDS, value)
        return value

    @classmethod
    def forget(cls) -> None:
        """Every question is asked anew."""
        for kept in cls.everything:
            kept._known.clear()
