"""The parts of a mail: which are its words and which are files. Without recursion, however deep they lie."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from email.policy import Compat32

from farol.mail.rules.words import decoded, header, one_line, unescaped

MAX_FILES = 50
"""More parts than this are no files somebody attached; the original keeps them."""
WORDS = {"text/plain", "text/html"}
LONGEST_DESCRIPTION = 2_000
"""Of what a part says of itself: reading the parameters takes the square of their length."""
ENDINGS = {"message/rfc822": ".eml", "application/xml": ".xml", "text/xml": ".xml"}


@dataclass(frozen=True, slots=True)
class File:
    name: str
    content: bytes


@dataclass(slots=True)
class Taken:
    """Words in groups, of which each is one text in several forms (is it HTML, the text); files; how many were left."""

    texts: list[list[tuple[bool, str]]] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    left_out: int = 0


class Bounded(Compat32):
    """How a mail is parsed: as ever, but for descriptions that nobody means to be read."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:LONGEST_DESCRIPTION] if name.lower().startswith("content-") else value


BOUNDED = Bounded()


def taken(message: Message) -> Taken:
    found = Taken()
    groups: dict[int, list[tuple[bool, str]]] = {}
    for part, choice in leaves(message):
        kind = part.get_content_type()
        if kind in WORDS and not _is_file(part):
            if choice not in groups or not choice:
                groups[choice] = []
                found.texts.append(groups[choice])
            groups[choice].append((kind == "text/html", _words(part)))
        elif len(found.files) < MAX_FILES:
            found.files.append(File(_name(part, len(found.files) + 1), _content(part)))
        else:
            found.left_out += 1
    return found


def leaves(message: Message) -> Iterator[tuple[Message, int]]:
    """Every part that holds no others, with the number of the choice it belongs to (0: none).

    A mail within a mail is a file.
    """
    waiting: list[tuple[Message, int]] = [(message, 0)]
    count = 0
    while waiting:
        part, choice = waiting.pop()
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            if part.get_content_subtype() == "alternative":
                count += 1
                choice = count
            waiting.extend((child, choice) for child in reversed(within(part)))
        else:
            yield part, choice


def within(part: Message) -> list[Message]:
    """The parts of a part; none when it holds text. (Asked for text, the parser decodes it, and stumbles over some.)"""
    inside = part.get_payload() if part.is_multipart() else []
    return [child for child in inside if isinstance(child, Message)] if isinstance(inside, list) else []


def _is_file(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or bool(_given_name(part))


def _words(part: Message) -> str:
    return decoded(_content(part), part.get_content_charset())


def _content(part: Message) -> bytes:
    if part.is_multipart():  # a mail in a mail, or a report
        return b"\n".join(_bytes_of(child) for child in within(part))
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _bytes_of(message: Message) -> bytes:
    try:
        return message.as_bytes()
    except (ValueError, LookupError, RecursionError, TypeError, AttributeError):
        return message.as_string().encode("utf-8", "replace") if not message.is_multipart() else b""


def _name(part: Message, position: int) -> str:
    if name := _given_name(part):
        return name
    kind = part.get_content_type()
    ending = ENDINGS.get(kind) or mimetypes.guess_extension(kind) or ".bin"
    return f"anexo-{position}{ending}"


def _given_name(part: Message) -> str:
    """By RFC 2231, by encoded words where none belong, or in bytes that no header may have."""
    holder = Message()
    for name, value in part.raw_items():
        if name.lower() in {"content-type", "content-disposition"}:
            holder[name] = unescaped(str(value)).replace("\r", "").replace("\n", "")
    given = holder.get_filename()
    return one_line(header(given), 200).replace("/", "_").replace("\\", "_") if given else ""
