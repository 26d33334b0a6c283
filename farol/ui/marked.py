"""What was searched for, marked where a text says it.

>>> from farol.search.rules.marks import Piece
>>> str(marked([Piece("A ", False), Piece("<nota>", True)]))
'A <mark>&lt;nota&gt;</mark>'
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from farol.search.rules.marks import Piece


def marked(pieces: Iterable[Piece]) -> SafeString:
    return mark_safe("".join(f"<mark>{escape(p.text)}</mark>" if p.is_hit else escape(p.text) for p in pieces))
