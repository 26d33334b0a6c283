"""The post room at work, in one process: what the worker does after the commit."""

from __future__ import annotations

from datetime import UTC, datetime

from django.core import mail
from django.core.mail import EmailMultiAlternatives

from farol.journal.hearing import deliver
from farol.journal.models import Entry
from farol.notify import actions
from farol.notify.models import Letter

POSTED = datetime(2026, 11, 24, 12, tzinfo=UTC)


def told() -> None:
    """Everyone has heard everything, and what could be posted was posted."""
    for entry in Entry.objects.order_by("id"):
        assert deliver(entry) == {}
    for letter in Letter.objects.filter(state="queued").order_by("id"):
        actions.post_letter(letter.pk, now=POSTED)


def posted() -> list[EmailMultiAlternatives]:
    return mail.outbox  # type: ignore[return-value]


def last() -> EmailMultiAlternatives:
    return posted()[-1]


def kinds() -> list[tuple[str, str]]:
    """Who got what, in order: (first name, kind)."""
    return [
        (letter.person.first_name, letter.kind) for letter in Letter.objects.select_related("person").order_by("id")
    ]
