"""Asterisk's side of a FastAGI connection: what it says of the call, then one command and one answer at a time."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass

LONGEST_LINE = 4_096
MOST_LINES = 100
INTRODUCTION = 5.0
"""Seconds in which a peer has told who it is, or is none of ours."""
ANSWER = 150.0
"""Seconds for one command: a question of a minute, its timeout, and slow fingers."""
SAID = re.compile(r"^(agi_[a-z0-9_]+): ?(.*)$")
REPLY = re.compile(r"^200 result=(\S*)(?: \((.*)\))?(?: .*)?$")


class Gone(Exception):
    """The caller has hung up, or the switchboard is away."""


class NotAsterisk(Exception):
    """The peer speaks something else."""


@dataclass(frozen=True, slots=True)
class Reply:
    result: str
    note: str = ""

    def __repr__(self) -> str:
        return "Reply(…)"  # it may be a PIN


class Channel:
    """One call of one switchboard."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def introduction(self) -> dict[str, str]:
        """Raises NotAsterisk or Gone."""
        try:
            return await asyncio.wait_for(self._introduction(), INTRODUCTION)
        except TimeoutError:
            raise NotAsterisk from None

    async def command(self, text: str) -> Reply:
        """Raises Gone when there is nobody to answer, NotAsterisk when the answer is none."""
        try:
            self._writer.write(text.encode() + b"\n")
            return await asyncio.wait_for(self._reply(), ANSWER)
        except (ConnectionError, TimeoutError):
            raise Gone from None

    async def _introduction(self) -> dict[str, str]:
        said: dict[str, str] = {}
        for _ in range(MOST_LINES):
            line = await self._line()
            if not line:
                return said
            if not (found := SAID.match(line)):
                raise NotAsterisk
            said[found[1]] = found[2].strip()[:200]
        raise NotAsterisk

    async def _reply(self) -> Reply:
        while True:
            line = await self._line()
            if line == "HANGUP":  # said beside the answers; the next command that needs the caller fails
                continue
            if line.startswith("511"):
                raise Gone
            if not (found := REPLY.match(line)):
                raise NotAsterisk
            if found[1] == "-1":
                raise Gone
            return Reply(found[1], found[2] or "")

    async def _line(self) -> str:
        try:
            line = await self._reader.readuntil(b"\n")
        except (asyncio.IncompleteReadError, ConnectionError):
            raise Gone from None
        except (asyncio.LimitOverrunError, ValueError):
            raise NotAsterisk from None
        return line.decode("utf-8", "replace").rstrip("\r\n")


def quoted(text: str) -> str:
    return '"' + re.sub(r'["\\\r\n\x00]', "", text) + '"'
