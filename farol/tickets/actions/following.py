"""Hearing of a ticket: who follows it, and who was called by name in it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from farol.journal.models import Entry
from farol.kernel.actor import Actor
from farol.people import queries as people
from farol.people.models import Person
from farol.tickets import queries
from farol.tickets.actions.locking import locked, put_down
from farol.tickets.models import Ticket, Watcher
from farol.tickets.rules.following import MOST_WATCHERS, NotAmongYours, TooManyWatchers
from farol.tickets.rules.lifecycle import NotYoursToDo, State, refuse_closed


@transaction.atomic
def follow_ticket(number: int, *, person: Person, by: Actor, now: datetime, seen: int | None = None) -> Ticket:
    """The person hears of what happens to the ticket; who already does goes on.

    Raises NotAmongYours for whoever may not read it, TooManyWatchers, TicketClosed.
    """
    ticket = locked(number, by=by, now=now, seen=seen)
    refuse_closed(State(ticket.state))
    if not queries.may_follow(person, ticket) or (person.is_staff_member and not by.is_staff):
        raise NotAmongYours
    through = queries.watched_through(ticket)
    if Watcher.objects.filter(ticket__in=through, person=person).exists():
        return ticket
    if Watcher.objects.filter(ticket__in=through).count() >= MOST_WATCHERS:
        raise TooManyWatchers(most=MOST_WATCHERS)
    Watcher.objects.create(ticket=ticket, person=person, added_by_id=by.person_id or None, added_at=now)
    ticket.has_watchers = True
    _put_down(ticket, "followed", person, by=by, now=now)
    return ticket


@transaction.atomic
def unfollow_ticket(number: int, *, person_id: int, by: Actor, now: datetime) -> bool:
    """The person hears no more of the ticket, nor of what was merged into it; answers whether they did.

    A contact takes out colleagues of their company, the staff anybody. Raises TicketNotFound, NotYoursToDo.
    """
    ticket = locked(number, by=by, now=now)
    person = people.people_by_id([person_id]).get(person_id)
    if person is None or (person.is_staff_member and not by.is_staff):
        raise NotYoursToDo
    gone, _ = Watcher.objects.filter(ticket__in=queries.watched_through(ticket), person=person).delete()
    if gone:
        _put_down(ticket, "unfollowed", person, by=by, now=now)
    return bool(gone)


def carry_over(source: Ticket, target: Ticket, *, now: datetime) -> bool:
    """Whoever heard of the ticket that is merged hears of the one that stays, and so does whoever reported it.

    Answers whether the reporter became a watcher by this, so that an undo takes them out again.
    """
    is_new = False
    if source.contact_id != target.contact_id:
        facts = {"added_by": None, "added_at": now}
        _, is_new = Watcher.objects.get_or_create(ticket=source, person_id=source.contact_id, defaults=facts)
        source.has_watchers = True
    target.has_watchers |= source.has_watchers
    return is_new


def let_go(source: Ticket) -> None:
    """Whoever became a watcher of their own ticket by a merge is its contact again, and that is all."""
    Watcher.objects.filter(ticket=source, person=source.contact_id, added_by=None).delete()


def copy_watchers(old: Ticket, new: Ticket, *, now: datetime) -> None:
    """A ticket that comes from another has its watchers from the beginning; whoever saves it saves the mark."""
    if not old.has_watchers:
        return
    rows = Watcher.objects.filter(ticket__in=queries.watched_through(old)).exclude(person=new.contact_id)
    people_ids = dict.fromkeys(rows.order_by("pk").values_list("person_id", flat=True))
    Watcher.objects.bulk_create(Watcher(ticket=new, person_id=pk, added_at=now) for pk in people_ids)
    new.has_watchers = bool(people_ids)


def _put_down(ticket: Ticket, name: str, person: Person, *, by: Actor, now: datetime) -> Entry:
    """Who of the staff follows a ticket is the staff's own affair."""
    facts = {"watcher": person.pk, "watcher_name": person.name}
    return put_down(ticket, name, by=by, at=now, is_internal=person.is_staff_member, facts=facts)
