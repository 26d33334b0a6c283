"""What a switchboard says by AMI, however it is cut, and whoever it is that speaks."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farol.phone.rules.ami import Heard, Kind, Reader, TooMuch, heard, written

TALK = (
    b"Asterisk Call Manager/9.0.0\r\n"
    b"Event: QueueCallerJoin\r\nUniqueid: 1.7\r\nQueue: suporte-folha\r\nPosition: 1\r\n\r\n"
    b"Event: AgentCalled\r\nUniqueid: 1.7\r\nQueue: suporte-folha\r\nInterface: PJSIP/2001\r\n\r\n"
    b"Event: DTMFEnd\r\nUniqueid: 1.7\r\nDigit: 3\r\n\r\n"
    b"Event: AgentConnect\r\nUniqueid: 1.7\r\nQueue: suporte-folha\r\nInterface: PJSIP/2001\r\nHoldTime: 42\r\n\r\n"
    b"Event: QueueMemberPause\r\nQueue: suporte-folha\r\nInterface: PJSIP/2002\r\nPaused: 1\r\n"
    b"PausedReason: lunch\r\n\r\n"
    b"Event: QueueCallerAbandon\r\nUniqueid: 1.8\r\nQueue: suporte-fiscal\r\nHoldTime: 31\r\n\r\n"
)
EXPECTED = [
    Heard(Kind.QUEUED, "1.7", "suporte-folha"),
    Heard(Kind.RINGING, "1.7", "suporte-folha", "PJSIP/2001"),
    Heard(Kind.CONNECTED, "1.7", "suporte-folha", "PJSIP/2001", seconds=42),
    Heard(Kind.PAUSED, queue="suporte-folha", member="PJSIP/2002", reason="lunch"),
    Heard(Kind.ABANDONED, "1.8", "suporte-fiscal", seconds=31),
]


@given(st.lists(st.integers(1, len(TALK) - 1), max_size=30))
def test_messages_are_the_same_however_they_arrive_cut(cuts: list[int]) -> None:
    reader, found, places = Reader(), [], sorted({0, *cuts, len(TALK)})
    for since, until in pairwise(places):
        found += [news for message in reader.feed(TALK[since:until]) if (news := heard(message))]
    assert found == EXPECTED


def test_keys_that_a_caller_pressed_are_no_news() -> None:
    for event in ("DTMFBegin", "DTMFEnd", "VarSet", "AGIExecStart"):
        assert heard({"Event": event, "Uniqueid": "1.7", "Digit": "3"}) is None


@pytest.mark.parametrize("flood", [b"x" * 5_000, b"A: " + b"y" * 5_000 + b"\r\n", b"A: b\r\n" * 201])
def test_who_never_ends_a_line_or_a_message_is_let_go(flood: bytes) -> None:
    with pytest.raises(TooMuch):
        Reader().feed(flood)


@given(st.binary(max_size=300))
def test_noise_breaks_nothing(noise: bytes) -> None:
    for message in Reader().feed(noise):
        heard(message)


def test_no_field_smuggles_in_another_action() -> None:
    sent = written("QueuePause", Interface="PJSIP/1\r\nAction: Command\r\nCommand: core stop now", Paused="true")
    assert sent.count(b"\r\n") == 4
    assert sent.endswith(b"Paused: true\r\n\r\n")
