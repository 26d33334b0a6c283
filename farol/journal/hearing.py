"""Hearing: how a room upstairs learns what a room downstairs told.

A listener runs after the teller has committed, in its own transaction, at
least once per entry; its delivery row is written in that same transaction,
so what it does to our own tables happens exactly once.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from farol.journal.models import Delivery, Entry

Listener = Callable[[Entry], None]
_listeners: dict[str, dict[str, Listener]] = {}
_chroniclers: set[str] = set()


def hears(*names: str, history: bool = False) -> Callable[[Listener], Listener]:
    """Register a function as a listener of the entries with these names; with `history` of those brought in, too."""

    def register(listener: Listener) -> Listener:
        key = f"{listener.__module__}.{listener.__qualname__}".removeprefix("farol.")
        for name in names:
            _listeners.setdefault(name, {})[key] = listener
        if history:
            _chroniclers.add(key)
        return listener

    return register


def has_listener(name: str, *, is_history: bool = False) -> bool:
    return not _chroniclers.isdisjoint(_listeners.get(name, ())) if is_history else name in _listeners


def deliver(entry: Entry, *, is_history: bool = False) -> dict[str, Exception]:
    """Hand `entry` to everyone who hears its name; answer who failed, and how."""
    failed = {}
    for key, listener in _listeners.get(entry.name, {}).items():
        if is_history and key not in _chroniclers:
            continue
        try:
            _hand_over(entry, key, listener)
        except Exception as error:  # one deaf room must not silence the others
            failed[key] = error
    return failed


@transaction.atomic
def _hand_over(entry: Entry, key: str, listener: Listener) -> None:
    _, is_new = Delivery.objects.get_or_create(entry=entry, listener=key)
    if is_new:
        listener(entry)
