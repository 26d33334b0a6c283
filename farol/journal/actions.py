"""Writing in the journal, inside the transaction of whoever tells."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from django.db import transaction
from procrastinate.contrib.django import app

from farol.journal.hearing import has_listener
from farol.journal.models import Entry
from farol.kernel.actor import Actor

HEAR = "journal.hear"
NOTHING: Mapping[str, object] = MappingProxyType({})


def tell(
    name: str,
    *,
    about: str,
    by: Actor,
    at: datetime,
    body: str = "",
    is_internal: bool = False,
    facts: Mapping[str, object] = NOTHING,
) -> Entry:
    """Something has happened, is on record, and whoever hears it will be told after the commit (R-055)."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("tell() belongs inside the transaction that made it true")
    entry = Entry.objects.create(
        name=name,
        subject=about,
        actor_id=by.person_id or None,
        channel=by.channel,
        is_internal=is_internal,
        body=body,
        facts=dict(facts),
        happened_at=at,
    )
    if has_listener(name):
        app.configure_task(HEAR, queue="journal").defer(entry_id=entry.pk)
    return entry
