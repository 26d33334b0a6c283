"""Handing the journal's entries to their listeners, after the commit."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from farol.journal.actions import HEAR
from farol.journal.hearing import deliver
from farol.journal.models import Entry


class SomeoneIsDeaf(Exception):
    """A listener failed; the job is tried again, and only the failed ones hear it again."""


@app.task(name=HEAR, queue="journal", retry=RetryStrategy(max_attempts=12, exponential_wait=2))
def hear(entry_id: int, is_history: bool = False) -> None:
    """Everyone who hears this entry's name has dealt with it; safe to repeat."""
    if failed := deliver(Entry.objects.get(pk=entry_id), is_history=is_history):
        raise SomeoneIsDeaf(", ".join(failed)) from next(iter(failed.values()))
