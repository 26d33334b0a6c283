"""Time entries and the statement of hours (R-054, R-076)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from farol.kernel.errors import FieldsRefused
from farol.tickets.rules.work import Line, hours, minutes_of, statement
from tests.instants import at

NOW = at("2026-11-24 18:00")


@pytest.mark.rule("R-054")
@pytest.mark.parametrize(("started", "ended", "minutes"), [("10:00", "12:30", 150), ("10:00", "10:01", 1)])
def test_time_is_counted_in_whole_minutes(started: str, ended: str, minutes: int) -> None:
    assert minutes_of(at(f"2026-11-24 {started}"), at(f"2026-11-24 {ended}"), now=NOW) == minutes


@pytest.mark.rule("R-054")
@pytest.mark.parametrize("length", [timedelta(0), timedelta(hours=-1), timedelta(hours=1)])
def test_an_entry_ends_after_it_starts_and_before_now(length: timedelta) -> None:
    with pytest.raises(FieldsRefused) as refused:
        minutes_of(NOW, NOW + length, now=NOW)
    assert set(refused.value.errors) == {"ended_at"}


def test_an_entry_is_a_day_at_most() -> None:
    with pytest.raises(FieldsRefused):
        minutes_of(NOW - timedelta(hours=24, minutes=1), NOW, now=NOW)


@pytest.mark.rule("R-076")
def test_only_billable_minutes_are_billed() -> None:
    day = date(2026, 11, 24)
    lines = [Line("Análise", day, 70, is_billable=True), Line("Estudo", day, 45, is_billable=False)]
    assert statement([*lines, Line("Acesso", day, 80, is_billable=True)]).billable_minutes == 150


def test_hours_in_words() -> None:
    assert [hours(m) for m in (0, 5, 60, 150, 1505)] == ["0h00", "0h05", "1h00", "2h30", "25h05"]
