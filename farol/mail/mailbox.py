"""A mailbox elsewhere, read by IMAP: every mail in it is kept here before it is marked there."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.conf import settings
from imapclient import DELETED, SEEN, IMAPClient

from farol.mail import actions
from farol.mail.models import Received

AT_ONCE = 200
"""Mails taken in one round; the rest has its turn a minute later."""
PATIENCE = 60.0
BODY = b"BODY[]"

log = logging.getLogger(__name__)


def fetch(*, now: datetime) -> int:
    """Whatever is new in the mailbox is kept; answers how many mails. One that fails stays there for the next round.

    Raises what went wrong first, when all the others are kept.
    """
    troubles: list[Exception] = []
    count = 0
    with _mailbox() as mailbox:
        new = mailbox.search("ALL" if settings.IMAP_DONE else "UNSEEN")
        for uid in sorted(new)[:AT_ONCE]:
            try:
                _keep(mailbox, uid, now)
                count += 1
            except OSError:  # the connection is gone: so is every further try
                raise
            except Exception as trouble:
                log.exception("mail %s of the mailbox was not kept", uid)
                troubles.append(trouble)
    if troubles:
        raise troubles[0]
    return count


def _keep(mailbox: IMAPClient, uid: int, now: datetime) -> None:
    raw = mailbox.fetch([uid], ["BODY.PEEK[]"]).get(uid, {}).get(BODY)
    if raw is None:  # somebody else has taken it out meanwhile
        return
    actions.receive(bytes(raw), source=Received.Source.IMAP, now=now)
    mailbox.add_flags([uid], [SEEN], silent=True)
    if not settings.IMAP_DONE:
        return
    if mailbox.has_capability("MOVE"):
        mailbox.move([uid], settings.IMAP_DONE)
    else:
        mailbox.copy([uid], settings.IMAP_DONE)
        mailbox.add_flags([uid], [DELETED], silent=True)
        mailbox.expunge()


@contextmanager
def _mailbox() -> Iterator[IMAPClient]:
    client = IMAPClient(
        settings.IMAP_HOST, port=settings.IMAP_PORT or None, ssl=settings.IMAP_TLS == "ssl", timeout=PATIENCE
    )
    with client:
        if settings.IMAP_TLS == "1":
            client.starttls()
        client.login(settings.IMAP_USER, settings.IMAP_PASSWORD)
        client.select_folder(settings.IMAP_FOLDER)
        yield client
