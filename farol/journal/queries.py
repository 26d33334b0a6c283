"""Reading the journal."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from farol.journal.models import Entry
from farol.statements.compiled import Statement


def about(subject: str, *others: str) -> QuerySet[Entry]:
    """What happened to `subject`, oldest first; or to several."""
    named = Entry.objects.filter(subject__in=(subject, *others)) if others else Entry.objects.filter(subject=subject)
    return named.order_by("id")


def named(names: Iterable[str]) -> QuerySet[Entry]:
    """Everything of these kinds that happened, oldest first. Reads the whole journal: for proofs, not for pages."""
    return Entry.objects.filter(name__in=list(names)).order_by("id")


HISTORY = Statement(about, subject=str)
PUBLIC_HISTORY = Statement(lambda subject: about(subject).filter(is_internal=False), subject=str)


def history(subject: str, *, is_internal: bool) -> list[Entry]:
    """All that happened to `subject`, with what only the staff may know or without it."""
    return (HISTORY if is_internal else PUBLIC_HISTORY).all(subject=subject)


def words_about(subject: str) -> list[tuple[str, bool]]:
    """What was said about `subject`, each with whether only the staff may know."""
    return list(about(subject).exclude(body="").values_list("body", "is_internal"))


def words_about_many(subjects: Iterable[str], *, is_internal: bool) -> list[tuple[str, str]]:
    """What was said about each of these, with what only the staff may know or without it, oldest first."""
    said = Entry.objects.filter(subject__in=list(subjects)).exclude(body="").order_by("id")
    return list((said if is_internal else said.filter(is_internal=False)).values_list("subject", "body"))


def entries_by_id(ids: Iterable[int]) -> dict[int, Entry]:
    return Entry.objects.in_bulk(set(ids))


def latest_named(name: str, *, look_back: int) -> QuerySet[Entry]:
    """Entries of that name among the newest `look_back` lines of the journal, the newest first."""
    newest = Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0
    return Entry.objects.filter(pk__gt=newest - look_back, name=name).order_by("-id")
