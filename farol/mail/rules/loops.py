"""Mails that no person wrote to us: answering one may bring the next (RFC 3834).

>>> robot({"auto-submitted": ("auto-replied",)})
<Why.AUTOMATIC: 'automatic'>
>>> robot({"auto-submitted": ("no",)}) is None
True
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from farol.mail.rules.decisions import Why

SUPPRESSES = {"all", "autoreply", "oof"}
BULK = {"bulk", "list", "junk", "auto_reply"}
MAILERS = ("mailer-daemon", "postmaster", "no-reply", "noreply", "nao-responda", "naoresponda")


def robot(fields: Mapping[str, Sequence[str]]) -> Why | None:
    """Why a mail with these headers is nobody's, if it is."""
    if _words(fields, "auto-submitted") - {"no"}:
        return Why.AUTOMATIC
    if _words(fields, "precedence") & BULK or "list-id" in fields:
        return Why.BULK
    if _words(fields, "x-auto-response-suppress") & SUPPRESSES:
        return Why.SUPPRESSED
    if any(value.strip() == "<>" for value in fields.get("return-path", ())):
        return Why.NULL_PATH
    return None


def is_mailer(address: str) -> bool:
    """An address that belongs to a machine by its name."""
    return address.partition("@")[0] in MAILERS


def _words(fields: Mapping[str, Sequence[str]], name: str) -> set[str]:
    """The values of a header without their parameters."""
    return {word.partition(";")[0].strip().lower() for value in fields.get(name, ()) for word in value.split(",")} - {
        ""
    }
