"""Who hears of a ticket, and what somebody was called to. Read only where there is something to read."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from farol.journal import queries as journal
from farol.journal.models import Entry
from farol.kernel.actor import Actor, Channel
from farol.people import queries as people
from farol.people.models import Person
from farol.people.queries import Named
from farol.tickets.models import Mention, Seen, Ticket, Watcher
from farol.tickets.queries import reading, seeing, ties

SHOWN = 50


def watched_through(ticket: Ticket) -> list[int]:
    """The ticket, and what was merged into it: whoever followed that follows this."""
    return [ticket.pk, *(ties.merged_into(ticket.pk) if ticket.has_ties else ())]


def watchers(ticket: Ticket, *, by: Actor) -> list[Person]:
    """Who follows the ticket and may read it, by name; a customer is not told who of the staff does."""
    if not ticket.has_watchers:
        return []
    rows = Watcher.objects.select_related("person").filter(ticket__in=watched_through(ticket))
    found = {row.person_id: row.person for row in rows if may_follow(row.person, ticket)}
    shown = [person for person in found.values() if by.reads_inner or not person.is_staff_member]
    return sorted(shown, key=lambda person: (person.is_staff_member, person.name))


def may_follow(person: Person, ticket: Ticket, *, is_internal: bool = False) -> bool:
    """Whether the ticket exists for the person, as for every other door; and what is internal in it, if asked."""
    reader = people.actor_of(person, Channel.EMAIL)
    is_kept_from = is_internal and not reader.reads_inner
    return person.is_active and not is_kept_from and seeing.is_visible(ticket, ticket.area.kind, by=reader)


def watchable_by(by: Actor, ticket: Ticket) -> list[Person]:
    """Whom this person may let follow the ticket: the company's contacts; for the staff also colleagues."""
    contacts = list(people.contacts_of(ticket.organization_id))
    if not by.reads_inner:
        return contacts
    return [*(person for person in people.staff() if may_follow(person, ticket)), *contacts]


@dataclass(frozen=True, slots=True)
class Called:
    """An entry that calls somebody, with its ticket and whoever wrote it."""

    ticket: Ticket
    entry: Entry
    author: Named | None


def mentions_of(by: Actor, *, unread: bool = True, limit: int = SHOWN) -> list[Called]:
    """What calls this person, the newest first; only what they have not read, unless asked for all."""
    mine = Mention.objects.filter(person=by.person_id).order_by("-entry_id")
    if unread:
        mine = _unread(mine, by, F("entry_id"))
    rows = list(mine.values_list("ticket_id", "entry_id")[:limit])
    tickets = reading.visible_to(by).select_related("organization").in_bulk({number for number, _ in rows})
    entries = journal.entries_by_id(entry for _, entry in rows)
    names = people.people_named(entry.actor_id for entry in entries.values())
    return [
        Called(tickets[number], entries[entry], names.get(entries[entry].actor_id or 0))
        for number, entry in rows
        if number in tickets and entry in entries and (by.reads_inner or not entries[entry].is_internal)
    ]


def followed_by(by: Actor, *, limit: int = SHOWN) -> list[tuple[Ticket, bool]]:
    """The open tickets this person follows, those with news first; each with whether it has some."""
    read = Seen.objects.filter(ticket=OuterRef("pk"), person=by.person_id).values("entry_id")
    mine = Watcher.objects.filter(person=by.person_id).values("ticket")
    found = reading.shown(reading.visible_to(by).filter(pk__in=mine, closed_at=None)).annotate(read=Subquery(read))
    tickets = list(found.order_by("-last_entry_id")[:limit])
    rows = [(ticket, (ticket.read or 0) < ticket.last_entry_id) for ticket in tickets]
    return sorted(rows, key=lambda row: not row[1])


def unread(by: Actor, tickets: Collection[Ticket]) -> set[int]:
    """Which of these have news that a contact has not read: of their own tickets, and of others they once looked at.

    What only the staff may read is no news.
    """
    news = {ticket.pk: ticket for ticket in tickets if ticket.last_public_id}
    if not news:
        return set()
    read = dict(Seen.objects.filter(person=by.person_id, ticket__in=news).values_list("ticket_id", "entry_id"))
    own = {number for number, ticket in news.items() if ticket.contact_id == by.person_id}
    return {n for n, ticket in news.items() if (n in read or n in own) and ticket.last_public_id > read.get(n, 0)}


def _unread(mentions: QuerySet[Mention], by: Actor, entry: F) -> QuerySet[Mention]:
    read = Seen.objects.filter(ticket=OuterRef("ticket"), person=by.person_id).values("entry_id")
    return mentions.annotate(read=Subquery(read)).filter(Q(read=None) | Q(read__lt=entry))
