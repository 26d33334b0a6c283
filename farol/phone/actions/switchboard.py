"""What the switchboard says, as it is true here: who takes calls, at whom one rings, who speaks, who gave up."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from farol.kernel.actor import HOUSE
from farol.people.actions import presence
from farol.people.models import Person
from farol.people.queries import presence as people
from farol.people.rules.presence import PauseReason, Presence
from farol.phone.actions.calls import end_call
from farol.phone.actions.desk import CallGone, CallTaken, answer_call
from farol.phone.actions.sharing import say_changed
from farol.phone.models import Call
from farol.phone.queries import call_known_as
from farol.phone.queries import desk as calls
from farol.phone.rules.ami import Heard, Kind
from farol.tickets.rules.lifecycle import NotYoursToDo

PRESENCES = {Kind.PAUSED: Presence.PAUSED, Kind.AVAILABLE: Presence.AVAILABLE, Kind.GONE: Presence.OFF}


def take(news: Heard, *, now: datetime) -> None:
    """Told twice it changes nothing more; of calls and extensions that nobody here knows nothing is kept."""
    person = people.person_at(news.member)
    if news.kind in PRESENCES:
        if person:
            _present(person, news, now)
        return
    call = call_known_as(Call.Door.AGI, news.call) if news.call else None
    if call is None or call.ended_at:
        return
    if news.kind is Kind.ABANDONED:
        end_call(call.door, call.key, now=now, status="ABANDON")
    elif news.kind is Kind.COMPLETED:
        end_call(call.door, call.key, now=now, talked_seconds=news.seconds)
    elif person:
        _with_agent(call, person, news, now)


def _present(person: Person, news: Heard, now: datetime) -> None:
    known = {each.value for each in PauseReason}
    reason = PauseReason(news.reason) if news.reason in known else None
    presence.set_presence(person.pk, PRESENCES[news.kind], reason=reason, by=HOUSE, now=now)


@transaction.atomic
def _with_agent(call: Call, person: Person, news: Heard, now: datetime) -> None:
    at_hand = set(calls.rung(call.pk))
    if news.kind is Kind.RINGING:
        presence.ring(call.pk, at_hand | {person.pk})
        Call.objects.filter(pk=call.pk, state=Call.State.QUEUED).update(state=Call.State.RINGING)
    elif news.kind is Kind.NOT_ANSWERED:
        presence.ring(call.pk, at_hand - {person.pk})
    elif news.kind is Kind.CONNECTED:
        try:
            answer_call(call.pk, person=person, by=people.actor_on_the_phone(person), now=now)
        except (CallGone, CallTaken, NotYoursToDo):
            return
    say_changed(call.pk, at_hand | {person.pk})
