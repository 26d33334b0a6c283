"""The FastAGI server: who may connect, which scripts there are, and nothing a stranger sends stops the next call."""

from __future__ import annotations

import asyncio
import hmac
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from ipaddress import IPv4Network, IPv6Network, ip_address
from pathlib import Path

from farol.phone.actions import end_call, note_hops, score
from farol.phone.doors.conversation import SILENCE_MS, Conversation, House
from farol.phone.doors.guarded import Aside, NoAnswer
from farol.phone.doors.ledger import Ledger
from farol.phone.doors.protocol import LONGEST_LINE, Channel, Gone, NotAsterisk, quoted
from farol.phone.models import Call
from farol.phone.queries import Book, book, book_without_database
from farol.phone.rules.hops import read as hops_told

log = logging.getLogger(__name__)
MOST = 3_000
GRACE = 1.0
"""Seconds in which calls may end by themselves when we stop."""
LOOK = 2.0
"""Seconds between two looks at whether menus or hours have changed."""

CUT_OFF = frozenset({"3", "27", "31", "38", "41", "42", "44", "47", "102", "127"})
"""Why a line ends (Q.850) when neither side has hung up: no route, out of order, failure, congestion."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Who may connect, and with what."""

    peers: Sequence[IPv4Network | IPv6Network] = ()
    secret: str = ""
    is_trying: bool = False
    sounds: str = "ura"


class Switchboard:
    def __init__(self, terms: Terms, spool: Path) -> None:
        self.terms = terms
        self.aside = Aside()
        self.ledger = Ledger(spool)
        self.book: Book = book_without_database()
        self.house = House(self.aside, self.ledger, lambda: self.book, terms.sounds, terms.is_trying)
        self._talking: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self._looking: asyncio.Task[None] | None = None

    async def start(self, address: str, port: int) -> int:
        """Answers the port that it listens on."""
        await self._look()
        self.ledger.start()
        self._looking = asyncio.create_task(self._keep_looking())
        self._server = await asyncio.start_server(self._met, address, port, limit=LONGEST_LINE, backlog=2_048)
        return int(self._server.sockets[0].getsockname()[1])

    async def stop(self) -> None:
        if self._server:
            self._server.close()
        if self._talking:
            await asyncio.wait(self._talking, timeout=GRACE)
        for task in (*self._talking, *([self._looking] if self._looking else [])):
            task.cancel()
        await asyncio.gather(*self._talking, return_exceptions=True)
        await self.ledger.stop()
        self.aside.stop()

    async def _met(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._talking.add(task)
        try:
            if len(self._talking) <= MOST and self._is_peer(writer):
                await self._serve(Channel(reader, writer))
        except (Gone, NotAsterisk, ConnectionError):
            pass
        except asyncio.CancelledError:  # we stop; the dialplan goes on by itself
            pass
        except Exception:
            log.exception("a call broke off by a mistake of ours")
        finally:
            self._talking.discard(task)
            writer.close()

    async def _serve(self, channel: Channel) -> None:
        said = await channel.introduction()
        if not self._is_welcome(said):
            log.warning("a FastAGI request without the secret, or with a test's arguments, was refused")
            return
        script = said.get("agi_network_script", "").partition("?")[0].strip("/")
        if script == "ura":
            await Conversation(channel, said, self.house).run()
        elif script == "pesquisa":
            await self._survey(channel, said)
        elif script == "fim-de-chamada":
            await self._ended(channel, said)

    def _is_peer(self, writer: asyncio.StreamWriter) -> bool:
        peer = ip_address(str(writer.get_extra_info("peername")[0]).partition("%")[0])
        return peer.is_loopback or any(peer in network for network in self.terms.peers)

    def _is_welcome(self, said: dict[str, str]) -> bool:
        """Before anything is looked up. The arguments of a test are refused where nobody is trying anything."""
        told, secret = said.get("agi_arg_3", "").encode(), self.terms.secret.encode()
        if secret and not hmac.compare_digest(told, secret):
            return False
        return self.terms.is_trying or not (said.get("agi_arg_1") or said.get("agi_arg_2"))

    async def _survey(self, channel: Channel, said: dict[str, str]) -> None:
        """One key, from 1 to 5; whoever presses nothing is left alone."""
        sounds = self.terms.sounds
        reply = await channel.command(f"GET DATA {quoted(sounds + '/pesquisa')} {SILENCE_MS} 1")
        if reply.result in {"1", "2", "3", "4", "5"}:
            key, given = said.get("agi_uniqueid", "")[:64], int(reply.result)
            self.ledger.later(partial(score, Call.Door.AGI, key, given))
            await channel.command(f'STREAM FILE {quoted(sounds + "/obrigado")} ""')

    async def _ended(self, channel: Channel, said: dict[str, str]) -> None:
        """What the switchboard knows at the end: why the queue let go, how long they talked, the recording's name."""
        dialled = await _variable(channel, "DIALSTATUS")
        status = await _variable(channel, "QUEUESTATUS") or dialled
        seconds = await _variable(channel, "ANSWEREDTIME")
        cause = await _variable(channel, "HANGUPCAUSE")
        recording = await _variable(channel, "GRAVACAO") or await _variable(channel, "MIXMONITOR_FILENAME")
        key = said.get("agi_uniqueid", "")[:64]
        if told := hops_told(await _variable(channel, "SALTOS"), last=dialled):
            self.ledger.later(partial(note_hops, Call.Door.AGI, key, told))
        self.ledger.later(
            partial(
                end_call,
                Call.Door.AGI,
                key,
                now=datetime.now(UTC),
                status=status.upper()[:20],
                talked_seconds=int(seconds[:6]) if seconds.isascii() and seconds.isdigit() else 0,
                recording=recording,
                is_cut_off=cause in CUT_OFF,
            )
        )

    async def _keep_looking(self) -> None:
        while True:
            await asyncio.sleep(LOOK)
            await self._look()

    async def _look(self) -> None:
        try:
            self.book = await self.aside.ask(lambda: book(datetime.now(UTC)))
        except NoAnswer:
            pass  # what was read last still holds
        except Exception:
            log.exception("the telephone's menus could not be read; the last ones still hold")


async def _variable(channel: Channel, name: str) -> str:
    return (await channel.command(f"GET VARIABLE {name}")).note
