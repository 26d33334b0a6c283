"""Acceptance and silence: section 24 D and E, row by row."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from farol.tickets.rules.windows import PostponementRefused, Window, day_of, end_of, start_of
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
