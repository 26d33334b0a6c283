"""Writing and posting letters."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from smtplib import SMTPException
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from procrastinate.contrib.django import app

from farol.journal.models import Entry
from farol.notify import access, queries, returned, writing
from farol.notify.models import Letter
from farol.notify.rules import ATTEMPTS, Kind, message_id
from farol.people.models import Person
from farol.tickets import actions as tickets

POST = "notify.post"
REMINDED = "ticket.reminded"
FIRST = 10
"""A letter that is written leaves before more are written."""


class NotPosted(Exception):
    """The mail server did not take the letter; it is tried again later."""


@transaction.atomic
def write_letters(entry: Entry) -> list[Letter]:
    """Everyone concerned by `entry` has one letter waiting, and a job to post it, or neither exists."""
    ticket = queries.ticket_of(entry)
    if queries.is_overtaken(entry, ticket):
        return []
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    letters = []
    for kind, person in queries.readers(entry, ticket):
        letter, is_new = Letter.objects.get_or_create(
            entry=entry,
            person=person,
            defaults={
                "subject": entry.subject,
                "kind": kind,
                "language": person.language,
                "address": person.email,
                "message_id": message_id(ticket.pk, kind, entry.pk, person.pk, host),
            },
        )
        if is_new:
            _queue(letter)
            letters.append(letter)
    if entry.name == REMINDED and not letters:  # the contact is gone: nobody would know
        tickets.miss_customer(entry.facts["window"], now=entry.recorded_at)
    return letters


@transaction.atomic
def answer_mail(entry: Entry, person: Person) -> Letter:
    """Whoever sent us a mail that became no message has a letter waiting, with the words that `entry` has for it."""
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    number = int(entry.subject.partition(":")[2])
    letter = Letter.objects.create(
        entry=entry,
        person=person,
        subject=entry.subject,
        kind=Kind.RETURNED,
        language=person.language,
        address=person.email,
        message_id=message_id(number, Kind.RETURNED, entry.pk, person.pk, host),
    )
    _queue(letter)
    return letter


@transaction.atomic
def write_letter(entry: Entry, kind: Kind, person: Person | None, address: str) -> Letter:
    """Somebody has one letter waiting about who may come in, or an address of the customer's has."""
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    number = int(entry.subject.partition(":")[2])
    letter, is_new = Letter.objects.get_or_create(
        entry=entry,
        person=person,
        defaults={
            "subject": entry.subject,
            "kind": kind,
            "language": person.language if person else settings.LANGUAGE_CODE,
            "address": address,
            "message_id": message_id(number, kind, entry.pk, person.pk if person else 0, host),
        },
    )
    if is_new:
        _queue(letter)
    return letter


def post_letter(letter_id: int, *, now: datetime) -> bool:
    """The letter has been handed to the mail server, once; answers whether this call did it.

    The row stays locked while it is sent, so two workers never send one letter at
    the same time. A worker killed after sending and before the commit sends again:
    into the folder that is the same file; by SMTP a second copy may leave, with the
    same Message-ID, by which mailboxes know it (docs/adr/0015-letters-leave-once.md). Raises NotPosted.
    """
    with transaction.atomic():
        letter = Letter.objects.select_for_update(of=("self",)).select_related("entry", "person").get(pk=letter_id)
        if letter.state != Letter.State.QUEUED:
            return False
        trouble = _attempt(letter, now)
        letter.save(update_fields=["state", "attempts", "error", "sent_at"])
        if letter.state == Letter.State.FAILED:
            _missed(letter, now=now)
    if trouble:
        raise NotPosted(f"letter {letter_id}: {letter.error}") from trouble
    return letter.state == Letter.State.SENT


@transaction.atomic
def record_undelivered(message_id: str, *, why: str, now: datetime) -> Letter | None:
    """A server told that this letter of ours did not arrive; the first time counts. None when it is not ours."""
    letter = Letter.objects.select_for_update().filter(message_id=message_id).first()
    if letter and letter.undelivered_at is None:
        letter.undelivered_at, letter.error = now, why[:300]
        letter.save(update_fields=["undelivered_at", "error"])
        _missed(letter, now=now)
    return letter


@transaction.atomic
def retry(ids: Collection[int] = ()) -> int:
    """Failed letters, all or these, are tried again as if they were new; answers how many."""
    letters = queries.failed().select_for_update()
    count = 0
    for letter in letters.filter(pk__in=ids) if ids else letters:
        letter.state, letter.attempts = Letter.State.QUEUED, 0
        letter.save(update_fields=["state", "attempts"])
        _queue(letter)
        count += 1
    return count


def _missed(letter: Letter, *, now: datetime) -> None:
    """Without the reminder, silence is no acceptance: a person goes on (section 7)."""
    if letter.entry.name == REMINDED:
        tickets.miss_customer(letter.entry.facts["window"], now=now, words=f"{letter.address}: {letter.error}")


def _queue(letter: Letter) -> None:
    app.configure_task(POST, queue="mail", priority=FIRST).defer(letter_id=letter.pk)


def _attempt(letter: Letter, now: datetime) -> Exception | None:
    mail = _mail(letter, now)
    if mail is None:
        letter.state = Letter.State.WITHDRAWN
        return None
    letter.attempts += 1
    try:
        mail.send()
    except (OSError, SMTPException) as error:
        letter.error = f"{type(error).__name__}: {error}"[:300]
        if letter.attempts >= ATTEMPTS:
            letter.state = Letter.State.FAILED
        return error
    letter.state, letter.sent_at, letter.error = Letter.State.SENT, now, ""
    return None


def _mail(letter: Letter, now: datetime) -> EmailMultiAlternatives | None:
    """What is sent; nothing when it is no longer true."""
    if letter.kind == Kind.RETURNED:
        return returned.message(letter)
    if letter.kind in access.KINDS:
        return access.message(letter, now=now)
    ticket = queries.ticket_of(letter.entry)
    return None if queries.is_overtaken(letter.entry, ticket) else writing.message(letter, ticket)
