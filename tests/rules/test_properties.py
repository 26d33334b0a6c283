"""The clock against a count minute by minute, on calendars nobody would think of."""

from array import array
from datetime import UTC
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings

from farol.worktime.bulk import due_many, minutes_between_many
from farol.worktime.by_hand import due_index, paused
from farol.worktime.ledger import Kind, ledger
from farol.worktime.spans import Pause, minute_of
from tests.rules.calendars import LENGTH, Example, cases, examples

CASES = 20_000
EXAMPLES = CASES // 40
thorough = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None)


@pytest.mark.rule("R-060", "R-061", "R-062", "R-142")
def test_twenty_thousand_cases_agree_with_a_count_minute_by_minute():
    seen = 0

    @thorough
    @given(examples(), cases)
    def check(example, batch):
        nonlocal seen
        minutes = example.by_hand.open_minutes(example.start, LENGTH)
        for start, second, allowance, end, pauses in batch:
            stretches = [(first, min(first + length, LENGTH)) for first, length, _ in pauses]
            running = paused(minutes, stretches)
            allowance = allowance % (running.count(1, start) + 1)
            asked = [
                Pause(example.at(first, odd if first < last else 0), example.at(last), str(first))
                for (first, last), (*_, odd) in zip(stretches, pauses, strict=True)
            ]
            due_and_elapsed_are_those_counted(example, running, (start, second, allowance), end, asked)
            the_ledger_tiles_and_adds_up(example, running, (start, second, allowance), asked)
            minutes_without_pauses_are_those_counted(example, minutes, *sorted((start, end)), second)
            seen += 1

    check()
    assert seen >= CASES


def due_and_elapsed_are_those_counted(example: Example, running, case, end, pauses):
    start, second, allowance = case
    since = example.at(start, second)
    due = example.schedule.due(since, allowance, pauses)
    assert due.astimezone(UTC) == example.at(due_index(running, start, allowance)).astimezone(UTC)
    assert example.schedule.minutes_between(since, due, pauses) == allowance
    first, last = sorted((start, end))
    elapsed = example.schedule.minutes_between(example.at(first), example.at(last), pauses)
    assert elapsed == running.count(1, first, last)
    assert example.schedule.is_open(example.at(end)) is bool(example.by_hand.is_open(example.at(end)))


def minutes_without_pauses_are_those_counted(example: Example, minutes, first, last, second):
    since, until = example.at(first), example.at(last, second)
    for _ in range(2):  # the first question lays the days out, the next ones read them
        assert example.schedule.minutes_between(since, until) == minutes.count(1, first, last)


def the_ledger_tiles_and_adds_up(example: Example, running, case, pauses):
    start, second, allowance = case
    account = ledger(example.schedule, example.at(start, second), allowance, pauses)
    edges = [minute_of(edge, "edge") for span in account.spans for edge in (span.start, span.end)]
    edges = [edge - minute_of(example.start, "start") for edge in edges]
    spans = list(zip(account.spans, edges[::2], edges[1::2], strict=True))
    assert edges[1:-1:2] == edges[2::2]
    assert not edges or (edges[0], edges[-1]) == (start, due_index(running, start, allowance))
    assert sum(span.minutes for span in account.spans if span.kind is Kind.RUNNING) == allowance
    for span, first, last in spans:
        assert span.minutes == last - first > 0
        assert running.count(1, first, last) == (span.minutes if span.kind is Kind.RUNNING else 0)
    assert all((a.kind, a.why) != (b.kind, b.why) for a, b in pairwise(account.spans))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(examples(), cases)
def test_a_later_start_or_a_larger_allowance_is_never_due_earlier(example, batch):
    for start, _, allowance, later, pauses in batch:
        asked = [Pause(example.at(first), example.at(first + length)) for first, length, _ in pauses]
        first, last = sorted((start, later))
        allowance = within_reach(example, last, allowance, asked)
        due = due_minute(example, first, allowance, asked)
        assert due <= due_minute(example, last, allowance, asked)
        assert due <= due_minute(example, first, allowance + 1, asked)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(examples(), cases)
def test_arrays_say_what_single_calls_say(example, batch):
    base = minute_of(example.start, "start")
    starts = array("q", (base + start for start, *_ in batch))
    allowances = [within_reach(example, start, allowance) for start, _, allowance, *_ in batch]
    singly = [due_minute(example, start, allowance) for (start, *_), allowance in zip(batch, allowances, strict=True)]
    assert list(due_many(example.schedule, starts, allowances)) == singly
    assert list(minutes_between_many(example.schedule, starts, singly)) == allowances
    end = example.at(LENGTH)
    least = min(40, *(example.schedule.minutes_between(example.at(start), end) for start, *_ in batch))
    assert list(due_many(example.schedule, starts, least)) == [due_minute(example, start, least) for start, *_ in batch]


def within_reach(example: Example, start, allowance, pauses=()):
    return allowance % (example.schedule.minutes_between(example.at(start), example.at(LENGTH), pauses) + 1)


def due_minute(example: Example, start, allowance, pauses=()):
    """In UTC: instants of one zone compare by their wall clocks, blind to the repeated hour."""
    return minute_of(example.schedule.due(example.at(start), allowance, pauses), "due")
