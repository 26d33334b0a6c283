"""Taking a mail in: kept before anything is made of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F
from procrastinate.contrib.django import app

from farol.files import actions as files
from farol.mail.models import Received
from farol.mail.rules import mime
from farol.mail.rules.words import one_line

SORT = "mail.sort"


@transaction.atomic
def receive(
    raw: bytes,
    *,
    source: Received.Source,
    now: datetime,
    envelope_from: str | None = None,
    envelope_to: Sequence[str] = (),
) -> Received:
    """The mail is kept as it came, with a job to sort it, or neither is; the same mail coming again changes nothing."""
    head = mime.head_of(raw)
    name, address = head.sender
    mail, is_new = Received.objects.get_or_create(
        message_id=head.message_id,
        digest=head.digest,
        defaults={
            "source": source,
            "envelope_from": None if envelope_from is None else one_line(envelope_from, 320).strip("<> "),
            "envelope_to": "\n".join(one_line(to, 320) for to in envelope_to),
            "sender": address,
            "sender_name": name,
            "subject": head.subject,
            "received_at": now,
        },
    )
    if is_new:
        files.keep_original(f"mail:{mail.pk}", f"{mail.pk}.eml", raw, "message/rfc822")
        app.configure_task(SORT, queue="mail").defer(mail_id=mail.pk)
    else:
        Received.objects.filter(pk=mail.pk).update(copies=F("copies") + 1)
    return mail
