"""The customer's environment: attempts, authorised access, copies that end, remote sessions (R-080 to R-083)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from farol.catalog.models import Tool
from farol.contracts import queries as contracts
from farol.contracts.rules.prices import Sold
from farol.journal.models import Entry
from farol.kernel.actor import HOUSE, Actor
from farol.kernel.errors import FieldsRefused, gettext_noop
from farol.tickets import queries
from farol.tickets.actions import tasks
from farol.tickets.actions.conversation import announced, wait
from farol.tickets.actions.locking import locked, put_down
from farol.tickets.models import DatabaseCopy, RemoteSession, Ticket
from farol.tickets.rules import environment, opening, work
from farol.tickets.rules.environment import Asker, AttemptMissing, CopyDeleted, CopyNotFound
from farol.tickets.rules.lifecycle import NotYoursToDo, State, refuse_closed
from farol.tickets.rules.tasks import TaskKind
from farol.tickets.rules.windows import Asked, day_of

LONGEST = 300


@transaction.atomic
def record_attempt(
    number: int, *, steps: str, reproduced: bool, by: Actor, now: datetime, seen: int | None = None
) -> Entry:
    """What was tried in our own environment, and whether the problem showed, is on record (R-080)."""
    steps = opening.text(steps, field="steps", missing=gettext_noop("Conte o que foi tentado e em qual ambiente."))
    ticket = _staffs(number, by=by, now=now, seen=seen)
    facts = {"reproduced": reproduced}
    return put_down(ticket, "reproduction_tried", by=by, at=now, body=steps, facts=facts)


@transaction.atomic
def ask_database(
    number: int,
    *,
    body: str,
    scope: str,
    valid_until: date,
    by: Actor,
    now: datetime,
    attachments: Sequence[int] = (),
    seen: int | None = None,
) -> Ticket:
    """The customer is asked for access with its scope and validity, and for the charge on condition, in one (R-080).

    Raises AttemptMissing while no failed reproduction is on record, PriceMissing, FieldsRefused.
    """
    body = opening.text(body, missing=gettext_noop("Diga por que a base do cliente é necessária."))
    scope = opening.text(scope, field="scope", missing=gettext_noop("Diga o que será visto na base."))[:LONGEST]
    environment.refuse_validity(valid_until, today=day_of(now))
    terms = announced(Sold.CONSULTING, now=now, is_conditional=True)
    ticket = _staffs(number, by=by, now=now, seen=seen)
    if not queries.has_failed_attempt(ticket):
        raise AttemptMissing
    statement = {**terms, "access": {"scope": scope, "valid_until": valid_until.isoformat()}}
    wait(ticket, Asked.AUTHORIZATION, body=body, by=by, now=now, attachments=attachments, statement=statement)
    return ticket


@transaction.atomic
def access_database(number: int, *, purpose: str, by: Actor, now: datetime, seen: int | None = None) -> Entry:
    """That somebody looked at the customer's database, and why, is on record for the customer too (R-080).

    Raises AttemptMissing, AccessNotAuthorized or AccessExpired, whichever is missing first.
    """
    purpose = opening.text(purpose, field="purpose", missing=gettext_noop("Diga o que será feito na base."))
    ticket = _staffs(number, by=by, now=now, seen=seen)
    _authorised_until(ticket, today=day_of(now))
    return put_down(ticket, "database_accessed", by=by, at=now, body=purpose)


@transaction.atomic
def copy_database(
    number: int, *, name: str, expires_on: date, by: Actor, now: datetime, seen: int | None = None
) -> DatabaseCopy:
    """A copy of the customer's data exists, and the day it must be gone is set (R-083)."""
    name = opening.text(name, field="name", missing=gettext_noop("Diga qual é a cópia e onde ela está."))[:LONGEST]
    ticket = _staffs(number, by=by, now=now, seen=seen)
    until = _authorised_until(ticket, today=day_of(now))
    environment.refuse_expiry(expires_on, authorised_until=until, today=day_of(now))
    copy = DatabaseCopy.objects.create(
        ticket=ticket, name=name, made_by_id=by.person_id, made_at=now, expires_on=expires_on
    )
    facts = {"copy": copy.pk, "last_day": expires_on.isoformat()}
    put_down(ticket, "database_copied", by=by, at=now, body=name, facts=facts)
    return copy


@transaction.atomic
def delete_copy(copy_id: int, *, proof: str, by: Actor, now: datetime) -> DatabaseCopy:
    """The copy is gone, and how that was made sure of is on record, on a closed ticket too (R-083)."""
    if not by.is_staff:
        raise NotYoursToDo
    proof = opening.text(proof, field="proof", missing=gettext_noop("Diga como a exclusão foi comprovada."))
    known = DatabaseCopy.objects.filter(pk=copy_id).first()
    if known is None:
        raise CopyNotFound
    ticket = Ticket.objects.select_for_update().get(pk=known.ticket_id)
    copy = DatabaseCopy.objects.get(pk=copy_id)
    if copy.deleted_at:
        raise CopyDeleted
    copy.deleted_at, copy.deleted_by_id, copy.proof = now, by.person_id, proof[:LONGEST]
    copy.save(update_fields=["deleted_at", "deleted_by", "proof"])
    facts = {"copy": copy.pk, "name": copy.name}
    put_down(ticket, "database_copy_deleted", by=by, at=now, body=proof, facts=facts, is_only_said=True)
    tasks.answered(ticket, TaskKind.COPY, outcome=proof, by=by, now=now)
    return copy


@transaction.atomic
def miss_deletion(copy_id: int, *, now: datetime) -> bool:
    """A copy outlived its day: somebody has to delete it (R-083). Safe to repeat."""
    copy = DatabaseCopy.objects.get(pk=copy_id)
    if copy.deleted_at or copy.expires_on >= day_of(now):
        return False
    tasks.raise_task(copy.ticket_id, kind=TaskKind.COPY, source=f"copy:{copy.pk}", now=now, words=copy.name, by=HOUSE)
    copy.reported_at = now
    copy.save(update_fields=["reported_at"])
    return True


@transaction.atomic
def announce_preparation(number: int, *, tool: Tool, by: Actor, now: datetime, seen: int | None = None) -> Entry:
    """The customer is told, before, that preparing for this tool is charged, and at what price (R-082)."""
    price = contracts.price_of(Sold.PREPARATION, on=day_of(now))
    ticket = _staffs(number, by=by, now=now, seen=seen)
    facts = {"tool": tool.pk, "tool_name": tool.name, "price": price.kept()}
    return put_down(ticket, "preparation_announced", by=by, at=now, facts=facts)


@transaction.atomic
def log_session(
    number: int,
    *,
    tool: Tool,
    asked_by: Asker,
    started_at: datetime,
    ended_at: datetime,
    by: Actor,
    now: datetime,
    preparation_minutes: int = 0,
    seen: int | None = None,
) -> RemoteSession:
    """Tool, approved or not, who asked, from when to when; preparation is billed if it was announced before (R-082)."""
    work.minutes_of(started_at, ended_at, now=now)
    if not 0 <= preparation_minutes <= 24 * 60:
        raise FieldsRefused({"preparation_minutes": [gettext_noop("O preparo vai de zero a 24 horas.")]})
    ticket = _staffs(number, by=by, now=now, seen=seen)
    told = queries.preparation_announced(ticket, tool.pk, before=started_at)
    session = RemoteSession.objects.create(
        ticket=ticket,
        tool=tool,
        is_approved=tool.is_approved,
        asked_by=asked_by,
        analyst_id=by.person_id,
        started_at=started_at,
        ended_at=ended_at,
        preparation_minutes=preparation_minutes,
        is_billed=environment.is_preparation_billed(
            is_approved=tool.is_approved, was_told=told, minutes=preparation_minutes
        ),
    )
    facts = {"session": session.pk, "tool_name": tool.name, "is_approved": tool.is_approved, "asked_by": asked_by}
    facts |= {"preparation_minutes": preparation_minutes if session.is_billed else 0}
    put_down(ticket, "session_logged", by=by, at=now, facts=facts)
    return session


def _staffs(number: int, *, by: Actor, now: datetime, seen: int | None) -> Ticket:
    ticket = locked(number, by=by, now=now, seen=seen)
    refuse_closed(State(ticket.state))
    if not by.is_staff:
        raise NotYoursToDo
    return ticket


def _authorised_until(ticket: Ticket, *, today: date) -> date:
    until = queries.authorised_until(ticket)
    environment.refuse_access(has_attempt=queries.has_failed_attempt(ticket), authorised_until=until, today=today)
    assert until is not None
    return until
