"""What a plan promises (sections 6 and 14; R-066): minutes by severity, on a calendar of its own.

>>> read({"first_reply": {"calendar": "support_tech_07_19", "minutes": {"critical": 60}}})[Promise.FIRST_REPLY].minutes
{'critical': 60}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from farol.kernel.errors import FieldsRefused, gettext_noop

STANDARD_ALLOWANCES = {"critical": 600, "high": 1200, "medium": 1800, "low": 2400}
"""Severity → business minutes from opening to solution (guide p. 14)."""

STANDARD_SHARES = (50, 80, 100)
"""Per cent of an allowance at which the staff is warned."""


class Promise(StrEnum):
    """What the staff keeps a date for."""

    SOLUTION = "solution"
    FIRST_REPLY = "first_reply"
    NEXT_REPLY = "next_reply"
    AREA = "area"  # internal: an area's answer to the one that passed the ticket on


@dataclass(frozen=True, slots=True)
class Terms:
    """A calendar and the business minutes that each severity has on it."""

    calendar_code: str
    minutes: dict[str, int]


def read(promises: Mapping[str, Any]) -> dict[str, Terms]:
    """The terms that a plan keeps as data: by promise, and by ``area:CODE`` for internal ones.

    Raises FieldsRefused naming the promise that is not whole minutes by severity on a calendar.
    """
    terms, errors = {}, {}
    for name, value in promises.items():
        kind = name.partition(":")[0]
        if kind in set(Promise) and _is_whole(value):
            terms[name] = Terms(value["calendar"], dict(value["minutes"]))
        else:
            errors[name] = [gettext_noop("Diga o calendário e os minutos úteis de cada severidade.")]
    if errors:
        raise FieldsRefused(errors)
    return terms


def _is_whole(value: Any) -> bool:
    return (
        isinstance(value, Mapping)
        and isinstance(value.get("calendar"), str)
        and isinstance(value.get("minutes"), Mapping)
        and all(isinstance(minutes, int) and minutes > 0 for minutes in value["minutes"].values())
    )


def only_digits(telephone: str) -> str:
    """A telephone number as switchboards know it.

    >>> only_digits("+55 (11) 4003-0000")
    '551140030000'
    """
    return "".join(sign for sign in telephone if sign in "0123456789")
