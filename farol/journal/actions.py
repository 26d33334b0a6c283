"""Writing in the journal, inside the transaction of whoever tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from types import MappingProxyType

from django.db import connection, transaction
from procrastinate.contrib.django import app

from farol.journal.hearing import has_listener
from farol.journal.models import Entry, Receipt
from farol.journal.rules import KeyReused
from farol.kernel.actor import Actor
from farol.statements.inserted import Insertion

HEAR = "journal.hear"
NOTE = Insertion(Entry)
NOTE_AND_TELL = Insertion(
    Entry,
    within=f"""
        WITH entry AS ({{}}) SELECT entry.id FROM entry, LATERAL procrastinate_defer_jobs_v1(ARRAY[
            ROW('journal', '{HEAR}', 0, NULL, NULL, jsonb_build_object('entry_id', entry.id), NULL)
        ]::procrastinate_job_to_defer_v1[])
    """,
)
"""The entry and the job that tells of it, by procrastinate's own function, in one way to the database and back."""
HOLD = """
    INSERT INTO journal_receipt (person_id, key, digest, status, answer) VALUES (%s, %s, %s, 0, '""')
    ON CONFLICT (person_id, key) DO NOTHING
"""
RECEIPTS_KEPT = timedelta(hours=48)
NOTHING: Mapping[str, object] = MappingProxyType({})
NEWS, HISTORY, SILENCE = "news", "history", "silence"
_told_as: ContextVar[str] = ContextVar("_told_as", default=NEWS)
_rules: ContextVar[Mapping[str, object]] = ContextVar("_rules", default=NOTHING)


@contextmanager
def untold(*, chronicled: bool = True) -> Iterator[None]:
    """What is told inside is history brought in: on record, news to nobody; heard only by those who ask for history."""
    token = _told_as.set(HISTORY if chronicled else SILENCE)
    try:
        yield
    finally:
        _told_as.reset(token)


@contextmanager
def because(rules: Sequence[int], name: str) -> Iterator[None]:
    """What is told inside was done by the last of these rules, of that name, which those before it set off."""
    token = _rules.set({"rules": list(rules), "rule": name})
    try:
        yield
    finally:
        _rules.reset(token)


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
    entry = Entry(
        name=name,
        subject=about,
        actor_id=by.person_id or None,
        channel=by.channel,
        is_internal=is_internal,
        body=body,
        facts=_traced(facts, by),
        happened_at=at,
    )
    told_as = _told_as.get()
    if told_as == NEWS and has_listener(name):
        return NOTE_AND_TELL(entry)
    NOTE(entry)
    if told_as == HISTORY and has_listener(name, is_history=True):
        app.configure_task(HEAR, queue="journal").defer(entry_id=entry.pk, is_history=True)
    return entry


def _traced(facts: Mapping[str, object], by: Actor) -> dict[str, object]:
    """With the rules that led to it, and whoever really acted."""
    return {**facts, **_rules.get(), **({"behind": by.behind} if by.behind else NOTHING)}


def recall(person_id: int, key: str, *, digest: str) -> Receipt | None:
    """The answer given to this key before; or None, and the key is held until the transaction ends.

    Of two requests with one key the second waits here for the first: it finds the
    answer if the first committed, and takes its place if it did not. Raises KeyReused.
    """
    with connection.cursor() as cursor:
        cursor.execute(HOLD, [person_id, key, digest])
        if cursor.rowcount:
            return None
    receipt = Receipt.objects.get(person_id=person_id, key=key)
    if receipt.digest != digest:
        raise KeyReused
    return receipt


def remember(person_id: int, key: str, *, status: int, answer: str) -> None:
    """The key that was held bears this answer, in the transaction of the change it tells of."""
    Receipt.objects.filter(person_id=person_id, key=key).update(status=status, answer=answer)


def forget_receipts(now: datetime) -> int:
    """Keys older than 48 hours are free again; answers how many."""
    return Receipt.objects.filter(given_at__lt=now - RECEIPTS_KEPT).delete()[0]
