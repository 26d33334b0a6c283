"""Every night: what is past its term is gone, and the trail proves what was."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Model, QuerySet

from farol.audit.actions.privacy import prove_deletion, prune_trail
from farol.audit.models import Request
from farol.audit.queries.privacy import held, terms
from farol.audit.rules.privacy import DataClass
from farol.files import actions as files
from farol.files.models import Attachment
from farol.journal.models import Delivery
from farol.mail.models import Received
from farol.mail.rules.decisions import CLOSED_CASES
from farol.notify.models import Letter
from farol.tickets.models import Draft

AT_ONCE = 1_000
MARKS = """
    DELETE FROM tickets_seen WHERE id IN (
        SELECT s.id FROM tickets_seen s JOIN tickets_ticket t ON t.id = s.ticket_id
        WHERE t.closed_at < %s AND NOT 'ticket:' || t.id = ANY(%s) LIMIT 20000
    ) RETURNING id
"""


def sweep_terms(now: datetime) -> dict[DataClass, int]:
    """Each class loses what is older than its term, but for what is held (R-238). Safe to repeat and interrupt."""
    kept = held()
    done = {}
    for data_class, days in terms().items():
        before = now - timedelta(days=days)
        ids = SWEEPS[data_class](before, kept)
        done[data_class] = len(ids)
    return done


def _in_batches(data_class: DataClass, rows: QuerySet[Model], before: datetime) -> list[int]:
    """Batch by batch, each with its proof in its own transaction."""
    gone: list[int] = []
    while True:
        with transaction.atomic():
            ids = list(rows.values_list("pk", flat=True)[:AT_ONCE])
            if not ids:
                return gone
            rows.model._default_manager.filter(pk__in=ids).delete()
            prove_deletion(data_class, ids, before=before)
        gone += ids


def _mails(before: datetime, kept: Collection[str]) -> list[int]:
    """Those that are settled, with their originals; a held person's, customer's or ticket's stay."""
    gone: list[int] = []
    old = Received.objects.filter(received_at__lt=before, decision__in=CLOSED_CASES)
    for mail in old.select_related("ticket").order_by("pk").iterator(chunk_size=AT_ONCE):
        ticket = mail.ticket
        names = {f"person:{mail.person_id}", f"ticket:{mail.ticket_id}"}
        if names & set(kept) or (ticket and f"organization:{ticket.organization_id}" in kept):
            continue
        with transaction.atomic():
            for file in Attachment.objects.filter(subject=f"mail:{mail.pk}"):
                files.drop(file)
            number = mail.pk
            mail.delete()
            gone.append(number)
    prove_deletion(DataClass.MAILS, gone, before=before)
    return gone


def _letters(before: datetime, kept: Collection[str]) -> list[int]:
    rows = Letter.objects.filter(composed_at__lt=before).exclude(state="queued").exclude(subject__in=kept)
    people = [int(name.partition(":")[2]) for name in kept if name.startswith("person:")]
    return _in_batches(DataClass.LETTERS, rows.exclude(person__in=people).order_by("pk"), before)


def _drafts(before: datetime, kept: Collection[str]) -> list[int]:
    """Their files lie in a tray, which is swept on its own."""
    people = [int(name.partition(":")[2]) for name in kept if name.startswith("person:")]
    rows = Draft.objects.filter(ticket=None, updated_at__lt=before).exclude(person__in=people)
    return _in_batches(DataClass.DRAFTS, rows.order_by("pk"), before)


@transaction.atomic
def _marks(before: datetime, kept: Collection[str]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(MARKS, [before, list(kept)])
        ids = [row[0] for row in cursor.fetchall()]
    prove_deletion(DataClass.MARKS, ids, before=before)
    return ids


def _heard(before: datetime, kept: Collection[str]) -> list[int]:
    """The oldest first, until one is younger: the table is never read whole."""
    gone: list[int] = []
    while True:
        rows = list(Delivery.objects.order_by("pk").values_list("pk", "entry__recorded_at")[:AT_ONCE])
        ids = [pk for pk, at in rows if at < before]
        if ids:
            with transaction.atomic():
                Delivery.objects.filter(pk__in=ids).delete()
                prove_deletion(DataClass.HEARD, ids, before=before)
            gone += ids
        if not ids or len(ids) < len(rows):
            return gone


@transaction.atomic
def _exports(before: datetime, kept: Collection[str]) -> list[int]:
    """Archives that were made for a person; the request stays."""
    rows = list(Attachment.objects.filter(subject__startswith="request:", uploaded_at__lt=before))
    ids = [file.pk for file in rows]
    for file in rows:
        files.drop(file)
    Request.objects.filter(file_id__in=ids).update(file_id=None)
    prove_deletion(DataClass.EXPORTS, ids, before=before)
    return ids


def _trail(before: datetime, kept: Collection[str]) -> list[int]:
    """Whole or not at all: while anything is held, it may be evidence."""
    return [] if kept else [0] * prune_trail(before)


SWEEPS: dict[DataClass, Callable[[datetime, Collection[str]], list[int]]] = {
    DataClass.MAILS: _mails,
    DataClass.LETTERS: _letters,
    DataClass.DRAFTS: _drafts,
    DataClass.MARKS: _marks,
    DataClass.HEARD: _heard,
    DataClass.EXPORTS: _exports,
    DataClass.TRAIL: _trail,
}
