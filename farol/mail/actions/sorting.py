"""What becomes of a mail: decided once, under the lock of its row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from farol.kernel.actor import HOUSE, Channel
from farol.kernel.errors import gettext_noop
from farol.mail import queries
from farol.mail.actions.answering import answered
from farol.mail.actions.opening import opened, said_by
from farol.mail.actions.putting import Unfit, put_in_ticket
from farol.mail.actions.verdicts import Verdict, note
from farol.mail.models import Received
from farol.mail.rules import loops, mime, senders
from farol.mail.rules.decisions import Decision, Why
from farol.mail.rules.mime import Mail
from farol.notify import actions as notify
from farol.notify import answerable
from farol.notify import queries as letters
from farol.notify.answerable import Answerable
from farol.people import queries as people
from farol.people.models import Person
from farol.tickets import queries as tickets


@dataclass(frozen=True, slots=True)
class Thread:
    """The ticket that a mail answers to, and to whom the letter that it answers was written, if that is proven."""

    ticket: int
    reader: int | None = None


def sort_mail(mail_id: int, *, now: datetime) -> Received:
    """The mail has its decision, and what follows from it has happened, or neither. Safe to repeat."""
    try:
        with transaction.atomic():
            mail = Received.objects.select_for_update(of=("self",)).get(pk=mail_id)
            if mail.decision == Decision.WAITING:
                note(mail, _verdict(mail, mime.read(queries.content_of(mail)), now), now)
            return mail
    except Exception as trouble:  # on record for people; the job tries again
        error = f"{type(trouble).__name__}: {trouble}"[:300].replace("\x00", "")
        Received.objects.filter(pk=mail_id).update(error=error)
        raise


def _verdict(mail: Received, read: Mail, now: datetime) -> Verdict:
    if read.bounce:
        return _bounced(mail, read, now)
    if why := _loop(mail, read):
        return Verdict(Decision.STOPPED, why)
    if why := _unfit(mail, read):
        return Verdict(Decision.SET_ASIDE, why)
    thread = _thread(mail, read)
    person = people.person_by_email(mail.sender)
    if person is None:
        return Verdict(Decision.SET_ASIDE, Why.UNKNOWN_SENDER, ticket=_existing(thread))
    mail.person = person
    if thread:
        return _joined(mail, read, thread, person, now)
    if person.is_staff_member:
        return Verdict(Decision.SET_ASIDE, Why.STAFF_OPENS)
    return opened(mail, read, person, now=now)


def _bounced(mail: Received, read: Mail, now: datetime) -> Verdict:
    """A letter that did not arrive is on record as such; the report itself is nobody's mail.

    Believed is a report that came to the signed address which that very letter was sent from: anybody can
    write one, but only whoever carried the letter knows where it is to be returned.
    """
    assert read.bounce
    letter = letters.letters_called([read.bounce.message_id]).get(read.bounce.message_id)
    if letter is None:
        return Verdict(Decision.BOUNCED, Why.UNDELIVERED, words=read.bounce.why)
    if answerable.of([*mail.recipients, *read.head.recipients]) != Answerable(letter.ticket_number, letter.reader.pk):
        return Verdict(Decision.BOUNCED, Why.UNPROVEN, words=read.bounce.why, ticket=letter.ticket_number)
    notify.record_undelivered(read.bounce.message_id, why=read.bounce.why, now=now)
    return Verdict(Decision.BOUNCED, Why.UNDELIVERED, words=read.bounce.why, ticket=letter.ticket_number)


def _loop(mail: Received, read: Mail) -> Why | None:
    own = {settings.MAIL_IN.lower(), mime.address_of(settings.MAIL_FROM)} - {""}
    if mail.envelope_from == "":
        return Why.NULL_PATH
    if why := loops.robot(read.head.fields):
        return why
    if mail.sender in own or answerable.of([mail.sender]):
        return Why.OWN
    if loops.is_mailer(mail.sender):
        return Why.MAILER
    if mail.sender and queries.came_within_the_hour(mail) >= settings.MAIL_HOURLY:
        return Why.TOO_MANY
    return None


def _unfit(mail: Received, read: Mail) -> Why | None:
    """Why nothing can be made of a mail whoever sent it."""
    if not mail.sender:
        return Why.NO_SENDER
    results = read.head.fields.get("authentication-results", ())
    trusted = settings.MAIL_AUTHORITY
    if trusted and not senders.is_confirmed(results, trusted=trusted, sender=mail.sender):
        return Why.FORGED
    return None if read.is_readable else Why.UNREADABLE


def _thread(mail: Received, read: Mail) -> Thread | None:
    if signed := answerable.of([*mail.recipients, *read.head.recipients]):
        return Thread(signed.ticket, signed.person)
    found = letters.letters_called(read.head.references)
    nearest = next((found[name] for name in read.head.references if name in found), None)
    return Thread(nearest.ticket_number) if nearest else None


def _existing(thread: Thread | None) -> int | None:
    """For whoever decides by hand: the ticket it seems to be about."""
    return thread.ticket if thread and tickets.ticket(thread.ticket, by=HOUSE) else None


def _joined(mail: Received, read: Mail, thread: Thread, person: Person, now: datetime) -> Verdict:
    """The words stand in the ticket, said by whoever wrote them, as by every other door."""
    by = people.actor_of(person, Channel.EMAIL, mail.sender)
    ticket = tickets.ticket(queries.goes_on_in(thread.ticket), by=by)
    if ticket is None:
        return Verdict(Decision.SET_ASIDE, Why.NOT_THEIRS)
    if person.is_staff_member and thread.reader != person.pk:  # anybody can write a staff member's name in a mail
        return Verdict(Decision.SET_ASIDE, Why.STAFF_UNPROVEN, ticket=ticket.pk)
    try:
        entry = put_in_ticket(ticket.pk, read, by=by, now=now, language=person.language)
    except Unfit as unfit:
        if unfit.why is Why.CLOSED and not person.is_staff_member:
            label = gettext_noop("Continuar em um chamado novo")
            said = said_by(unfit.refusal, f"/chamados/{ticket.pk}", label)
            return answered(mail, person, Why.CLOSED, said, now=now, ticket=ticket.pk)
        return Verdict(Decision.SET_ASIDE, unfit.why, words=unfit.words, ticket=ticket.pk)
    return Verdict(Decision.JOINED, Why.REPLY, ticket=ticket.pk, entry=entry.pk)
