"""What a switchboard tells of the on-call telephones that a call went to, one after the other (R-121).

An Asterisk tells them all at once, each with its level and when it began to ring:

>>> told = read("primary@1732450000:NOANSWER,backup@1732450025:", last="ANSWER")
>>> [(each.level.value, each.outcome.value) for each in told]
[('primary', 'no_answer'), ('backup', 'answered')]
>>> told[0].at.isoformat()
'2024-11-24T12:06:40+00:00'
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from farol.hours.rules.oncall import Level

TOLD = re.compile(r"(?P<level>[a-z]{1,10})@(?P<at>[0-9]{1,10}):(?P<status>[A-Za-z-]{0,20})")


class HopOutcome(StrEnum):
    """What came of one telephone."""

    RINGING = ""
    ANSWERED = "answered"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    FAILED = "failed"
    HUNG_UP = "hung_up"  # the caller did


SAID = {
    "ANSWER": HopOutcome.ANSWERED,
    "ANSWERED": HopOutcome.ANSWERED,
    "COMPLETED": HopOutcome.ANSWERED,
    "NOANSWER": HopOutcome.NO_ANSWER,
    "BUSY": HopOutcome.BUSY,
    "CANCEL": HopOutcome.HUNG_UP,
    "CANCELED": HopOutcome.HUNG_UP,
}
"""Of an Asterisk's DIALSTATUS and of a carrier's DialCallStatus, without its hyphen; any other word is a failure."""


@dataclass(frozen=True, slots=True)
class ToldHop:
    level: Level
    at: datetime
    outcome: HopOutcome


def outcome_of(status: str) -> HopOutcome:
    """What the switchboard's word means.

    >>> outcome_of("no-answer").value, outcome_of("CHANUNAVAIL").value, outcome_of("").value
    ('no_answer', 'failed', '')
    """
    word = status.upper().replace("-", "")
    return SAID.get(word, HopOutcome.FAILED) if word else HopOutcome.RINGING


def read(text: str, *, last: str = "") -> list[ToldHop]:
    """Each level once, in the order told; `last` is the word for one that the call ended at. What is no hop is none."""
    found: dict[Level, ToldHop] = {}
    for each in TOLD.finditer(text):
        if each["level"] in set(Level):
            level, at = Level(each["level"]), datetime.fromtimestamp(int(each["at"]), UTC)
            found.setdefault(level, ToldHop(level, at, outcome_of(each["status"] or last)))
    return list(found.values())
