"""The words and files of a mail, put where tickets keep theirs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from farol.files import actions as files
from farol.journal.models import Entry
from farol.kernel.actor import Actor
from farol.kernel.errors import Refusal
from farol.mail.rules import quotes
from farol.mail.rules.decisions import Why
from farol.mail.rules.mime import Mail
from farol.mail.rules.parts import File
from farol.tickets import actions as tickets
from farol.tickets.queries import heir_of
from farol.tickets.rules.lifecycle import TicketClosed
from farol.tickets.rules.opening import MAX_TEXT
from farol.ui import refusals
from farol.ui.frame import in_one_line

ROOM_FOR_NOTES = 20_000
"""Of the longest text a ticket takes, what is left for the house to say which files it did not take."""


class Unfit(Exception):
    """The ticket did not take it; nothing of it was put there."""

    def __init__(self, why: Why, words: str, refusal: Refusal) -> None:
        self.why, self.words, self.refusal = why, words, refusal
        super().__init__(words)


def put_in_ticket(number: int, read: Mail, *, by: Actor, now: datetime, language: str) -> Entry:
    """The reply stands in the ticket with the files that may come along; those that may not are named in it."""
    try:
        with transaction.atomic(), translation.override(language):
            text, kept = brought(read, quotes.said(read.said), by=by)
            return tickets.reply(heir_of(number), body=text, by=by, now=now, attachments=kept)
    except Refusal as refusal:
        why = Why.CLOSED if isinstance(refusal, TicketClosed) else Why.REFUSED
        raise Unfit(why, in_one_line(refusal), refusal) from refusal


def brought(read: Mail, text: str, *, by: Actor) -> tuple[str, list[int]]:
    """The text with a line on each file that was refused, and the files that were taken, in the tray of `by`."""
    given = list(read.files)
    limit = MAX_TEXT - ROOM_FOR_NOTES
    if len(text) > limit:
        given.insert(0, File(_("mensagem-inteira.txt"), text.encode("utf-8")))
        text = text[:limit].rstrip() + "\n\n" + _("[O texto continua no anexo.]")
    kept, refused = _kept(given, by)
    if read.left_out:
        refused.append(_("mais {count} anexos: só 50 são aceitos por mensagem").format(count=read.left_out))
    if refused:
        notes = "\n".join(f"- {line}" for line in refused)
        text += "\n\n" + _("[Anexos que não foram aceitos:]") + "\n" + notes
    return text.strip() or _("[Mensagem sem texto.]"), kept


def _kept(given: Sequence[File], by: Actor) -> tuple[list[int], list[str]]:
    """By the same checks as every upload."""
    kept, refused = [], []
    for file in given:
        try:
            with transaction.atomic():
                kept.append(files.keep(by.subject, ContentFile(file.content, file.name), by=by).pk)
        except Refusal as refusal:
            refused.append(f"{file.name}: {refusals.said(refusal)}")
    return kept, refused
