"""Who must be there, and the minutes that nobody covers (R-068, R-141)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farol.hours.rules.roster import STANDARD_SLOTS, Duty, Need, gaps, needed
from farol.worktime.schedule import Schedule
from farol.worktime.spans import Span
from tests.instants import SAO_PAULO, at

SUPPORT = Schedule.weekdays("07:00-19:00", zone=SAO_PAULO, holidays={date(2026, 11, 20): "Consciência Negra"})
MONDAY = date(2026, 11, 23)


def hours(needs: list[Need]) -> list[str]:
    return [f"{need.start:%d %H:%M}-{need.end:%H:%M}" for need in needs]


@pytest.mark.rule("R-068", "R-141")
def test_a_business_day_has_the_slots_of_the_guide_and_a_rest_day_has_none() -> None:
    needs = needed(SUPPORT, STANDARD_SLOTS, date(2026, 11, 20), MONDAY)
    assert hours(needs) == [
        "23 07:00-08:00", "23 10:00-10:15", "23 12:00-13:30", "23 15:30-15:45", "23 18:00-19:00",
    ]  # fmt: skip


@pytest.mark.rule("R-141")
def test_a_local_holiday_is_staffed_whole() -> None:
    (need,) = needed(SUPPORT, STANDARD_SLOTS, MONDAY, MONDAY, {MONDAY})
    assert (need.start, need.end, need.duty) == (at("2026-11-23 07:00"), at("2026-11-23 19:00"), Duty.LOCAL_HOLIDAY)


@pytest.mark.rule("R-141")
def test_a_shift_that_ends_early_leaves_its_hole() -> None:
    needs = needed(SUPPORT, STANDARD_SLOTS, MONDAY, MONDAY)
    shifts = [
        Span(at("2026-11-23 07:00"), at("2026-11-23 13:00")),
        Span(at("2026-11-23 15:30"), at("2026-11-23 19:00")),
    ]
    assert hours(gaps(needs, shifts)) == ["23 13:00-13:30"]


@given(st.lists(st.tuples(st.integers(0, 7200), st.integers(1, 900)), max_size=12))
@pytest.mark.rule("R-141")
def test_what_is_covered_and_what_is_not_tile_what_is_needed(turns: list[tuple[int, int]]) -> None:
    start = at("2026-11-23 00:00")
    shifts = [Span(start + timedelta(minutes=m), start + timedelta(minutes=m + length)) for m, length in turns]
    needs = needed(SUPPORT, STANDARD_SLOTS, MONDAY, date(2026, 11, 27))
    covered = sum(
        any(shift.start <= minute < shift.end for shift in shifts)
        for need in needs
        for minute in (need.start + timedelta(minutes=m) for m in range(need.minutes))
    )
    holes = gaps(needs, shifts)
    assert sum(hole.minutes for hole in holes) + covered == sum(need.minutes for need in needs)
    assert not [h for h in holes for shift in shifts if shift.start < h.end and h.start < shift.end]
