"""How long to wait before starting again what has just crashed.

A single crash costs no time; three within a minute mean that starting again
does not help by itself, and the waits grow.

>>> backoff = Backoff()
>>> [backoff.delay_after_crash(at) for at in (0.0, 1.0, 2.0, 3.0, 4.0)]
[0.0, 0.0, 1.0, 2.0, 4.0]
>>> backoff.delay_after_crash(100.0)
0.0
"""

from __future__ import annotations

WINDOW = 60.0
FORGIVEN = 2
LONGEST = 30.0


class Backoff:
    """The crashes of one child. Instants and waits are seconds of a monotonic clock."""

    def __init__(self) -> None:
        self._crashes: list[float] = []

    def delay_after_crash(self, at: float) -> float:
        self._crashes = [earlier for earlier in self._crashes if at - earlier < WINDOW] + [at]
        excess = len(self._crashes) - FORGIVEN
        return min(2.0 ** (excess - 1), LONGEST) if excess > 0 else 0.0
