"""One request of a carrier: the call goes one turn on, once, however often the request is repeated."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from farol.kernel.errors import Refusal, gettext_noop
from farol.phone import queries
from farol.phone.actions import Lookups, Snapshot, carry, first_hop, ticket_of_call
from farol.phone.doors.told import tell_turn
from farol.phone.models import Call
from farol.phone.script.hours import Holiday
from farol.phone.script.machine import DONE, Heard, Kind, State, Turn, begin, hear
from farol.phone.script.menus import Menus


class NoSuchTurn(Refusal):
    """Of a call that never began, or of a question that was not asked yet."""

    code = "phone.no_such_turn"
    message = gettext_noop("Esta ligação não está neste ponto.")


@dataclass(frozen=True, slots=True)
class Request:
    """What the carrier tells. `number` is the turn that it asks for; 0 begins the call."""

    key: str
    number: int
    heard: Heard
    caller: str
    dialled: str
    language: str
    now: datetime
    holiday: Holiday = Holiday.NONE


Write = Callable[[Turn, int, str], str]
"""A turn, the number of its ticket if it has one, and the on-call telephone, as a document."""


def answered(request: Request, write: Write) -> str:
    """The document for this turn, the same when it is asked for again. Raises NoSuchTurn."""
    with carry(Call.Door.TWIML, request.key, begins=request.number == 0, begun=_begun(request)) as carried:
        if carried is None:
            raise NoSuchTurn
        if kept := queries.answer_given(carried.call, request.number):
            return kept.document
        if request.number != carried.turns:
            raise NoSuchTurn
        book = queries.book(carried.call.started_at)
        port = Lookups(book, number=carried.call.caller, now=request.now, holiday=request.holiday)
        if request.number == 0:
            state, turn = begin(book.menus)
            asked = ""
        else:
            state = State(**carried.call.script)
            if state.step == DONE:
                raise NoSuchTurn
            asked = state.step
            turn = hear(state, request.heard, book.menus, port)
        snapshot = _snapshot(carried.call)
        snapshot.menus_id = book.version_id
        tell_turn(snapshot, request.number, asked, request.heard, state, turn, request.now)
        snapshot.ticket_id = _ticket(state, turn, request, services=book.menus.services.keys())
        document = write(turn, snapshot.ticket_id or 0, _on_call(carried.call, state, turn, book.menus, request.now))
        carried.keep(snapshot, request.number, document)
        return document


def _ticket(state: State, turn: Turn, request: Request, *, services: Collection[str]) -> int | None:
    """Opened or joined before the call waits (R-029)."""
    if not state.person or turn.route is None or turn.route.kind is Kind.END:
        return None
    target = turn.route.target
    service = target if target in services else state.service
    ticket = ticket_of_call(state.person, service=service, area=state.area, number=request.caller, now=request.now)
    return ticket.pk if ticket else None


def _on_call(call: Call, state: State, turn: Turn, menus: Menus, now: datetime) -> str:
    """The telephone of whoever is on call, if a roster names one; that it rings is on record (R-121)."""
    if turn.route is None or turn.route.kind is not Kind.PHONE:
        return ""
    chain = queries.on_call_chain(menus, turn.route.target, state.organization, at=now)
    return first_hop(call, chain, now=now).telephone


def _begun(request: Request) -> dict[str, object]:
    return {
        "caller": request.caller,
        "dialled": request.dialled,
        "language": request.language,
        "started_at": request.now,
    }


def _snapshot(call: Call) -> Snapshot:
    return Snapshot(
        door=call.door,
        key=call.key,
        started_at=call.started_at,
        caller=call.caller,
        dialled=call.dialled,
        language=call.language,
        id=call.pk,
        menus_id=call.menus_id,
    )
