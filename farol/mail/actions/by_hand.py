"""What a person of the staff does with a mail that no rule could place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from farol.journal.models import Entry
from farol.kernel.actor import Actor, Channel
from farol.kernel.errors import FieldsRefused, gettext_noop
from farol.mail import queries
from farol.mail.actions.putting import brought
from farol.mail.actions.verdicts import Verdict, note
from farol.mail.models import Received
from farol.mail.rules import mime, quotes
from farol.mail.rules.decisions import CLOSED_CASES, Decision, MailDecided, Why
from farol.people import queries as people
from farol.tickets import actions as tickets
from farol.tickets import queries as seen
from farol.tickets.rules.lifecycle import NotYoursToDo
from farol.tickets.rules.opening import TicketNotFound


@transaction.atomic
def join_by_hand(mail_id: int, *, number: int, is_internal: bool, by: Actor, now: datetime) -> Entry:
    """The mail stands in the ticket: as a note, or as the words of the ticket's contact, for whom the staff vouches.

    Raises MailDecided, TicketNotFound, and what reply raises.
    """
    mail = _held(mail_id, by)
    ticket = seen.ticket(queries.goes_on_in(number), by=by)
    if ticket is None:
        raise TicketNotFound
    read = mime.read(queries.content_of(mail))
    source = _("[E-mail de {address}, juntado por {name}.]").format(
        address=mail.sender or _("remetente desconhecido"), name=by.name
    )
    words = f"{source}\n\n{quotes.said(read.said)}"
    put: Callable[..., Entry] = tickets.note
    author = by
    if not is_internal:
        put, author = tickets.reply, people.actor_of(ticket.contact, Channel.EMAIL, mail.sender)
    text, files = brought(read, words, by=author)
    entry = put(ticket.pk, body=text, by=author, now=now, attachments=files)
    note(mail, Verdict(Decision.JOINED, Why.BY_HAND, ticket=ticket.pk, entry=entry.pk), now, by=by.person_id)
    return entry


@transaction.atomic
def discard(mail_id: int, *, reason: str, by: Actor, now: datetime) -> Received:
    """Nothing is made of the mail, and who decided so and why is on record; the original stays. Raises MailDecided."""
    mail = _held(mail_id, by)
    reason = " ".join(reason.split())[:500]
    if not reason:
        raise FieldsRefused({"reason": [gettext_noop("Diga por que o e-mail não interessa.")]})
    verdict = Verdict(Decision.DISCARDED, Why.DISCARDED, words=reason, ticket=mail.ticket_id, entry=mail.entry_id)
    note(mail, verdict, now, by=by.person_id)
    return mail


def _held(mail_id: int, by: Actor) -> Received:
    if not by.is_staff:
        raise NotYoursToDo
    mail = Received.objects.select_for_update(of=("self",)).select_related("decided_by").get(pk=mail_id)
    if mail.decision in CLOSED_CASES:
        raise MailDecided(name=mail.decided_by.name if mail.decided_by else "Farol")
    return mail
