"""Recordings: which calls must have one, what they are called, how long they are kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from farol.phone.rules.recordings import Obligation, call_in, kept_until, name_for, obligation

ENDED = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.rule("R-091", "R-241")
def test_consulting_is_always_recorded_and_support_unless_refused() -> None:
    assert obligation("consultoria-folha") is obligation("consultoria-folha", is_refused=True) is Obligation.MANDATORY
    assert obligation("suporte-folha") is Obligation.OPTIONAL
    assert obligation("suporte-folha", is_refused=True) is Obligation.NONE


@pytest.mark.rule("R-091")
def test_a_file_is_known_by_its_name_with_any_suffix() -> None:
    name = name_for("1732449600.17", "2026-11-24")
    assert {call_in(name), call_in(f"{name}.wav"), call_in(f"{name}.mp3")} == {"1732449600.17"}


@pytest.mark.parametrize(
    "name",
    ["", "x.wav", "../20261124-1-1.wav", "20261124-1-1.wav/..", "20261124-1732449600-17.wav\n", "２０261124-1-1"],
)
def test_any_other_name_is_of_no_call(name: str) -> None:
    assert call_in(name) == ""


@pytest.mark.rule("R-238")
def test_support_is_kept_ninety_days_and_charged_calls_five_years() -> None:
    assert kept_until(ENDED, "suporte-folha") == ENDED + timedelta(days=90)
    assert kept_until(ENDED, "consultoria-folha") > ENDED + timedelta(days=5 * 365)
