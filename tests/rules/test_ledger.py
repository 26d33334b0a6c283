"""The explanation of a date, as a person would write it down."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from farol.worktime.hours import SpecialDay
from farol.worktime.ledger import ledger
from farol.worktime.schedule import Schedule
from farol.worktime.spans import Pause

ZONE = ZoneInfo("America/Sao_Paulo")
DESK = Schedule.weekdays(
    "07:00-19:00",
    ZONE,
    {date(2026, 11, 20): "Consciência Negra", date(2026, 12, 25): "Natal"},
    {date(2026, 12, 24): SpecialDay.read("07:00-12:00", "Véspera"), date(2026, 12, 28): SpecialDay((), "Inventário")},
)


def november(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


def told(account):
    return [
        f"{s.start:%d/%m %H:%M} {s.end:%d/%m %H:%M} {s.kind} {s.minutes} {s.why.name}".strip() for s in account.spans
    ]


@pytest.mark.rule("R-060", "R-062")
def test_a_pause_over_a_holiday_is_told_in_order():
    pause = Pause(november(19, 18), november(21, 11), "aguardando o cliente")
    assert told(ledger(DESK, november(19, 16), 20 * 60, [pause])) == [
        "19/11 16:00 19/11 18:00 running 120",
        "19/11 18:00 21/11 11:00 paused 2460 aguardando o cliente",
        "21/11 11:00 23/11 00:00 closed 2220",
        "23/11 00:00 23/11 07:00 closed 420",
        "23/11 07:00 23/11 19:00 running 720",
        "23/11 19:00 24/11 07:00 closed 720",
        "24/11 07:00 24/11 13:00 running 360",
    ]


def test_a_holiday_is_told_by_its_name():
    assert told(ledger(DESK, november(19, 18, 59), 2)) == [
        "19/11 18:59 19/11 19:00 running 1",
        "19/11 19:00 20/11 00:00 closed 300",
        "20/11 00:00 21/11 00:00 closed 1440 Consciência Negra",
        "21/11 00:00 23/11 00:00 closed 2880",
        "23/11 00:00 23/11 07:00 closed 420",
        "23/11 07:00 23/11 07:01 running 1",
    ]
    assert [span.why.reason for span in ledger(DESK, november(19, 18, 59), 2).spans] == [
        "running",
        "outside_hours",
        "holiday",
        "weekend",
        "outside_hours",
        "running",
    ]


def test_shorter_hours_and_closures_are_told_by_their_names():
    account = ledger(DESK, datetime(2026, 12, 24, 11, tzinfo=ZONE), 120)
    assert [(str(span.why.reason), span.why.name) for span in account.spans] == [
        ("running", ""),
        ("special_day", "Véspera"),
        ("holiday", "Natal"),
        ("weekend", ""),
        ("holiday", "Inventário"),
        ("outside_hours", ""),
        ("running", ""),
    ]


def test_where_two_pauses_overlap_the_first_keeps_its_label():
    pauses = [Pause(november(23, 9), november(23, 11), "aceite"), Pause(november(23, 10), november(23, 12), "cliente")]
    assert told(ledger(DESK, november(23, 8), 120, pauses)) == [
        "23/11 08:00 23/11 09:00 running 60",
        "23/11 09:00 23/11 11:00 paused 120 aceite",
        "23/11 11:00 23/11 12:00 paused 60 cliente",
        "23/11 12:00 23/11 13:00 running 60",
    ]


@pytest.mark.parametrize(
    ("until", "consumed"), [(november(22, 9), 0), (november(23, 9), 0), (november(23, 10), 60), (november(24, 8), 660)]
)
def test_what_was_consumed_is_counted_up_to_the_instant_asked_about(until, consumed):
    account = ledger(DESK, november(23, 9), 600, until=until)
    assert (account.consumed, account.remaining) == (consumed, 600 - consumed)
    assert account.due == november(23, 19)


def test_no_allowance_has_nothing_to_tell():
    assert ledger(DESK, november(23, 9), 0).spans == ()
