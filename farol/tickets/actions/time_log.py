"""The analyst's time on a ticket: counted, logged, corrected by another entry (R-054)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from farol.kernel.actor import Actor
from farol.kernel.errors import gettext_noop
from farol.people import actions as people
from farol.people import queries as persons
from farol.tickets import queries
from farol.tickets.actions import charges
from farol.tickets.actions.locking import locked, put_down
from farol.tickets.models import Ticket, Timer, WorkEntry
from farol.tickets.rules import opening, work
from farol.tickets.rules.lifecycle import NotYoursToDo, State, refuse_closed
from farol.tickets.rules.opening import TicketNotFound
from farol.tickets.rules.work import AlreadyCorrected, EntriesOverlap, EntryNotFound, NotYourEntry

ACTIVITY = gettext_noop("Diga o que foi feito.")
WHY = gettext_noop("Diga por que o apontamento é corrigido.")


@transaction.atomic
def log_work(
    number: int,
    *,
    started_at: datetime,
    ended_at: datetime,
    activity: str,
    is_billable: bool,
    by: Actor,
    now: datetime,
    reason: str = "",
    seen: int | None = None,
) -> WorkEntry:
    """The analyst's time on the ticket is on record, and on the bill if they say so (R-054).

    Billable time on consulting begins after the customer agreed to the charge (R-090). Their timer begins anew.

    Raises ChargeNotAuthorized, EntriesOverlap when the analyst was elsewhere, FieldsRefused, TicketClosed.
    """
    minutes = work.minutes_of(started_at, ended_at, now=now)
    activity = opening.text(activity, field="activity", missing=ACTIVITY)[:200]
    ticket = locked(number, by=by, now=now, seen=seen)
    _staff_only(by, ticket)
    if is_billable:
        charges.refuse_unauthorized(ticket, started_at)
    _refuse_overlap(by.person_id, started_at, ended_at)
    entry = WorkEntry.objects.create(
        ticket=ticket,
        analyst_id=by.person_id,
        started_at=started_at,
        ended_at=ended_at,
        minutes=minutes,
        activity=activity,
        is_billable=is_billable,
        reason=reason.strip()[:200],
    )
    Timer.objects.filter(person=by.person_id, ticket=ticket).delete()
    facts = {"work_entry": entry.pk, "minutes": minutes, "activity": activity, "is_billable": is_billable}
    put_down(ticket, "work_logged", by=by, at=now, is_internal=True, facts=facts)
    return entry


@transaction.atomic
def correct_work(
    number: int,
    entry_id: int,
    *,
    started_at: datetime,
    ended_at: datetime,
    activity: str,
    is_billable: bool,
    why: str,
    by: Actor,
    now: datetime,
    reason: str = "",
    seen: int | None = None,
) -> WorkEntry:
    """Another entry counts instead of this one, which stays on record as it was (R-054).

    Raises EntryNotFound, AlreadyCorrected, NotYourEntry, ChargeNotAuthorized, EntriesOverlap, FieldsRefused or
    TicketClosed.
    """
    why = opening.text(why, field="why", missing=WHY)
    minutes = work.minutes_of(started_at, ended_at, now=now)
    activity = opening.text(activity, field="activity", missing=ACTIVITY)[:200]
    ticket = locked(number, by=by, now=now, seen=seen)
    old = _correctable(ticket, entry_id, by)
    if is_billable:
        charges.refuse_unauthorized(ticket, started_at)
    _refuse_overlap(old.analyst_id, started_at, ended_at, except_for=old.pk)
    new = WorkEntry(
        started_at=started_at,
        ended_at=ended_at,
        minutes=minutes,
        activity=activity,
        is_billable=is_billable,
        reason=reason.strip()[:200],
    )
    return _put_instead(ticket, old, new, why, by=by, now=now)


@transaction.atomic
def withdraw_work(
    number: int, entry_id: int, *, why: str, by: Actor, now: datetime, seen: int | None = None
) -> WorkEntry:
    """The entry does not count any more; an empty one that says why stands instead (R-054).

    Raises EntryNotFound, AlreadyCorrected, NotYourEntry, FieldsRefused, TicketClosed.
    """
    why = opening.text(why, field="why", missing=WHY)
    ticket = locked(number, by=by, now=now, seen=seen)
    old = _correctable(ticket, entry_id, by)
    new = WorkEntry(
        started_at=old.started_at, ended_at=old.started_at, minutes=0, activity=old.activity, is_billable=False
    )
    return _put_instead(ticket, old, new, why, by=by, now=now)


@transaction.atomic
def count_time(number: int, seconds: int, *, by: Actor, now: datetime) -> Timer:
    """The person's timer on the ticket has gone on by what a page counted, as far as that is possible."""
    ticket = queries.visible_to(by).filter(pk=number).first()
    if ticket is None:
        raise TicketNotFound
    _staff_only(by, ticket)
    queries.refuse_onlookers(by)
    people.hold_person(by.person_id)
    timer = Timer.objects.filter(person=by.person_id, ticket=ticket).first()
    if timer is None:
        timer = Timer(person_id=by.person_id, ticket=ticket, seconds=0)
    since = timer.updated_at if timer.pk else None
    timer.seconds += work.counted(seconds, since=since, now=now)
    timer.updated_at = now
    if timer.pk or timer.seconds:
        timer.save()
    return timer


def _correctable(ticket: Ticket, entry_id: int, by: Actor) -> WorkEntry:
    _staff_only(by, ticket)
    old = WorkEntry.objects.filter(pk=entry_id, ticket=ticket).first()
    if old is None:
        raise EntryNotFound
    if old.is_corrected or not old.minutes:
        raise AlreadyCorrected
    if old.analyst_id != by.person_id and not by.is_manager:
        raise NotYourEntry(name=persons.people_by_id([old.analyst_id])[old.analyst_id].name)
    return old


def _put_instead(ticket: Ticket, old: WorkEntry, new: WorkEntry, why: str, *, by: Actor, now: datetime) -> WorkEntry:
    """The old row only learns that it is corrected: then its time is free for the new one."""
    old.is_corrected = True
    old.save(update_fields=["is_corrected"])
    new.ticket, new.analyst_id, new.corrects = ticket, old.analyst_id, old
    new.save(force_insert=True)
    facts = {
        "work_entry": new.pk,
        "corrects": old.pk,
        "minutes": [old.minutes, new.minutes],
        "billable": [old.is_billable, new.is_billable],
        "activity": new.activity,
        "analyst": new.analyst_id,
    }
    put_down(ticket, "work_corrected", by=by, at=now, body=why, is_internal=True, facts=facts)
    return new


def _staff_only(by: Actor, ticket: Ticket) -> None:
    refuse_closed(State(ticket.state))
    if not by.is_staff:
        raise NotYoursToDo


def _refuse_overlap(analyst_id: int, started_at: datetime, ended_at: datetime, *, except_for: int = 0) -> None:
    """Two entries at once of one analyst wait for each other at the analyst's row."""
    people.hold_person(analyst_id)
    if other := queries.worked_between(analyst_id, started_at, ended_at).exclude(pk=except_for).first():
        raise EntriesOverlap(number=other.ticket_id)
