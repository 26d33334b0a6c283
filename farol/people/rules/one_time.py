"""Codes that are worth something once: of an application, which follow the clock (RFC 6238), and of a paper.

>>> secret = b"12345678901234567890"
>>> code_at(secret, step_of(59))
'287082'
>>> found_in(secret, "287 082", now=59)
Match(step=1, drift=0)
>>> found_in(secret, "287082", now=59 + 120)
Match(step=1, drift=-4)
>>> found_in(secret, "000000", now=59) is None
True
"""

from __future__ import annotations

import base64
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

STEP = 30
"""Seconds for which a code is shown."""
DRIFT_ALLOWED = 1
"""Steps by which a telephone's clock may be off: somebody types the code while it changes."""
DRIFT_EXPLAINED = 6
"""Steps up to which we can say that it is the clock that is wrong, three minutes."""


@dataclass(frozen=True, slots=True)
class Match:
    """The step whose code it is, and how many steps that is from now: before is negative."""

    step: int
    drift: int

    @property
    def is_in_time(self) -> bool:
        return abs(self.drift) <= DRIFT_ALLOWED


def step_of(seconds: float) -> int:
    return int(seconds) // STEP


def code_at(secret: bytes, step: int) -> str:
    digest = hmac.digest(secret, step.to_bytes(8, "big"), "sha1")
    offset = digest[-1] & 0xF
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFF_FFFF
    return f"{number % 1_000_000:06d}"


def found_in(secret: bytes, code: str, *, now: float) -> Match | None:
    """Which step near now this code belongs to; the nearest first, each compared in constant time."""
    typed, here = re.sub(r"\s", "", code), step_of(now)
    if not re.fullmatch(r"[0-9]{6}", typed):
        return None
    found = [
        drift
        for drift in range(-DRIFT_EXPLAINED, DRIFT_EXPLAINED + 1)
        if here + drift >= 0 and hmac.compare_digest(code_at(secret, here + drift), typed)
    ]
    return Match(here + min(found, key=abs), min(found, key=abs)) if found else None


def still_counting(spent: Iterable[int], *, now: float) -> list[int]:
    """Of the steps whose codes were used, those whose codes could still be typed."""
    return [step for step in spent if step > step_of(now) - DRIFT_EXPLAINED - 1]


def readable(secret: bytes) -> str:
    """As a person types it into an application.

    >>> readable(b"12345678901234567890")
    'GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ'
    """
    text = base64.b32encode(secret).decode().rstrip("=")
    return " ".join(text[place : place + 4] for place in range(0, len(text), 4))


def address_of(secret: bytes, *, account: str, house: str) -> str:
    """What the drawing says to the application.

    >>> address_of(b"12345678901234567890", account="ana@x.example", house="Farol")
    'otpauth://totp/Farol:ana%40x.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Farol'
    """
    text = base64.b32encode(secret).decode().rstrip("=")
    return f"otpauth://totp/{quote(house)}:{quote(account, safe='')}?{urlencode({'secret': text, 'issuer': house})}"


def plain_recovery_code(typed: str) -> str:
    """
    >>> plain_recovery_code(" K7M2N-9XPQR ")
    'k7m2n9xpqr'
    """
    return re.sub(r"[^0-9a-z]", "", typed.lower())[:20]
