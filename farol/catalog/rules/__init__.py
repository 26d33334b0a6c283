"""What the catalogue refuses.

>>> str(UnknownSeed(name="mar", known="horizonte"))
'Não existe o catálogo mar. Conhecidos: horizonte.'
"""

from __future__ import annotations

import re
from enum import StrEnum

from farol.kernel.errors import Refusal, gettext_noop


class UnknownSeed(Refusal):
    code = "catalog.unknown_seed"
    status = 404
    message = gettext_noop("Não existe o catálogo {name}. Conhecidos: {known}.")


class Source(StrEnum):
    """Where a customer gets an update from."""

    CENTRAL = "central"  # the download centre
    ASSEMBLY = "assembly"  # a package put together of finished tickets and loose programs
    ASK = "ask"  # nobody knows what is installed


CENTRAL_SINCE = "10.02"


def source_for(installed: str, *, since: str = CENTRAL_SINCE) -> Source:
    """By what is installed, compared number by number (R-190).

    >>> source_for("9.50"), source_for("10.2"), source_for("10.10.3"), source_for("")
    (<Source.ASSEMBLY: 'assembly'>, <Source.CENTRAL: 'central'>, <Source.CENTRAL: 'central'>, <Source.ASK: 'ask'>)
    """
    numbers = _numbers(installed)
    if not numbers:
        return Source.ASK
    return Source.CENTRAL if numbers >= _numbers(since) else Source.ASSEMBLY


def _numbers(version: str) -> tuple[int, ...]:
    """10.02 → (10, 2); nothing of what is no version."""
    return tuple(map(int, version.split("."))) if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})*", version) else ()
