"""Notices that a letter of ours was not delivered (RFC 3464)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser

from farol.mail.rules.parts import BOUNDED, leaves, within
from farol.mail.rules.words import one_line

IDENTITY = re.compile(r"<[^<>\s]{1,250}>")


@dataclass(frozen=True, slots=True)
class Bounce:
    """Which letter did not arrive, and what the other server says of it."""

    message_id: str
    why: str


def read(message: Message) -> Bounce | None:
    """The bounce in a delivery report; None when it tells of a delay or a delivery, or is no report."""
    if message.get_content_type() != "multipart/report":
        return None
    why, message_id = None, ""
    for part, _ in _parts(message):
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            why = why or _failure(part)
        elif kind == "message/rfc822" or kind == "text/rfc822-headers":
            message_id = message_id or _identity(part)
    return Bounce(message_id, why) if why else None


def _parts(message: Message) -> list[tuple[Message, int]]:
    return list(leaves(message))[:20]


def _failure(part: Message) -> str | None:
    for block in within(part):
        if str(block.get("Action", "")).strip().lower() == "failed":
            told = [str(block.get(name, "")) for name in ("Final-Recipient", "Status", "Diagnostic-Code")]
            return one_line(" ".join(filter(None, told)), 300) or "failed"
    return None


def _identity(part: Message) -> str:
    inside = within(part)
    content = part.get_payload(decode=True) if not inside else b""
    original = (
        inside[0]
        if inside
        else BytesHeaderParser(policy=BOUNDED).parsebytes(content if isinstance(content, bytes) else b"")
    )
    found = IDENTITY.search(str(original.get("Message-ID", "")))
    return found.group() if found else ""
