"""Text from anywhere, made fit to be kept: no byte of it may stop a page or the database.

>>> clean("Olá\\x00,\\r\\nmundo\\ud800")
'Olá,\\nmundo'
>>> decoded(b"n\\xe3o", "utf-8")
'não'
"""

from __future__ import annotations

import re
from email.errors import HeaderParseError
from email.header import decode_header

UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
"""What no reader sees and PostgreSQL or XML refuse: controls, halves of characters, marks of byte order."""


def clean(text: str) -> str:
    """`text` with the line ends of this house and without what cannot be stored."""
    return UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str, limit: int) -> str:
    return " ".join(clean(text).split())[:limit]


def decoded(content: bytes, charset: str | None) -> str:
    """By the charset that was claimed, or by the first that fits: old mail lies about it."""
    for name in (charset, "utf-8"):
        try:
            return content.decode(name or "utf-8")
        except (LookupError, ValueError):  # unknown, not a charset of text, or not true
            continue
    return content.decode("cp1252", errors="replace")


def header(raw: str) -> str:
    """The words of a header as it came: bytes that no header may have, and encoded words, well formed or not."""
    text = unescaped(raw)
    try:
        pieces = decode_header(text)
    except (HeaderParseError, ValueError):
        return clean(text)
    words = [piece if isinstance(piece, str) else decoded(piece, charset) for piece, charset in pieces]
    return clean("".join(words))


def unescaped(raw: str) -> str:
    """The parser hides bytes above 127 in half characters; here they are text again."""
    return decoded(raw.encode("utf-8", "surrogateescape"), "utf-8") if not raw.isascii() else raw
