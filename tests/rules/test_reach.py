"""The table grows as far as a question reaches, and answers the same however it grew."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from farol.worktime.errors import EndsBeforeStart, NaiveInstant, OutsideYears
from farol.worktime.ledger import Kind, ledger
from farol.worktime.schedule import Schedule
from farol.worktime.spans import Pause

ZONE = ZoneInfo("Europe/Berlin")
SINCE = datetime(2026, 12, 30, 15, 0, tzinfo=ZONE)
PAUSES = [
    Pause(datetime(2027, 3, 1, 9, 0, tzinfo=ZONE), datetime(2029, 2, 1, 9, 0, tzinfo=ZONE)),
    Pause(datetime(2030, 1, 1, tzinfo=ZONE), datetime(2031, 1, 1, tzinfo=ZONE)),
]


def desk():
    return Schedule.weekdays("08:00-12:00 13:30-18:00", ZONE, [date(year, 12, 25) for year in range(2020, 2036)])


@pytest.mark.parametrize("minutes", [60, 20_000, 40_000, 200_000, 500_000])
def test_a_date_years_ahead_is_the_same_on_a_fresh_table_and_on_a_grown_one(minutes):
    grown = desk()
    grown.minutes_between(datetime(2020, 1, 1, tzinfo=ZONE), datetime(2035, 12, 31, tzinfo=ZONE))
    due = desk().due(SINCE, minutes, PAUSES)
    assert due == grown.due(SINCE, minutes, PAUSES)
    assert desk().minutes_between(SINCE, due, PAUSES) == minutes
    assert desk().minutes_between(SINCE, due - timedelta(minutes=1), PAUSES) == minutes - 1
    spans = ledger(desk(), SINCE, minutes, PAUSES).spans
    assert sum(span.minutes for span in spans if span.kind is Kind.RUNNING) == minutes
    assert (spans[0].start, spans[-1].end) == (SINCE, due)


def test_an_earlier_question_after_a_later_one_is_answered_too():
    asked = desk()
    later, earlier = datetime(2035, 6, 1, 9, 0, tzinfo=ZONE), datetime(2020, 6, 2, 9, 0, tzinfo=ZONE)
    assert asked.due(later, 60) == later + timedelta(hours=1)
    assert asked.due(earlier, 60) == earlier + timedelta(hours=1)
    assert asked.minutes_between(earlier, later) == desk().minutes_between(earlier, later)


def test_a_desk_asked_before_refuses_what_a_new_one_refuses():
    asked, noon = desk(), datetime(2026, 6, 1, 12, 0, tzinfo=ZONE)
    asked.minutes_between(noon, noon + timedelta(days=30))
    assert asked.minutes_between(noon + timedelta(seconds=59), noon) == 0
    with pytest.raises(EndsBeforeStart):
        asked.minutes_between(noon, noon - timedelta(minutes=1))
    with pytest.raises(EndsBeforeStart):
        asked.minutes_between(noon, noon - timedelta(days=1))
    with pytest.raises(NaiveInstant):
        asked.minutes_between(noon, noon.replace(tzinfo=None))
    with pytest.raises(OutsideYears):
        asked.minutes_between(noon, datetime(2036, 1, 1, 0, 1, tzinfo=ZONE))


def test_the_first_and_the_last_hours_of_the_years_count_too():
    asked = Schedule.always(ZoneInfo("America/Sao_Paulo"))
    begin, end = datetime(2026, 1, 1, tzinfo=asked.zone), datetime(2027, 1, 1, tzinfo=asked.zone)
    for _ in range(2):
        assert asked.minutes_between(begin, end) == 365 * 24 * 60
        assert asked.minutes_between(begin, begin + timedelta(hours=2)) == 120
        assert asked.minutes_between(end - timedelta(hours=2), end) == 120


def test_schedules_of_the_same_hours_are_equal_and_others_are_not():
    assert desk() == desk()
    assert len({desk(), desk()}) == 1
    assert desk() != Schedule.weekdays("08:00-12:00", ZONE, years=(2020, 2035))
