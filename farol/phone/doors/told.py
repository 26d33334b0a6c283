"""A call as its door tells it to the rest of the house: snapshots and steps, never with a PIN (R-028)."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from farol.phone.actions import Snapshot, StepLine
from farol.phone.models import Call
from farol.phone.script.machine import CODE, DOCUMENT, PIN, Heard, Kind, State, Turn
from farol.phone.script.prompts import file_of

HIDDEN = "••••"
STATES = {Kind.QUEUE: Call.State.QUEUED, Kind.PHONE: Call.State.QUEUED, Kind.END: Call.State.ENDED}


def shown(asked: str, heard: Heard, state: State) -> str:
    """The keys of an answer as a trace shows them; `state` is what came of it."""
    if asked == PIN:
        return HIDDEN
    if asked == DOCUMENT:
        return state.document
    if asked == CODE:  # a wrong one may be anything, even the PIN
        return state.code or (HIDDEN if heard.keys else "")
    return heard.keys[:1]


def tell_turn(call: Snapshot, number: int, asked: str, heard: Heard, state: State, turn: Turn, at: datetime) -> None:
    """The call is where this turn has brought it."""
    call.place, call.script = state.step, asdict(state)
    call.person_id, call.organization_id = state.person or None, state.organization or None
    call.document = state.document if not state.person else ""
    call.service, call.area = state.service, state.area
    call.steps.append(StepLine(number, at, asked, shown(asked, heard, state), file_of(turn.say)[:200]))
    if turn.route:
        call.route_kind, call.route_target = turn.route.kind, turn.route.target
        call.route_reason, call.routed_at = turn.route.reason, at
        call.state = STATES[turn.route.kind]
        if turn.route.kind is Kind.END:
            call.outcome, call.ended_at = Call.Outcome.CLOSED, at


def tell_end(call: Snapshot, at: datetime) -> None:
    """The caller hung up in the menus, or the switchboard went away."""
    if not call.route_kind:
        call.state, call.outcome, call.ended_at = Call.State.ENDED, Call.Outcome.UNFINISHED, at
