"""A mail as it came, read: who, to whom, what it says, what came along.

Whatever the bytes are, reading them answers a `Mail`; what could not be read is said in `is_readable`.

>>> mail = read(b"From: Marina <Marina@serraazul.example>\\nSubject: =?utf-8?q?Ol=C3=A1?=\\n\\nTudo certo.\\n")
>>> mail.sender, mail.subject, mail.text
('marina@serraazul.example', 'Olá', 'Tudo certo.')
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from email.parser import BytesHeaderParser, BytesParser
from email.utils import getaddresses, parseaddr
from typing import Any

from farol.mail.rules import bounces, html, parts
from farol.mail.rules.parts import BOUNDED, File
from farol.mail.rules.words import clean, header, one_line, unescaped

MAX_READ = 100 * 1024 * 1024
MAX_SUBJECT = 200
MAX_HEADER = 100_000
MAX_REFERENCES = 100
MAX_LOOKS = 20_000_000
"""Parts that hold parts may lie within each other; then each line of the mail is looked at once for each of them."""
ADDRESS = re.compile(r"[^\s@<>\"(),;:\\]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?")
IDENTITY = re.compile(r"<[^<>\s]{1,250}>")
TO = ("delivered-to", "x-original-to", "envelope-to", "to", "cc", "resent-to")


@dataclass(frozen=True, slots=True)
class Head:
    """The headers by name in lower case, as they came; and what identifies the mail."""

    fields: dict[str, tuple[str, ...]]
    message_id: str
    digest: str

    def first(self, name: str) -> str:
        return next(iter(self.fields.get(name, ())), "")

    @property
    def sender(self) -> tuple[str, str]:
        """Name and address of who wrote; nobody when that is missing, broken or said twice."""
        given = self.fields.get("from", ())
        found = addresses(given)
        if len(given) != 1 or len(found) != 1:
            return "", ""
        name, address = found[0]
        address = address.strip().lower()
        return (one_line(header(name), 120), address) if ADDRESS.fullmatch(address) else ("", "")

    @property
    def subject(self) -> str:
        return one_line(header(self.first("subject")), MAX_SUBJECT)

    @property
    def recipients(self) -> tuple[str, ...]:
        given = [value for name in TO for value in self.fields.get(name, ())]
        return tuple(address.lower() for _, address in addresses(given) if address)

    @property
    def references(self) -> tuple[str, ...]:
        """The mails this one answers, the nearest first."""
        found = IDENTITY.findall(self.first("in-reply-to")) + IDENTITY.findall(self.first("references"))[::-1]
        return tuple(dict.fromkeys(found[:MAX_REFERENCES]))


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail that was read."""

    head: Head
    text: str = ""
    said: str = ""  # without what HTML marks as quoted
    files: tuple[File, ...] = ()
    left_out: int = 0  # parts beyond the number that is taken
    bounce: bounces.Bounce | None = None
    is_readable: bool = True

    @property
    def sender(self) -> str:
        return self.head.sender[1]

    @property
    def subject(self) -> str:
        return self.head.subject


def address_of(text: str) -> str:
    """The address in ``Name <address>``."""
    return parseaddr(text)[1].strip().lower()


def addresses(values: Iterable[str]) -> list[tuple[str, str]]:
    """Names and addresses in headers; comments nested beyond reason are no addresses."""
    found: list[tuple[str, str]] = []
    for value in values:
        with suppress(RecursionError, ValueError, IndexError, TypeError):
            found += getaddresses([value])
    return found


def head_of(raw: bytes) -> Head:
    """The headers alone, and an identity that a second delivery of the same mail has too."""
    try:
        message = BytesHeaderParser().parsebytes(raw[: raw_head_length(raw)])
        given = list(message.raw_items())
        fields = _fields(given)
    except (ValueError, LookupError, RecursionError, TypeError, AttributeError):
        given, fields = [], {}
    found = IDENTITY.search(next(iter(fields.get("message-id", ())), ""))
    message_id = found.group()[:255] if found else ""
    return Head(fields, message_id, _digest(raw, given, message_id))


def read(raw: bytes) -> Mail:
    """The whole mail; when its body is beyond reading, what its headers say."""
    mail = Mail(head_of(raw))
    if len(raw) > MAX_READ or _looks(raw) > MAX_LOOKS:
        return replace(mail, is_readable=False)
    try:
        message = BytesParser(policy=BOUNDED).parsebytes(raw)
        taken = parts.taken(message)
        return replace(
            mail,
            text=_text(taken, is_whole=True),
            said=_text(taken, is_whole=False),
            files=tuple(taken.files),
            left_out=taken.left_out,
            bounce=bounces.read(message),
        )
    except (ValueError, LookupError, RecursionError, TypeError, AttributeError, AssertionError):
        return replace(mail, is_readable=False)


def _looks(raw: bytes) -> int:
    """At most so often a line is looked at."""
    return raw.lower().count(b"multipart/") * (raw.count(b"\n") + raw.count(b"\r"))


def raw_head_length(raw: bytes) -> int:
    """Where the headers end: at the first empty line."""
    ends = [end for end in (raw.find(b"\n\n"), raw.find(b"\r\n\r\n")) if end >= 0]
    return min(ends, default=len(raw)) + 2


def _fields(given: Iterable[tuple[str, Any]]) -> dict[str, tuple[str, ...]]:
    fields: dict[str, list[str]] = {}
    for name, value in given:
        text = clean(unescaped(str(value)[:MAX_HEADER])).replace("\n", "")
        fields.setdefault(name.lower(), []).append(text)
    return {name: tuple(texts) for name, texts in fields.items()}


def _digest(raw: bytes, given: Iterable[tuple[str, Any]], message_id: str) -> str:
    """Of what does not change on the way; without an identity of its own, of every byte."""
    if not message_id:
        return hashlib.sha256(raw).hexdigest()
    digest = hashlib.sha256()
    for name, value in given:
        if name.lower() in {"message-id", "from", "subject", "date"}:
            digest.update(f"{name.lower()}:{value}\n".encode("utf-8", "surrogateescape"))
    digest.update(raw[raw_head_length(raw) :].replace(b"\r\n", b"\n").strip())
    return digest.hexdigest()


def _text(taken: parts.Taken, *, is_whole: bool) -> str:
    return clean("\n\n".join(filter(None, _words(taken, is_whole=is_whole)))).strip()


def _words(taken: parts.Taken, *, is_whole: bool) -> Iterator[str]:
    """Of a text in several forms the plain one, unless that is empty."""
    for group in taken.texts:
        plain = [text for is_html, text in group if not is_html and text.strip()]
        yield from plain or [html.text_of(text, is_whole=is_whole) for is_html, text in group if is_html]
