"""What an Asterisk says of its queues by AMI, and what it is asked for (its manager interface, port 5038).

>>> reader = Reader()
>>> reader.feed(b"Event: AgentConnect\\r\\nUniqueid: 17.1\\r\\nInterface: PJSIP/2001\\r\\n")
[]
>>> [message] = reader.feed(b"Queue: suporte-folha\\r\\nHoldTime: 42\\r\\n\\r\\n")
>>> news = heard(message)
>>> news.kind, news.call, news.member, news.seconds
(<Kind.CONNECTED: 'connected'>, '17.1', 'PJSIP/2001', 42)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

LONGEST_LINE = 4_096
MOST_LINES = 200
END = b"\r\n"

Message = dict[str, str]


class TooMuch(ValueError):
    """Whoever speaks here is no Asterisk, or one gone mad."""


class Kind(StrEnum):
    QUEUED = "queued"
    RINGING = "ringing"
    NOT_ANSWERED = "not_answered"
    CONNECTED = "connected"
    COMPLETED = "completed"
    ABANDONED = "abandoned"
    PAUSED = "paused"
    AVAILABLE = "available"
    GONE = "gone"  # the agent's telephone is unreachable or left its queue
    HUNG_UP = "hung_up"


@dataclass(frozen=True, slots=True)
class Heard:
    """One piece of news of the switchboard, of a call or of an agent."""

    kind: Kind
    call: str = ""  # the caller's channel, by its Uniqueid
    queue: str = ""
    member: str = ""
    reason: str = ""
    seconds: int = 0


class Reader:
    """Puts messages together from what arrives, however it is cut."""

    def __init__(self) -> None:
        self._rest = b""
        self._lines: list[bytes] = []

    def feed(self, data: bytes) -> list[Message]:
        """Raises TooMuch."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        found = []
        for line in (line.removesuffix(b"\r") for line in lines):
            if line:
                self._take(line)
            elif self._lines:
                found.append(_message(self._lines))
                self._lines = []
        if len(self._rest) > LONGEST_LINE:
            raise TooMuch("a line without end")
        return found

    def _take(self, line: bytes) -> None:
        if len(line) > LONGEST_LINE or len(self._lines) >= MOST_LINES:
            raise TooMuch("a message without end")
        self._lines.append(line)


def written(action: str, **fields: str) -> bytes:
    """An action as the switchboard reads it; no field can smuggle in another."""
    lines = [f"Action: {_flat(action)}", *(f"{name}: {_flat(value)}" for name, value in fields.items())]
    return END.join(line.encode() for line in lines) + END * 2


def heard(message: Mapping[str, str]) -> Heard | None:
    """The news in a message; none in most. Keys that a caller pressed are not even looked at."""
    event = message.get("Event", "")
    if event in SAID:
        kind, seconds = SAID[event]
        return _of(kind, message, seconds=_number(message.get(seconds, "")))
    if event in ("QueueMemberPause", "QueueMember", "QueueMemberStatus"):
        return _presence(message)
    if event == "QueueMemberRemoved":
        return _of(Kind.GONE, message)
    return None


SAID = {
    "QueueCallerJoin": (Kind.QUEUED, ""),
    "QueueEntry": (Kind.QUEUED, "Wait"),
    "AgentCalled": (Kind.RINGING, ""),
    "AgentRingNoAnswer": (Kind.NOT_ANSWERED, "RingTime"),
    "AgentConnect": (Kind.CONNECTED, "HoldTime"),
    "AgentComplete": (Kind.COMPLETED, "TalkTime"),
    "QueueCallerAbandon": (Kind.ABANDONED, "HoldTime"),
    "Hangup": (Kind.HUNG_UP, ""),
}
UNREACHABLE = {"4", "5"}  # invalid, unavailable


def _presence(message: Mapping[str, str]) -> Heard:
    if message.get("Paused") == "1":
        return _of(Kind.PAUSED, message, reason=message.get("PausedReason", ""))
    if message.get("Status") in UNREACHABLE:
        return _of(Kind.GONE, message)
    return _of(Kind.AVAILABLE, message)


def _of(kind: Kind, message: Mapping[str, str], *, seconds: int = 0, reason: str = "") -> Heard:
    member = message.get("StateInterface") or message.get("Interface") or message.get("Location", "")
    return Heard(kind, message.get("Uniqueid", ""), message.get("Queue", ""), member, reason, seconds)


def _message(lines: list[bytes]) -> Message:
    pairs = (line.decode("utf-8", "replace").partition(":") for line in lines)
    return {name.strip(): value.strip() for name, colon, value in pairs if colon}


def _flat(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable())[:LONGEST_LINE]


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0
