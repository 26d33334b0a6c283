"""AMI beside the doors: what the switchboard says of its queues, and what the desk asks of it.

One connection to the manager interface, lost and made again for ever; after each the switchboard
is asked how things stand. Without it the desk works by the doors alone.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from typing import Any

from farol.phone.rules.ami import Heard, Message, Reader, TooMuch, heard, written

log = logging.getLogger(__name__)
SILENCE = 60.0
"""Seconds without a word after which the switchboard is asked whether it is there."""
FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0
ORDERS: dict[str, Callable[[dict[str, Any]], bytes]] = {
    "hang_up": lambda told: written("Hangup", Channel=told["channel"]),
    "hold": lambda told: written("MuteAudio", Channel=told["channel"], Direction="all", State="on"),
    "resume": lambda told: written("MuteAudio", Channel=told["channel"], Direction="all", State="off"),
    "mute": lambda told: written("MixMonitorMute", Channel=told["channel"], Direction="both", State="1"),
    "unmute": lambda told: written("MixMonitorMute", Channel=told["channel"], Direction="both", State="0"),
    "pause": lambda told: written(
        "QueuePause", Interface=told["extension"], Paused=told["paused"], Reason=told["reason"]
    ),
}


class Refused(Exception):
    """The switchboard does not know this user or secret."""


class Ear:
    """`tell` is called with each piece of news, in order."""

    def __init__(self, host: str, port: int, user: str, secret: str, tell: Callable[[Heard], None]) -> None:
        self.host, self.port, self._user, self._secret, self._tell = host, port, user, secret, tell
        self._writer: asyncio.StreamWriter | None = None
        self._channels: dict[str, str] = {}  # of each call that is heard of, to be spoken to

    async def run(self) -> None:
        """For ever."""
        wait = FIRST_WAIT
        while True:
            try:
                await self._talk()
            except (OSError, TooMuch, Refused) as trouble:
                log.warning("the switchboard's manager interface was lost: %s", trouble)
            wait = FIRST_WAIT if self._writer else min(wait * 2, LONGEST_WAIT)
            self._writer = None
            await asyncio.sleep(wait)

    def order(self, text: str) -> bool:
        """What the desk asks, as it was notified; answers whether it could be passed on."""
        try:
            told = json.loads(text)
            line = ORDERS[told["verb"]]({**told, "channel": self._channels.get(told.get("call", ""), "")})
        except (ValueError, KeyError, TypeError):
            return False
        if self._writer is None:
            return False
        self._writer.write(line)
        return True

    async def _talk(self) -> None:
        reader, writer = await asyncio.open_connection(self.host, self.port)
        try:
            writer.write(written("Login", Username=self._user, Secret=self._secret, Events="call,agent"))
            await self._hear(reader, writer)
        finally:
            self._channels.clear()
            writer.close()

    async def _hear(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        messages, has_asked = Reader(), False
        while True:
            try:
                data = await asyncio.wait_for(reader.read(65_536), SILENCE)
            except TimeoutError:
                if has_asked:
                    raise OSError("it fell silent") from None
                writer.write(written("Ping"))
                has_asked = True
                continue
            if not data:
                return
            has_asked = False
            for message in messages.feed(data):
                self._take(message, writer)

    def _take(self, message: Message, writer: asyncio.StreamWriter) -> None:
        if self._writer is None and message.get("Response") == "Error":
            raise Refused(message.get("Message", ""))
        if self._writer is None and message.get("Response") == "Success":
            self._writer = writer
            writer.write(written("QueueStatus"))
        key, channel = message.get("Uniqueid", ""), message.get("Channel", "")
        if key and channel:
            self._channels[key] = channel
        if news := heard(message):
            self._tell(news)
        if message.get("Event") == "Hangup":
            self._channels.pop(key, None)
