"""Acceptance and silence: section 24 D and E, row by row."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farol.tickets.rules.windows import PostponementRefused, Window, day_of, days_given_back, end_of, start_of
from tests.instants import at

ROWS = [
    ("2026-11-24 15:20", (2026, 12, 7), (2026, 12, 9), "2026-12-10", (2027, 1, 6), (2027, 1, 8), "2027-01-09"),
    ("2026-12-18 10:00", (2026, 12, 31), (2027, 1, 2), "2027-01-03", (2027, 1, 30), (2027, 2, 1), "2027-02-02"),
    ("2027-02-12 18:45", (2027, 2, 25), (2027, 2, 27), "2027-02-28", (2027, 3, 27), (2027, 3, 29), "2027-03-30"),
]


@pytest.mark.parametrize(("sent", "reminder", "last", "closes", "later_reminder", "later_last", "later_closes"), ROWS)
@pytest.mark.rule("R-070", "R-072", "R-073")
def test_section_24_d(
    sent: str, reminder: tuple[int, int, int], last: tuple[int, int, int], closes: str,
    later_reminder: tuple[int, int, int], later_last: tuple[int, int, int], later_closes: str,
) -> None:  # fmt: skip
    window = Window(day_of(at(sent)))
    assert (window.reminder_on, window.last_day) == (date(*reminder), date(*last))
    assert end_of(window.last_day) == at(f"{closes} 00:00")
    later = window.postponed(on=window.last_day)
    assert (later.reminder_on, later.last_day) == (date(*later_reminder), date(*later_last))
    assert end_of(later.last_day) == at(f"{later_closes} 00:00")


@pytest.mark.rule("R-072")
def test_postponing_early_gives_the_same_last_day() -> None:
    assert Window(date(2026, 11, 24)).postponed(on=date(2026, 11, 27)).last_day == date(2027, 1, 8)


@pytest.mark.rule("R-072")
def test_postponing_twice_or_late_is_refused() -> None:
    window = Window(date(2026, 11, 24))
    with pytest.raises(PostponementRefused, match="08/01/2027"):
        window.postponed(on=date(2026, 12, 1)).postponed(on=date(2026, 12, 2))
    with pytest.raises(PostponementRefused, match="09/12/2026"):
        window.postponed(on=date(2026, 12, 10))


@pytest.mark.rule("R-074")
def test_section_24_e() -> None:
    window = Window(day_of(at("2026-11-24 15:20")))
    assert window.last_day == date(2026, 12, 9)
    assert end_of(window.last_day) == at("2026-12-10 00:00")


@pytest.mark.rule("R-142")
def test_the_day_is_the_customers_not_the_servers() -> None:
    assert day_of(datetime(2026, 11, 25, 2, 59, tzinfo=UTC)) == date(2026, 11, 24)
    assert day_of(datetime(2026, 11, 25, 3, 0, tzinfo=UTC)) == date(2026, 11, 25)
    assert start_of(date(2026, 11, 25)) == datetime(2026, 11, 25, 3, 0, tzinfo=UTC)


@pytest.mark.rule("R-014", "R-073")
def test_days_of_debt_are_given_back_once_and_those_within_them_too() -> None:
    sent, last = date(2026, 11, 24), date(2026, 12, 9)
    assert days_given_back(sent, last, []) == 0
    assert (
        days_given_back(sent, last, [(date(2026, 11, 1), date(2026, 11, 24))]) == 0
    )  # the day of sending never counts
    assert days_given_back(sent, last, [(date(2026, 11, 20), date(2026, 11, 26))]) == 2
    twice = [(date(2026, 12, 1), date(2026, 12, 3)), (date(2026, 12, 3), date(2026, 12, 4))]
    assert days_given_back(sent, last, twice) == 4
    late = [(date(2026, 12, 8), date(2026, 12, 9)), (date(2026, 12, 11), date(2026, 12, 11))]
    assert days_given_back(sent, last, late) == 3  # the third lies in the days given back
    assert days_given_back(sent, last, [(date(2026, 12, 10), date(2026, 12, 20))]) == 0  # the window was over


@pytest.mark.rule("R-014", "R-073")
@given(
    st.lists(st.tuples(st.integers(-20, 60), st.integers(0, 30)), max_size=5),
    st.integers(1, 45),
)
def test_exactly_as_many_open_days_as_without_debt(stretches: list[tuple[int, int]], days: int) -> None:
    """Counted day by day: the customer has `days` days on which the ticket could be seen."""
    sent = date(2026, 11, 24)
    shut = [(sent + timedelta(first), sent + timedelta(first + more)) for first, more in stretches]
    given_back = days_given_back(sent, sent + timedelta(days), shut)
    is_shut = [any(a <= sent + timedelta(d) <= b for a, b in shut) for d in range(1, days + given_back + 1)]
    assert is_shut.count(False) == days
    assert given_back == is_shut.count(True)
