"""Who must be there, and the minutes that nobody covers (R-068, R-141)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farol.hours.rules.roster import STANDARD_SLOTS, Duty, Need, RosterHasGaps, Turn, gaps, needed, staffed
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


@pytest.mark.rule("R-141")
def test_a_slot_is_cut_where_somebody_comes_or_goes_and_names_who_is_there() -> None:
    lunch = [need for need in needed(SUPPORT, STANDARD_SLOTS, MONDAY, MONDAY) if need.minutes == 90]
    turns = [
        Turn(at("2026-11-23 11:00"), at("2026-11-23 12:30"), "Jussara"),
        Turn(at("2026-11-23 12:15"), at("2026-11-23 12:30"), "Rafael"),
        Turn(at("2026-11-23 12:30"), at("2026-11-23 13:00"), "Jussara"),
    ]
    parts = staffed(lunch, turns)
    assert [(f"{part.start:%H:%M}", part.names, part.is_hole) for part in parts] == [
        ("12:00", ("Jussara",), False),
        ("12:15", ("Jussara", "Rafael"), False),
        ("12:30", ("Jussara",), False),
        ("13:00", (), True),
    ]


@given(st.lists(st.tuples(st.integers(0, 7200), st.integers(1, 900), st.sampled_from("ABC")), max_size=12))
@pytest.mark.rule("R-141")
def test_each_minute_of_a_part_has_its_names_and_the_parts_tile_the_needs(turns: list[tuple[int, int, str]]) -> None:
    start = at("2026-11-23 00:00")
    there = [Turn(start + timedelta(minutes=m), start + timedelta(minutes=m + length), who) for m, length, who in turns]
    needs = needed(SUPPORT, STANDARD_SLOTS, MONDAY, date(2026, 11, 27))
    parts = staffed(needs, there)
    for part in parts:
        for minute in (part.start, part.end - timedelta(minutes=1)):
            assert set(part.names) == {turn.name for turn in there if turn.start <= minute < turn.end}
    assert sum((part.end - part.start for part in parts), timedelta()) == sum(
        (need.end - need.start for need in needs), timedelta()
    )


@pytest.mark.rule("R-123", "R-141")
def test_the_refusal_names_every_hole_by_its_day_and_hours() -> None:
    holes = needed(SUPPORT, STANDARD_SLOTS, MONDAY, date(2026, 11, 24))
    assert str(RosterHasGaps(holes)) == (
        "A escala tem horários sem ninguém (10): "
        "23/11, 07:00–08:00, 10:00–10:15, 12:00–13:30, 15:30–15:45, 18:00–19:00; "
        "24/11, 07:00–08:00, 10:00–10:15, 12:00–13:30, 15:30–15:45, 18:00–19:00."
    )
