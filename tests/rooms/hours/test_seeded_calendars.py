"""The calendars a vendor starts with, read from the database."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from farol.hours import actions, queries
from farol.hours.models import Almanac, Calendar, CalendarVersion, Holiday
from farol.hours.rules import Level, UnknownCalendar
from farol.worktime.spans import Pause

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("America/Sao_Paulo")
VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "sla.json").read_text())["vectors"]
NATIONAL_2026 = ["01-01", "04-03", "04-21", "05-01", "09-07", "10-12", "11-02", "11-15", "11-20", "12-25"]
at = datetime.fromisoformat


@pytest.fixture(autouse=True)
def _hours():
    actions.seed_hours()


def test_every_vector_comes_out_right_from_the_stored_calendars():
    for vector in VECTORS:
        schedule = queries.schedule_of(vector["calendar"])
        pauses = [Pause(at(start), at(end)) for start, end in vector["pauses"]]
        assert schedule.due(at(vector["opened"]), vector["business_hours"] * 60, pauses) == at(vector["due"])


def test_seeding_again_changes_nothing():
    before = Calendar.objects.count(), CalendarVersion.objects.count(), Holiday.objects.count()
    actions.seed_hours()
    assert (Calendar.objects.count(), CalendarVersion.objects.count(), Holiday.objects.count()) == before


@pytest.mark.rule("R-140")
@pytest.mark.parametrize(("year", "closed"), [(2020, False), (2023, False), (2024, True), (2035, True)])
def test_the_twentieth_of_november_is_a_national_holiday_from_2024_on(year, closed):
    day = date(year, 11, 20)
    assert Holiday.objects.filter(day=day, level=Level.NATIONAL).exists() is closed


@pytest.mark.rule("R-140")
def test_the_ten_national_holidays_of_2026_are_those_of_the_guide():
    days = Holiday.objects.filter(level=Level.NATIONAL, day__year=2026).order_by("day").values_list("day", flat=True)
    assert [f"{day:%m-%d}" for day in days] == NATIONAL_2026


@pytest.mark.rule("R-140")
@pytest.mark.parametrize(
    ("calendar", "is_open"),
    [("support_tech_07_19", True), ("support_08_18", True), ("consulting_08_12_14_18", False), ("always", True)],
)
def test_a_holiday_of_the_state_closes_all_teams_but_support(calendar, is_open):
    assert queries.schedule_of(calendar).is_open(datetime(2026, 7, 9, 10, 0, tzinfo=ZONE)) is is_open


@pytest.mark.rule("R-140")
@pytest.mark.parametrize("day", [date(2026, 2, 16), date(2026, 12, 24), date(2026, 12, 31)])
def test_optional_holidays_are_working_days(day):
    assert Holiday.objects.filter(day=day, level=Level.OPTIONAL).exists()
    for calendar in Calendar.objects.all():
        assert queries.schedule_of(calendar.pk).is_open(datetime(day.year, day.month, day.day, 10, 0, tzinfo=ZONE))


def test_always_is_open_at_every_hour_of_every_holiday():
    christmas = datetime(2026, 12, 25, 3, 0, tzinfo=ZONE)
    assert queries.schedule_of("always").minutes_between(christmas, christmas + timedelta(days=1)) == 24 * 60


def test_a_calendar_nobody_knows_is_refused():
    with pytest.raises(UnknownCalendar, match="nowhere"):
        queries.schedule_of("nowhere")
    with pytest.raises(UnknownCalendar):
        queries.calendar_named("nowhere")


def test_a_schedule_is_kept_until_the_hours_change(django_assert_num_queries):
    schedule = queries.schedule_of("always")
    with django_assert_num_queries(1):
        assert queries.schedule_of("always") is schedule
    actions.seed_hours()
    assert queries.schedule_of("always") is schedule
    CalendarVersion.objects.filter(calendar__code="datacenter_08_18").delete()
    Calendar.objects.filter(code="datacenter_08_18").delete()
    actions.seed_hours()
    assert queries.schedule_of("always") is not schedule


def test_there_is_one_almanac_with_the_years_whose_holidays_are_known():
    assert str(Almanac.objects.get()) == "2020–2035"
    assert queries.schedule_of("support_tech_07_19").years == (2020, 2035)
