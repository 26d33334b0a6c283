"""What a letter needs to know, read from the rooms below."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet

from farol.journal.models import Entry
from farol.kernel.actor import HOUSE
from farol.notify.models import Letter
from farol.notify.rules import Kind, Reader, letters_for
from farol.people import queries as people
from farol.people.models import Person
from farol.tickets import queries as tickets
from farol.tickets.models import Ticket


def letters_about(subject: str) -> QuerySet[Letter]:
    """The letters written about `subject`, oldest first."""
    return Letter.objects.filter(subject=subject).order_by("id")


def ticket_of(entry: Entry) -> Ticket:
    """The ticket that `entry` tells of, with what a letter names."""
    number = int(entry.subject.partition(":")[2])
    return tickets.visible_to(HOUSE).select_related("organization", "product").get(pk=number)


def readers(entry: Entry, ticket: Ticket) -> Iterator[tuple[Kind, Person]]:
    """Who gets which letter. Nobody on the staff is told what they did themselves."""
    told = letters_for(entry.name, entry.facts)
    ids = {
        Reader.CONTACT: ticket.contact_id,
        Reader.ASSIGNEE: entry.facts.get("assignee") or ticket.assignee_id,
    }
    persons = people.people_by_id(ids.values())
    for letter in told:
        person = persons.get(ids[letter.reader] or 0)
        is_own_doing = letter.reader is Reader.ASSIGNEE and ids[letter.reader] == entry.actor_id
        if person and person.is_active and not is_own_doing:
            yield letter.kind, person


def is_overtaken(entry: Entry, ticket: Ticket) -> bool:
    """A reminder of what is no longer owed, or owed until another day, is not sent (R-070, R-075)."""
    if entry.name != "ticket.reminded":
        return False
    window = ticket.windows.filter(pk=entry.facts["window"], ended_at=None).first()
    return window is None or window.last_day.isoformat() != entry.facts["last_day"]
