"""What a letter needs to know, read from the rooms below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import QuerySet

from farol.journal.models import Entry
from farol.kernel.actor import HOUSE
from farol.notify.models import Letter
from farol.notify.rules import NEWS, Kind, Reader, letters_for
from farol.people import queries as people
from farol.people.models import Person
from farol.statements.literal import Literal
from farol.tickets import queries as tickets
from farol.tickets.models import Ticket


def failed() -> QuerySet[Letter]:
    """The letters that were given up, oldest first."""
    return Letter.objects.filter(state=Literal("failed")).order_by("id")


def has_answered_since(address: str, since: datetime) -> bool:
    """Whether a mail from this address was answered by itself after `since`."""
    told = Letter.objects.filter(kind=Literal(Kind.RETURNED), address=address, entry__happened_at__gt=since)
    return told.exists()


def letters_called(message_ids: Iterable[str]) -> dict[str, Letter]:
    """Letters of ours about tickets, by the identity that their answers refer to."""
    return {
        letter.message_id: letter
        for letter in Letter.objects.filter(message_id__in=list(message_ids), subject__startswith="ticket:").exclude(
            kind=Kind.RETURNED
        )
    }


def ticket_of(entry: Entry) -> Ticket:
    """The ticket that `entry` tells of, with what a letter names."""
    number = int(entry.subject.partition(":")[2])
    return tickets.visible_to(HOUSE).select_related("organization", "product").get(pk=number)


def readers(entry: Entry, ticket: Ticket) -> Iterator[tuple[Kind, Person]]:
    """Who gets which letter. Nobody on the staff is told what they did themselves."""
    for letter in letters_for(entry.name, entry.facts):
        for person in _persons(letter.reader, entry, ticket):
            is_own_doing = letter.reader is not Reader.CONTACT and person.pk == entry.actor_id
            if person.is_active and not is_own_doing:
                yield letter.kind, person
    for person in _watchers(entry, ticket):
        yield Kind.WATCHED, person


def _watchers(entry: Entry, ticket: Ticket) -> list[Person]:
    """Who follows the ticket and was not told otherwise; nothing internal is told to a contact."""
    if entry.name not in NEWS:
        return []
    watchers = tickets.watchers(ticket, by=HOUSE)
    return [
        person
        for person in watchers
        if person.pk not in {entry.actor_id, ticket.contact_id}
        and tickets.may_follow(person, ticket, is_internal=entry.is_internal)
    ]


def _persons(reader: Reader, entry: Entry, ticket: Ticket) -> list[Person]:
    if reader is Reader.CONTACT:
        return _known([ticket.contact_id])
    if reader is Reader.CALLED:
        called = _known(entry.facts["mentions"])
        return [one for one in called if tickets.may_follow(one, ticket, is_internal=entry.is_internal)]
    assignee = _known([entry.facts.get("assignee") or ticket.assignee_id])
    if reader is Reader.IN_CHARGE and (not assignee or entry.facts.get("is_last")):
        managers = [person for person in people.staff_of(ticket.area_id) if person.is_manager]
        return [*assignee, *(manager for manager in managers if manager not in assignee)]
    return assignee


def _known(ids: list[int | None]) -> list[Person]:
    return list(people.people_by_id(ids).values())


def is_overtaken(entry: Entry, ticket: Ticket) -> bool:
    """News that is no longer true is not sent: a reminder of what was answered, a warning of a date that was kept.

    Neither is a reminder of a last day that was postponed (R-070, R-075).
    """
    if entry.name == "ticket.target_warned":
        return not ticket.targets.filter(promise=entry.facts["promise"], ended_at=None).exists()
    if entry.name != "ticket.reminded":
        return False
    window = ticket.windows.filter(pk=entry.facts["window"], ended_at=None).first()
    return window is None or window.last_day.isoformat() != entry.facts["last_day"]
