"""Where a page of a list ended, as a word that only the same list understands."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime

from farol.api.problems import CursorMalformed
from farol.tickets.queries import Order, Place

LARGEST = 2**63 - 1


def of_place(place: Place, order: Order) -> str:
    return _packed(f"{order}|{place.at.isoformat()}|{place.number}")


def place(cursor: str, order: Order) -> Place:
    """Raises CursorMalformed, also for the cursor of another order."""
    try:
        name, at, number = _unpacked(cursor).split("|")
        found = Place(datetime.fromisoformat(at), _number(number))
    except (ValueError, OverflowError):
        raise CursorMalformed from None
    if name != order or found.at.tzinfo is None:
        raise CursorMalformed
    return found


def of_entry(entry_id: int) -> str:
    return _packed(f"entry|{entry_id}")


def entry_id(cursor: str) -> int:
    """Raises CursorMalformed."""
    try:
        name, number = _unpacked(cursor).split("|")
        found = _number(number)
    except ValueError:
        raise CursorMalformed from None
    if name != "entry":
        raise CursorMalformed
    return found


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 20 and int(text) <= LARGEST):
        raise ValueError(text)
    return int(text)


def _packed(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _unpacked(cursor: str) -> str:
    try:
        return base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", validate=True).decode("ascii")
    except (binascii.Error, UnicodeError):
        raise ValueError(cursor) from None
