"""Reading the journal."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from farol.journal.models import Entry


def about(subject: str) -> QuerySet[Entry]:
    """What happened to `subject`, oldest first."""
    return Entry.objects.filter(subject=subject).order_by("id")


def entries_by_id(ids: Iterable[int]) -> dict[int, Entry]:
    return Entry.objects.in_bulk(set(ids))
