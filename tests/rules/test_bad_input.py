"""What the clock is given wrong it refuses by the name of the field, and never answers with a date."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from farol.worktime import errors
from farol.worktime.bulk import due_many, minutes_between_many
from farol.worktime.hours import SpecialDay
from farol.worktime.ledger import ledger
from farol.worktime.schedule import Schedule
from farol.worktime.spans import Pause, minute_of
from farol.worktime.windows import WHOLE_DAY, read_week

ZONE = ZoneInfo("America/Sao_Paulo")
NINE, TEN = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE), datetime(2026, 11, 23, 10, 0, tzinfo=ZONE)
NAIVE = NINE.replace(tzinfo=None)
DESK = Schedule.weekdays("08:00-18:00", ZONE, [date(2026, 12, 25)])
MINUTE = minute_of(NINE, "nine")
FAR = minute_of(datetime(2030, 1, 1, tzinfo=UTC), "far")


def weekdays(hours, **rest):
    return Schedule.weekdays(hours, ZONE, **rest)


WRONG = {
    "a window that ends before it starts": (lambda: weekdays("12:00-08:00"), errors.EndsBeforeStart, "week[0]"),
    "a window of no length": (lambda: weekdays("08:00-08:00"), errors.EndsBeforeStart, "week[0]"),
    "windows that overlap": (lambda: weekdays("08:00-12:00 11:59-18:00"), errors.WindowsOverlap, "week[0]"),
    "a window nobody can read": (lambda: weekdays("8 to 12"), errors.UnreadableWindow, "hours"),
    "an hour that does not exist": (lambda: weekdays("08:00-25:00"), errors.UnreadableWindow, "hours"),
    "a window with seconds": (lambda: weekdays("08:00:30-12:00"), errors.NotWholeMinutes, "week[0]"),
    "an eighth weekday": (lambda: Schedule({7: ()}, ZONE), errors.UnknownWeekday, "week"),
    "an eighth weekday in JSON": (lambda: read_week({"7": []}), errors.UnknownWeekday, "week"),
    "a window in JSON with three edges": (
        lambda: read_week({"0": [["08:00", "12:00", "13:00"]]}),
        errors.UnreadableWindow,
        "week[0]",
    ),
    "a special day that ends before it starts": (
        lambda: weekdays("08:00-12:00", special={date(2026, 12, 24): SpecialDay.read("12:00-08:00")}),
        errors.EndsBeforeStart,
        "special[2026-12-24]",
    ),
    "a calendar with no open minute": (lambda: Schedule({}, ZONE), errors.NeverOpens, "week"),
    "a calendar with empty days": (lambda: Schedule({0: (), 6: ()}, ZONE), errors.NeverOpens, "week"),
    "years in the wrong order": (lambda: weekdays("08:00-12:00", years=(2027, 2026)), errors.EndsBeforeStart, "years"),
    "years before zones kept to minutes": (
        lambda: weekdays("08:00-12:00", years=(1969, 2026)),
        errors.OutsideYears,
        "years",
    ),
    "a naive start": (lambda: DESK.due(NAIVE, 60), errors.NaiveInstant, "since"),
    "a naive end": (lambda: DESK.minutes_between(NINE, NAIVE), errors.NaiveInstant, "end"),
    "a naive instant": (lambda: DESK.is_open(NAIVE), errors.NaiveInstant, "at"),
    "a naive pause": (lambda: Pause(NINE, NAIVE), errors.NaiveInstant, "end"),
    "a naive until": (lambda: ledger(DESK, NINE, 60, until=NAIVE), errors.NaiveInstant, "until"),
    "a pause that ends before it starts": (lambda: Pause(TEN, NINE), errors.EndsBeforeStart, "end"),
    "an end before the start": (lambda: DESK.minutes_between(TEN, NINE), errors.EndsBeforeStart, "end"),
    "negative minutes": (lambda: DESK.due(NINE, -1), errors.NegativeMinutes, "minutes"),
    "half a minute": (lambda: DESK.due(NINE, 0.5), errors.NotWholeMinutes, "minutes"),
    "minutes as text": (lambda: DESK.due(NINE, "60"), errors.NotWholeMinutes, "minutes"),
    "a start beyond the holidays": (lambda: DESK.due(NINE.replace(year=2027), 60), errors.OutsideYears, "since"),
    "a start before the holidays": (lambda: DESK.due(NINE.replace(year=2025), 60), errors.OutsideYears, "since"),
    "an end beyond the holidays": (
        lambda: DESK.minutes_between(NINE, NINE.replace(year=2027)),
        errors.OutsideYears,
        "end",
    ),
    "a due date beyond the holidays": (lambda: DESK.due(NINE, 40 * 600), errors.OutsideYears, "minutes"),
    "a pause that reaches beyond the holidays": (
        lambda: DESK.due(NINE, 60, [Pause(NINE, NINE.replace(year=2027))]),
        errors.OutsideYears,
        "pauses",
    ),
    "more minutes than any year has": (
        lambda: weekdays("08:00-12:00").due(NINE, 10**12),
        errors.OutsideYears,
        "minutes",
    ),
    "arrays of unlike lengths": (lambda: due_many(DESK, [MINUTE], [1, 2]), errors.UnequalLengths, "minutes"),
    "pairs of unlike lengths": (lambda: minutes_between_many(DESK, [MINUTE], []), errors.UnequalLengths, "ends"),
    "a negative allowance in an array": (lambda: due_many(DESK, [MINUTE], [-1]), errors.NegativeMinutes, "minutes"),
    "half a minute in an array": (lambda: due_many(DESK, [0.5], 60), errors.NotWholeMinutes, "starts"),
    "half a minute for an array": (lambda: due_many(DESK, [MINUTE], 0.5), errors.NotWholeMinutes, "minutes"),
    "an array beyond the holidays": (lambda: due_many(DESK, [MINUTE, FAR], 60), errors.OutsideYears, "starts"),
    "pairs that end before they start": (
        lambda: minutes_between_many(DESK, [MINUTE + 1], [MINUTE]),
        errors.EndsBeforeStart,
        "ends",
    ),
}


@pytest.mark.parametrize(("wrong", "error", "field"), WRONG.values(), ids=WRONG.keys())
def test_bad_input_is_refused_by_its_field(wrong, error, field):
    with pytest.raises(error) as refused:
        wrong()
    assert refused.value.field == field
    assert isinstance(refused.value, ValueError)


def test_every_error_of_the_clock_is_provoked_here():
    assert {error for _, error, _ in WRONG.values()} == set(errors.ClockError.__subclasses__())


def test_overlapping_pauses_are_merged():
    once = [Pause(NINE, NINE.replace(hour=11))]
    twice = [Pause(TEN, NINE.replace(hour=11)), Pause(NINE, NINE.replace(hour=10, minute=30)), Pause(TEN, TEN)]
    assert DESK.due(NINE, 60, twice) == DESK.due(NINE, 60, once) == NINE.replace(hour=12)


def test_seconds_are_cut_to_the_whole_minute():
    assert DESK.due(NINE.replace(second=59), 60) == TEN
    assert DESK.minutes_between(NINE.replace(second=59), TEN.replace(second=1)) == 60


def test_a_pause_far_beyond_the_holidays_does_no_harm_after_the_due_date():
    assert DESK.due(NINE, 60, [Pause(NINE.replace(year=2028), NINE.replace(year=2029))]) == TEN


def test_no_minutes_are_due_at_once_even_on_a_closed_day():
    sunday = datetime(2026, 11, 22, 3, 0, tzinfo=ZONE)
    assert DESK.due(sunday, 0) == sunday


def test_a_calendar_open_only_on_a_special_day_answers_for_that_day_and_refuses_beyond_it():
    once = Schedule({}, ZONE, special={date(2026, 12, 19): SpecialDay((((time(9)), time(12)),), "Mutirão")})
    assert once.due(NINE, 180) == datetime(2026, 12, 19, 12, 0, tzinfo=ZONE)
    with pytest.raises(errors.OutsideYears):
        once.due(NINE, 181)


def test_the_years_are_known_to_their_very_last_instant_and_no_further():
    open_always = Schedule(dict.fromkeys(range(7), (WHOLE_DAY,)), ZONE, years=(2026, 2026))
    midnight = datetime(2027, 1, 1, tzinfo=ZONE)
    assert open_always.due(midnight - timedelta(minutes=5), 5) == midnight
    assert open_always.minutes_between(midnight - timedelta(minutes=5), midnight) == 5
    assert open_always.due(midnight, 0) == midnight
    for beyond in (lambda: open_always.due(midnight, 1), lambda: open_always.due(midnight + timedelta(minutes=1), 0)):
        with pytest.raises(errors.OutsideYears):
            beyond()
    assert open_always.due(midnight - timedelta(days=1), 1440) == midnight
