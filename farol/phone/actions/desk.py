"""What the desk does with a call: it rings at whoever may take it, somebody does, and there is a ticket (R-029)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from farol.kernel.actor import Actor
from farol.kernel.errors import Refusal, gettext_noop
from farol.people.actions import presence as people
from farol.people.models import Person
from farol.phone import queries
from farol.phone.actions.calls import end_call
from farol.phone.actions.opening import ticket_of_call
from farol.phone.actions.sharing import notify, say_changed, share_out
from farol.phone.models import Call
from farol.phone.queries import desk
from farol.tickets import actions as tickets
from farol.tickets.models import Ticket

ORDERS = "farol_switchboard"
"""Whoever speaks with the switchboard listens here: hang up, hold, lead to an extension."""


class CallGone(Refusal):
    code = "phone.call_gone"
    message = gettext_noop("Esta ligação já terminou.")
    remedy = gettext_noop("Se a pessoa desligou esperando, o retorno está nas pendências.")


class CallTaken(Refusal):
    """Somebody else was faster."""

    code = "phone.call_taken"
    message = gettext_noop("{name} já atendeu esta ligação.")
    remedy = gettext_noop("Nada mais a fazer nela.")


class BusyTalking(Refusal):
    code = "phone.busy_talking"
    message = gettext_noop("Você já está em uma ligação.")
    remedy = gettext_noop("Encerre a ligação atual antes de atender outra.")


@transaction.atomic
def answer_call(call_id: int, *, person: Person, by: Actor, now: datetime) -> Call:
    """The caller talks with this person, about a ticket: the one they have, or a new one (R-029).

    Raises CallGone, CallTaken or BusyTalking.
    """
    call = _held(call_id)
    if call.state == Call.State.TALKING and call.agent_id != person.pk and call.agent:
        raise CallTaken(name=call.agent.name)
    if call.agent_id == person.pk and call.answered_at:
        return call
    if Call.objects.filter(agent=person, state=Call.State.TALKING, ended_at=None).exists():
        raise BusyTalking
    call.agent, call.state, call.answered_at = person, Call.State.TALKING, now
    if call.ticket_id is None:
        call.ticket = _ticket(call, now)
    call.save(update_fields=["agent", "state", "answered_at", "ticket"])
    if call.ticket and call.ticket.assignee_id is None and not call.ticket.is_closed:
        tickets.assign_ticket(call.ticket.pk, to=person, by=by, now=now)
    heard = people.stop_ringing(call.pk)
    people.ring(call.pk, [person.pk])
    _order("answer", call, extension=person.extension)
    say_changed(call.pk, {*heard, person.pk})
    return call


@transaction.atomic
def pass_on(call_id: int, *, person: Person) -> None:
    """The call rings at others of the team, and not at this person again. Raises CallGone."""
    call = _held(call_id)
    if call.state == Call.State.TALKING:
        return
    call.passed_by = sorted({*call.passed_by, person.pk})
    call.save(update_fields=["passed_by"])
    left = [each for each in desk.rung(call.pk) if each != person.pk]
    people.ring(call.pk, left)
    if not left:
        Call.objects.filter(pk=call.pk).update(state=Call.State.QUEUED)
    say_changed(call.pk, {person.pk, *left})
    transaction.on_commit(share_out)


@transaction.atomic
def hold_call(call_id: int, *, person: Person, now: datetime) -> Call:
    """The caller hears music, or hears the person again. Raises CallGone."""
    call = _own(call_id, person)
    call.held_at = None if call.held_at else now
    call.save(update_fields=["held_at"])
    _order("hold" if call.held_at else "resume", call)
    say_changed(call.pk, [person.pk])
    return call


@transaction.atomic
def hang_up(call_id: int, *, person: Person, now: datetime) -> Call:
    """The conversation is over. Raises CallGone."""
    call = _own(call_id, person)
    _order("hang_up", call)
    return end_call(call.door, call.key, now=now) or call


def _order(verb: str, call: Call, **facts: str) -> None:
    if call.door == Call.Door.AGI:
        notify(ORDERS, {"verb": verb, "call": call.key, **facts})


def _held(call_id: int) -> Call:
    call = queries.calls().select_for_update(of=("self",)).filter(pk=call_id).first()
    if call is None or call.ended_at:
        raise CallGone
    return call


def _own(call_id: int, person: Person) -> Call:
    call = _held(call_id)
    if call.agent_id != person.pk:
        raise CallGone
    return call


def _ticket(call: Call, now: datetime) -> Ticket | None:
    if call.person_id is None:
        return None
    area = call.area.code if call.area else ""
    return ticket_of_call(call.person_id, service=call.service, area=area, number=call.caller, now=now)
