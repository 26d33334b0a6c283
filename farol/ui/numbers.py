"""Numbers as forms and addresses bring them: text that anybody may have written.

>>> id_in("118402"), id_in("٣"), id_in("9" * 5000)
(118402, 0, 0)
"""

from __future__ import annotations

LONGEST = 18
"""Digits of which every number fits a key of the database."""


def id_in(text: object) -> int:
    """The key that `text` writes; 0, which is nobody's, if it writes none."""
    said = str(text)
    return int(said) if len(said) <= LONGEST and said.isascii() and said.isdecimal() else 0
