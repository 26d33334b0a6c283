"""One call over FastAGI, from the greeting to the variables that the dialplan goes on by."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from zoneinfo import ZoneInfo

from farol.hours.rules import SAO_PAULO
from farol.phone.actions import Lookups, Snapshot, ticket_of_call
from farol.phone.doors import told
from farol.phone.doors.guarded import Aside, NoAnswer
from farol.phone.doors.ledger import Ledger
from farol.phone.doors.protocol import Channel, quoted
from farol.phone.models import Call
from farol.phone.queries import Book
from farol.phone.script.hours import Holiday
from farol.phone.script.machine import Ask, Heard, Kind, State, Turn, begin, hear, needs_look_up, way_on
from farol.phone.script.prompts import file_of
from farol.tickets.models import Ticket

SILENCE_MS = 6_000
MOST_TURNS = 100
NUMBER = re.compile(r"[^0-9+*#]")
LANGUAGES = {"en": "en", "es": "es"}


@dataclass(frozen=True, slots=True)
class House:
    """What every conversation shares."""

    aside: Aside
    ledger: Ledger
    book: Callable[[], Book]
    sounds: str
    is_trying: bool


class Conversation:
    def __init__(self, channel: Channel, said: dict[str, str], house: House) -> None:
        self.channel, self.house = channel, house
        self.book = house.book()
        self.instant, self.holiday = _tried(said) if house.is_trying else (None, Holiday.NONE)
        self.call = Snapshot(
            door=Call.Door.AGI,
            key=said.get("agi_uniqueid", "")[:64],
            started_at=datetime.now(UTC),
            caller=number_of(said.get("agi_callerid", "")),
            dialled=number_of(said.get("agi_dnid", "") or said.get("agi_extension", "")),
            language=LANGUAGES.get(said.get("agi_language", "")[:2], "pt-br"),
            menus_id=self.book.version_id,
        )

    @property
    def now(self) -> datetime:
        return self.instant or datetime.now(UTC)

    async def run(self) -> None:
        state, turn = begin(self.book.menus)
        self._tell(0, "", Heard(), state, turn)
        try:
            for number in range(1, MOST_TURNS):
                if turn.ask is None:
                    break
                asked, heard = state.step, await self._ask(turn, turn.ask)
                state, turn = await self._turned(state, heard)
                self._tell(number, asked, heard, state, turn)
            await self._lead(state, turn)
        finally:
            told.tell_end(self.call, datetime.now(UTC))
            self.house.ledger.note(self.call)

    async def _ask(self, turn: Turn, ask: Ask) -> Heard:
        reply = await self.channel.command(f"GET DATA {self._file(turn)} {SILENCE_MS} {ask.most}")
        return Heard(reply.result[:40], is_ended=reply.note != "timeout")

    async def _turned(self, state: State, heard: Heard) -> tuple[State, Turn]:
        """The next turn; what must be looked up is, on a copy of the state, and people take over if it cannot be."""
        after = replace(state, trail=list(state.trail))
        port = Lookups(self.book, number=self.call.caller, now=self.now, holiday=self.holiday)
        turned = partial(hear, after, heard, self.book.menus, port)
        if not needs_look_up(state, heard, self.book.menus):
            return after, turned()
        try:
            return after, await self.house.aside.ask(turned)
        except NoAnswer:
            given_up = replace(state, trail=[])
            return given_up, way_on(given_up)

    async def _lead(self, state: State, turn: Turn) -> None:
        """The dialplan knows where the call goes before the caller is told: if we are cut off now, it still goes."""
        if turn.route is None:
            return
        await self._set("ROTA_ALVO", turn.route.target)
        await self._set("ROTA_MOTIVO", turn.route.reason)
        await self._set("ROTA_TIPO", turn.route.kind)
        number = await self._ticket(state, turn)
        if number:
            await self._set("CHAMADO", str(number))
        await self.channel.command(f'STREAM FILE {self._file(turn)} ""')
        if number:
            await self.channel.command(f'STREAM FILE {quoted(f"{self.house.sounds}/chamado")} ""')
            await self.channel.command(f'SAY DIGITS {number} ""')

    async def _ticket(self, state: State, turn: Turn) -> int:
        """Opened or joined; if that takes too long it is linked when it is there, and the call goes on (R-029)."""
        if not state.person or turn.route is None or turn.route.kind is Kind.END:
            return 0
        target = turn.route.target
        asked = self.house.aside.begin(
            partial(
                ticket_of_call,
                state.person,
                service=target if target in self.book.menus.services else state.service,
                area=state.area,
                number=self.call.caller,
                now=self.now,
            )
        )
        try:
            ticket = await self.house.aside.wait_for(asked)
        except NoAnswer:
            asked.add_done_callback(self._linked)
            return 0
        return self._link(ticket)

    def _linked(self, asked: Future[Ticket | None]) -> None:
        if not asked.cancelled() and asked.exception() is None:
            self._link(asked.result())

    def _link(self, ticket: Ticket | None) -> int:
        self.call.ticket_id = ticket.pk if ticket else None
        self.house.ledger.note(self.call)
        return self.call.ticket_id or 0

    async def _set(self, name: str, value: str) -> None:
        await self.channel.command(f"SET VARIABLE {name} {quoted(value)}")

    def _file(self, turn: Turn) -> str:
        return quoted(f"{self.house.sounds}/{file_of(turn.say)}")

    def _tell(self, number: int, asked: str, heard: Heard, state: State, turn: Turn) -> None:
        told.tell_turn(self.call, number, asked, heard, state, turn, datetime.now(UTC))
        self.house.ledger.note(self.call)


def number_of(text: str) -> str:
    """Who calls; a hidden number is none."""
    return NUMBER.sub("", text)[:32]


def _tried(said: dict[str, str]) -> tuple[datetime | None, Holiday]:
    return instant_of(said.get("agi_arg_1", "")), holiday_of(said.get("agi_arg_2", ""))


def holiday_of(text: str) -> Holiday:
    return Holiday(text) if text in set(Holiday) else Holiday.NONE


def instant_of(text: str) -> datetime | None:
    """An instant that a test gives, by the clock of the house. Unreadable, it is none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(SAO_PAULO))
