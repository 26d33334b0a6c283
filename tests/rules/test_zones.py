"""Zones whose clocks change: an hour skipped is nobody's, an hour repeated counts twice."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from farol.worktime.schedule import Schedule
from farol.worktime.spans import instant_of
from farol.worktime.table import Table
from farol.worktime.windows import read

BERLIN, SAO_PAULO = ZoneInfo("Europe/Berlin"), ZoneInfo("America/Sao_Paulo")


def sundays(hours, zone):
    return Schedule({6: read(hours, "hours")}, zone)


def day(zone, year, month, date):
    return datetime(year, month, date, tzinfo=zone), datetime(year, month, date + 1, tzinfo=zone)


@pytest.mark.rule("R-142")
@pytest.mark.parametrize(
    ("hours", "spring", "autumn"),
    [("00:00-24:00", 23 * 60, 25 * 60), ("01:00-04:00", 120, 240), ("02:30-04:00", 60, 120), ("08:00-12:00", 240, 240)],
)
def test_the_night_of_the_change_has_the_minutes_that_the_wall_clock_shows(hours, spring, autumn):
    assert sundays(hours, BERLIN).minutes_between(*day(BERLIN, 2026, 3, 29)) == spring
    assert sundays(hours, BERLIN).minutes_between(*day(BERLIN, 2026, 10, 25)) == autumn


@pytest.mark.rule("R-142")
def test_sao_paulo_had_summer_time_until_2019():
    always = Schedule.always(SAO_PAULO)
    assert always.minutes_between(*day(SAO_PAULO, 2018, 11, 4)) == 23 * 60
    assert always.minutes_between(*day(SAO_PAULO, 2018, 2, 17)) == 25 * 60
    assert always.minutes_between(*day(SAO_PAULO, 2026, 11, 4)) == 24 * 60


def test_an_instant_in_the_repeated_hour_is_told_apart_by_its_fold():
    first = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN)
    due = Schedule.always(BERLIN).due(first, 60)
    assert (due.hour, due.minute, due.fold) == (2, 30, 1)
    assert Schedule.always(BERLIN).minutes_between(first, due) == 60


def test_the_answer_does_not_depend_on_the_zone_of_the_question():
    desk, since = sundays("08:00-12:00", BERLIN), datetime(2026, 10, 24, 22, 0, tzinfo=UTC)
    assert (
        desk.due(since, 60) == desk.due(since.astimezone(SAO_PAULO), 60) == datetime(2026, 10, 25, 9, 0, tzinfo=BERLIN)
    )
    assert desk.due(since, 60).tzinfo is BERLIN


def test_every_change_of_clocks_of_a_year_is_found_in_every_zone():
    for name in available_timezones() - {"localtime"}:
        zone = ZoneInfo(name)
        for start, end, offset in Table(zone, 2026, 2026, lambda day: ()).steps:
            for minute in (*range(start, end, 180), end - 1):
                assert instant_of(minute, zone).utcoffset() == timedelta(minutes=offset), (name, minute)
