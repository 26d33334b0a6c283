"""The worked examples of the rules of the service (section 24, A to C), each checkable on a calendar of 2026."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from farol.worktime.schedule import Schedule
from farol.worktime.spans import Pause

ZONE = ZoneInfo("America/Sao_Paulo")
NATIONAL = [
    date(2026, month, day)
    for month, day in ((1, 1), (4, 3), (4, 21), (5, 1), (9, 7), (10, 12), (11, 2), (11, 15), (11, 20), (12, 25))
]
SUPPORT = "07:00-19:00"
CRITICAL, HIGH, MEDIUM, LOW = 600, 1200, 1800, 2400
SEVERITIES = (CRITICAL, HIGH, MEDIUM, LOW)


def desk(hours=SUPPORT):
    return Schedule.weekdays(hours, ZONE, NATIONAL)


def at(text):
    return datetime.strptime(text, "%a %d %b %Y %H:%M").replace(tzinfo=ZONE)


def in_2026(text):
    """``Mon 23 Nov 19:00``; the weekday is checked too."""
    day, clock = text.rsplit(" ", 1)
    instant = at(f"{day} 2026 {clock}")
    assert f"{instant:%a}" == text[:3]
    return instant


def rows(table):
    return [pytest.param(*cells, id=why) for *cells, why in (line.split(" | ") for line in table.strip().splitlines())]


WITHOUT_PAUSE = rows("""
Mon 23 Nov 09:00 | Mon 23 Nov 19:00 | Tue 24 Nov 17:00 | Wed 25 Nov 15:00 | Thu 26 Nov 13:00 | ends exactly at closing
Thu 19 Nov 16:00 | Mon 23 Nov 14:00 | Tue 24 Nov 12:00 | Wed 25 Nov 10:00 | Thu 26 Nov 08:00 | Friday is a holiday
Wed 23 Dec 15:30 | Thu 24 Dec 13:30 | Mon 28 Dec 11:30 | Tue 29 Dec 09:30 | Wed 30 Dec 07:30 | Christmas Eve works
Sat 21 Nov 10:00 | Mon 23 Nov 17:00 | Tue 24 Nov 15:00 | Wed 25 Nov 13:00 | Thu 26 Nov 11:00 | opened on a weekend
Tue 24 Nov 19:00 | Wed 25 Nov 17:00 | Thu 26 Nov 15:00 | Fri 27 Nov 13:00 | Mon 30 Nov 11:00 | at closing is next day
Tue 24 Nov 06:59 | Tue 24 Nov 17:00 | Wed 25 Nov 15:00 | Thu 26 Nov 13:00 | Fri 27 Nov 11:00 | before opening
Thu 02 Apr 18:59 | Mon 06 Apr 16:59 | Tue 07 Apr 14:59 | Wed 08 Apr 12:59 | Thu 09 Apr 10:59 | one minute, Good Friday
Fri 13 Feb 14:00 | Mon 16 Feb 12:00 | Tue 17 Feb 10:00 | Wed 18 Feb 08:00 | Wed 18 Feb 18:00 | Carnival is no holiday
""")


@pytest.mark.rule("R-060", "R-061", "R-140")
@pytest.mark.parametrize(("opened", "critical", "high", "medium", "low"), WITHOUT_PAUSE)
def test_r060_due_dates_without_a_pause(opened, critical, high, medium, low):
    due = [desk().due(in_2026(opened), allowance) for allowance in SEVERITIES]
    assert due == [in_2026(text) for text in (critical, high, medium, low)]


OTHER_WINDOWS = {
    "08:00-18:00": ("Tue 24 Nov 09:00", "Wed 25 Nov 09:00", "Thu 26 Nov 09:00", "Fri 27 Nov 09:00"),
    "08:00-12:00 14:00-18:00": ("Tue 24 Nov 11:00", "Wed 25 Nov 15:00", "Thu 26 Nov 17:00", "Mon 30 Nov 09:00"),
    "08:00-12:00 13:30-18:00": ("Tue 24 Nov 10:30", "Wed 25 Nov 12:00", "Thu 26 Nov 15:00", "Fri 27 Nov 16:30"),
    "08:00-12:00 13:30-17:30": ("Tue 24 Nov 11:00", "Wed 25 Nov 14:30", "Thu 26 Nov 16:30", "Mon 30 Nov 09:00"),
}


@pytest.mark.rule("R-060", "R-061")
@pytest.mark.parametrize(("hours", "due"), OTHER_WINDOWS.items())
def test_r060_other_windows_from_the_same_opening(hours, due):
    opened = in_2026("Mon 23 Nov 09:00")
    assert [desk(hours).due(opened, allowance) for allowance in SEVERITIES] == [in_2026(text) for text in due]


WITH_PAUSES = rows("""
10 | Mon 23 Nov 09:00 | Mon 23 Nov 11:00 → Tue 24 Nov 10:00 | Tue 24 Nov 18:00 | two hours used, eight left
20 | Thu 19 Nov 16:00 | Thu 19 Nov 18:00 → Sat 21 Nov 11:00 | Tue 24 Nov 13:00 | answered on a Saturday
40 | Mon 21 Dec 08:00 | Wed 23 Dec 18:00 → Mon 28 Dec 09:00 | Mon 28 Dec 15:00 | thirty-four hours used
10 | Mon 23 Nov 09:00 | Mon 23 Nov 20:00 → Tue 24 Nov 06:00 | Mon 23 Nov 19:00 | outside the hours changes nothing
10 | Mon 23 Nov 09:00 | Mon 23 Nov 18:00 → Wed 25 Nov 14:00 | Wed 25 Nov 15:00 | solution refused, one hour left
""")


@pytest.mark.rule("R-062")
@pytest.mark.parametrize(("hours", "opened", "pause", "due"), WITH_PAUSES)
def test_r062_due_dates_with_a_pause(hours, opened, pause, due):
    assert desk().due(in_2026(opened), int(hours) * 60, [waited(pause)]) == in_2026(due)


@pytest.mark.rule("R-062")
def test_r062_a_date_reached_before_the_second_pause():
    pauses = [waited("Mon 23 Nov 12:00 → Mon 23 Nov 14:00"), waited("Wed 25 Nov 18:00 → Fri 27 Nov 08:30")]
    assert desk().due(in_2026("Mon 23 Nov 09:00"), MEDIUM, pauses) == in_2026("Wed 25 Nov 17:00")


def waited(text):
    start, end = text.split(" → ")
    return Pause(in_2026(start), in_2026(end), "customer")


@pytest.mark.rule("R-063")
def test_r063_a_new_severity_counts_from_the_opening_with_the_same_pauses():
    opened, pauses = in_2026("Mon 23 Nov 09:00"), [waited("Mon 23 Nov 14:00 → Mon 23 Nov 16:00")]
    assert desk().due(opened, LOW, pauses) == in_2026("Thu 26 Nov 15:00")
    due = desk().due(opened, CRITICAL, pauses)
    assert due == in_2026("Tue 24 Nov 09:00")
    assert desk().minutes_between(due, in_2026("Tue 24 Nov 11:00"), pauses) == 120  # already two hours late


@pytest.mark.rule("R-061")
def test_r061_an_allowance_that_ends_at_closing_is_due_at_closing():
    assert desk().due(in_2026("Mon 23 Nov 09:00"), CRITICAL) == in_2026("Mon 23 Nov 19:00")
    assert desk().due(in_2026("Mon 23 Nov 09:00"), CRITICAL + 1) == in_2026("Tue 24 Nov 07:01")


@pytest.mark.rule("R-060")
def test_r060_exactly_at_closing_counts_as_outside_and_at_opening_as_inside():
    assert not desk().is_open(in_2026("Mon 23 Nov 19:00"))
    assert desk().is_open(in_2026("Mon 23 Nov 18:59"))
    assert desk().is_open(in_2026("Mon 23 Nov 07:00"))
    assert desk().next_opening(in_2026("Thu 19 Nov 19:00")) == in_2026("Mon 23 Nov 07:00")
    assert desk().next_opening(in_2026("Mon 23 Nov 09:00")) == in_2026("Mon 23 Nov 09:00")


@pytest.mark.rule("R-068")
def test_r068_the_minutes_of_internal_integration_count_like_any_other():
    assert desk().minutes_between(in_2026("Mon 23 Nov 10:00"), in_2026("Mon 23 Nov 10:15")) == 15
    assert desk().minutes_between(in_2026("Mon 23 Nov 15:30"), in_2026("Mon 23 Nov 15:45")) == 15
