"""How many wrong passwords are forgiven (R-013).

The guide locks at the fourth in a row and sends to the Assessoria; so that nobody
can lock out somebody else for good, the count is forgotten a quarter of an hour
after the last mistake.

>>> tries_left(2), tries_left(4)
(2, 0)
"""

from __future__ import annotations

from datetime import timedelta

MISTAKES_FORGIVEN = 3
FORGOTTEN_AFTER = timedelta(minutes=15)


def tries_left(mistakes: int) -> int:
    """How often one may still try after so many mistakes in a row."""
    return max(MISTAKES_FORGIVEN + 1 - mistakes, 0)
