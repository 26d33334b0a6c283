"""Calendars change by version, holidays and special days by entry; what was promised before is not touched here."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from farol.hours import actions, queries
from farol.hours.models import CalendarVersion, Holiday
from farol.hours.rules import (
    HolidayGone,
    HolidayKnown,
    HoursForManagers,
    Level,
    SpecialDayGone,
    VersionTooEarly,
    monday_to_friday,
)
from farol.journal.models import Entry
from farol.kernel.actor import Actor, Channel, Side
from farol.kernel.errors import FieldsRefused
from farol.worktime.hours import SpecialDay

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("America/Sao_Paulo")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)
MANAGER = Actor(Side.STAFF, Channel.PORTAL, is_manager=True)
ANALYST = Actor(Side.STAFF, Channel.PORTAL)
FORGOTTEN = {"day": date(2026, 11, 25), "name": "Padroeira", "level": Level.MUNICIPAL, "place": "SP/São Paulo"}
SUPPORT, CONSULTING = "support_tech_07_19", "consulting_08_12_14_18"


@pytest.fixture(autouse=True)
def _hours() -> None:
    actions.seed_hours()


def draft(**changed: object) -> CalendarVersion:
    calendar = queries.calendar_named(SUPPORT)
    version = CalendarVersion(
        calendar=calendar,
        valid_from=date(2027, 1, 1),
        zone="America/Sao_Paulo",
        week=monday_to_friday(("08:00", "18:00")),
        levels=[Level.NATIONAL],
        reason="O plantão passou para outra equipe.",
    )
    for name, value in changed.items():
        setattr(version, name, value)
    return version


def is_open(calendar: str, day: date, hour: int, on: date | None = None) -> bool:
    return queries.schedule_of(calendar, on).is_open(datetime(day.year, day.month, day.day, hour, tzinfo=ZONE))


@pytest.mark.rule("R-140")
def test_a_new_version_holds_from_its_first_day_and_the_old_one_before() -> None:
    actions.start_version(draft(), by=MANAGER, now=NOW)
    day = date(2027, 1, 4)
    assert is_open(SUPPORT, day, 7, on=date(2026, 12, 31))
    assert not is_open(SUPPORT, day, 7, on=date(2027, 1, 1))
    assert not is_open(SUPPORT, day, 7)
    assert Entry.objects.get(name="calendar.version_started").facts["reason"] == "O plantão passou para outra equipe."


def test_what_a_version_would_say_can_be_asked_before_it_is_saved() -> None:
    monday = datetime(2027, 1, 4, 7, 0, tzinfo=ZONE)
    assert not queries.schedule_of_version(draft()).is_open(monday)
    assert CalendarVersion.objects.filter(calendar__code=SUPPORT).count() == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"week": {"0": [["12:00", "08:00"]]}}, "week[0]"),
        ({"week": {"0": [["08:00", "12:00"], ["11:00", "13:00"]]}}, "week[0]"),
        ({"week": {}}, "week"),
        ({"week": {"8": []}}, "week"),
        ({"zone": "America/Nowhere"}, "zone"),
        ({"reason": " "}, "reason"),
    ],
)
def test_a_version_the_clock_cannot_reckon_with_is_refused_by_its_field(changed: dict[str, object], field: str) -> None:
    with pytest.raises(FieldsRefused) as refused:
        actions.start_version(draft(**changed), by=MANAGER, now=NOW)
    assert set(refused.value.errors) == {field}


def test_a_version_that_begins_before_the_newest_is_refused() -> None:
    with pytest.raises(VersionTooEarly, match="01/01/2020"):
        actions.start_version(draft(valid_from=date(2020, 1, 1)), by=MANAGER, now=NOW)


@pytest.mark.rule("R-140")
def test_a_forgotten_holiday_closes_the_calendars_of_its_place_and_no_other() -> None:
    assert is_open(CONSULTING, FORGOTTEN["day"], 9)
    actions.enter_holiday(**FORGOTTEN, by=MANAGER, now=NOW)
    assert not is_open(CONSULTING, FORGOTTEN["day"], 9)
    assert is_open(SUPPORT, FORGOTTEN["day"], 9)
    assert Entry.objects.get(name="holiday.entered").facts["name"] == "Padroeira"


def test_what_a_holiday_would_do_can_be_asked_before_it_is_entered() -> None:
    before = queries.schedule_of(CONSULTING)
    would = queries.schedules_with_holiday(FORGOTTEN["day"], "Padroeira", Level.MUNICIPAL, "SP/São Paulo")
    version_id, _ = queries.in_force(CONSULTING, NOW.date())
    support_id, _ = queries.in_force(SUPPORT, NOW.date())
    assert support_id not in would
    assert would[version_id].due(NOW, 24 * 60) > before.due(NOW, 24 * 60)
    actions.enter_holiday(**FORGOTTEN, by=MANAGER, now=NOW)
    assert queries.schedule_of(CONSULTING) == would[version_id]


def test_a_removed_holiday_opens_the_day_as_was_foretold() -> None:
    holiday = Holiday.objects.get(day=date(2026, 12, 25), level=Level.NATIONAL)
    would = queries.schedules_without_holiday(holiday)
    actions.remove_holiday(holiday.pk, by=MANAGER, now=NOW)
    assert is_open(SUPPORT, date(2026, 12, 25), 9)
    assert queries.schedule_of(SUPPORT) == would[queries.in_force(SUPPORT, NOW.date())[0]]
    assert Entry.objects.get(name="holiday.removed").facts["name"] == "Natal"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": ""}, "name"),
        ({"day": date(2040, 1, 1)}, "day"),
        ({"place": ""}, "place"),
        ({"place": "SP/"}, "place"),
        ({"level": Level.STATE}, "place"),
        ({"level": Level.NATIONAL}, "place"),
    ],
)
def test_a_holiday_without_name_year_or_place_is_refused(changed: dict[str, object], field: str) -> None:
    with pytest.raises(FieldsRefused) as refused:
        actions.enter_holiday(**(FORGOTTEN | changed), by=MANAGER, now=NOW)
    assert set(refused.value.errors) == {field}


def test_a_holiday_entered_twice_is_refused_by_its_name() -> None:
    with pytest.raises(HolidayKnown, match="Natal"):
        actions.enter_holiday(day=date(2026, 12, 25), name="Natal", level=Level.NATIONAL, by=MANAGER, now=NOW)


def test_a_special_day_has_its_own_hours_and_can_be_taken_back() -> None:
    eve, calendar = date(2026, 12, 24), queries.calendar_named(SUPPORT)
    would = queries.schedules_with_special_days(calendar.pk, {eve}, SpecialDay.read("07:00-12:00", "Véspera"))
    actions.set_special_day(calendar.pk, day=eve, name="Véspera", windows=[["07:00", "12:00"]], by=MANAGER, now=NOW)
    assert is_open(SUPPORT, eve, 11)
    assert not is_open(SUPPORT, eve, 12)
    assert would == {queries.in_force(SUPPORT, eve)[0]: queries.schedule_of(SUPPORT)}
    actions.set_special_day(calendar.pk, day=eve, name="Fechado", windows=[], by=MANAGER, now=NOW)
    assert not is_open(SUPPORT, eve, 11)
    without = queries.schedules_with_special_days(calendar.pk, {eve}, None)
    actions.remove_special_day(calendar.pk, eve, by=MANAGER, now=NOW)
    assert is_open(SUPPORT, eve, 12)
    assert without == {queries.in_force(SUPPORT, eve)[0]: queries.schedule_of(SUPPORT)}


def test_a_special_day_with_reversed_hours_or_no_name_is_refused() -> None:
    calendar, eve = queries.calendar_named(SUPPORT), date(2026, 12, 24)
    for name, windows, field in (("Véspera", [["12:00", "07:00"]], "windows"), ("", [], "name")):
        with pytest.raises(FieldsRefused) as refused:
            actions.set_special_day(calendar.pk, day=eve, name=name, windows=windows, by=MANAGER, now=NOW)
        assert set(refused.value.errors) == {field}


def test_only_a_manager_changes_hours() -> None:
    calendar, holiday = queries.calendar_named(SUPPORT), Holiday.objects.latest("pk")
    for change in (
        lambda: actions.start_version(draft(), by=ANALYST, now=NOW),
        lambda: actions.enter_holiday(**FORGOTTEN, by=ANALYST, now=NOW),
        lambda: actions.remove_holiday(holiday.pk, by=ANALYST, now=NOW),
        lambda: actions.set_special_day(calendar.pk, day=NOW.date(), name="x", windows=[], by=ANALYST, now=NOW),
        lambda: actions.remove_special_day(calendar.pk, NOW.date(), by=ANALYST, now=NOW),
    ):
        with pytest.raises(HoursForManagers):
            change()
    assert not Entry.objects.exists()


@pytest.mark.rule("R-140")
def test_of_two_managers_who_take_the_same_day_back_the_second_is_told() -> None:
    holiday = Holiday.objects.get(day=date(2026, 12, 25))
    actions.remove_holiday(holiday.pk, by=MANAGER, now=NOW)
    with pytest.raises(HolidayGone):
        actions.remove_holiday(holiday.pk, by=MANAGER, now=NOW)
    with pytest.raises(SpecialDayGone):
        actions.remove_special_day(queries.calendar_named(SUPPORT).pk, date(2026, 12, 24), by=MANAGER, now=NOW)
