"""A batch is refused only when one of its items would be."""

from __future__ import annotations

from datetime import date

import pytest

from farol.worktime.bulk import due_many
from farol.worktime.errors import OutsideYears
from farol.worktime.hours import SpecialDay
from farol.worktime.schedule import Schedule
from farol.worktime.spans import minute_of
from farol.worktime.windows import read
from tests.instants import SAO_PAULO, at

ONLY_DAY = date(2026, 11, 23)


@pytest.fixture
def one_hour() -> Schedule:
    """A calendar that is open for one hour of its one year."""
    return Schedule({}, SAO_PAULO, special={ONLY_DAY: SpecialDay(read("08:00-09:00", "special"))})


def test_a_long_allowance_before_and_none_after_are_both_answered(one_hour: Schedule) -> None:
    before, after = (minute_of(at(f"2026-11-23 {hour}:00"), "start") for hour in ("07", "10"))
    assert list(due_many(one_hour, [before, after], [60, 0])) == [before + 120, after]


def test_a_batch_with_one_item_out_of_reach_is_refused(one_hour: Schedule) -> None:
    before, after = (minute_of(at(f"2026-11-23 {hour}:00"), "start") for hour in ("07", "10"))
    with pytest.raises(OutsideYears):
        due_many(one_hour, [before, after], [60, 1])
