"""One run of the clocks over the same cases: time for a call, and how many answers are not the counted ones."""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import starmap
from time import perf_counter
from typing import Any

from farol.house.measure import clocks
from farol.house.measure.clock_cases import ALLOWANCE, Cases, Desk
from farol.house.measure.clocks import Clock
from farol.worktime.bulk import due_many, minutes_between_many
from farol.worktime.spans import minute_of

LEAST_SECONDS = 0.004
SLOW = 0.001  # a call that takes longer is timed in the one pass that checks it
ROUNDS = 40  # many short rounds, of which the best was disturbed least
TEN_YEARS = timedelta(days=3650)


@dataclass(frozen=True, slots=True)
class Result:
    desk: str
    question: str
    clock: str
    microseconds: float
    wrong: int


def measure(clock: Clock, cases: Cases) -> list[Result]:
    starts = [clock.native(at) for at in cases.starts]
    results = []
    if clock.add:
        asked = [(at,) for at in starts]
        results.append(_result(cases.desk, "add 10 h", clock.name, clock.add, asked, cases.due))
    for days, ends in cases.ends.items():
        pairs = list(zip(starts, map(clock.native, ends), strict=True))
        question = f"between, {days} day{'s' if days > 1 else ''}"
        results.append(_result(cases.desk, question, clock.name, clock.between, pairs, cases.minutes[days]))
    return results


def measure_longest(desk: Desk, cases: Cases) -> Result:
    """Allowances that end up to ten years later; the way back is the check."""
    schedule = clocks.schedule_of(desk)
    begin = [at.replace(year=2020) for at in cases.starts]
    share = [TEN_YEARS * (place + 1) / len(begin) for place in range(len(begin))]
    asked = [(at, schedule.minutes_between(at, at + length)) for at, length in zip(begin, share, strict=True)]
    seconds = min(_seconds(schedule.due, asked) for _ in range(ROUNDS))
    wrong = sum(schedule.minutes_between(at, schedule.due(at, minutes)) != minutes for at, minutes in asked)
    return Result(desk.name, "add, up to 10 years", "farol", seconds * 1e6, wrong)


def measure_arrays(desk: Desk, cases: Cases, copies: int = 100) -> list[Result]:
    """The same cases as arrays of minutes, many times over."""
    schedule = clocks.schedule_of(desk)
    starts, due = _minutes(cases.starts) * copies, _minutes(cases.due) * copies
    ends = _minutes(cases.ends[365]) * copies
    minutes = array("q", cases.minutes[365]) * copies
    return [
        _array_result(desk, "add 10 h, array", lambda: due_many(schedule, starts, ALLOWANCE), due),
        _array_result(desk, "between, array", lambda: minutes_between_many(schedule, starts, ends), minutes),
    ]


def _array_result(desk: Desk, question: str, call: Callable[[], array[int]], right: array[int]) -> Result:
    wrong = sum(map(int.__ne__, call(), right))
    seconds = min(_seconds(call, [()]) for _ in range(ROUNDS)) / len(right)
    return Result(desk.name, question, "farol", seconds * 1e6, wrong)


def _minutes(instants: Sequence[Any]) -> array[int]:
    return array("q", [minute_of(at, "at") for at in instants])


def _result(
    desk: Desk,
    question: str,
    clock: str,
    call: Callable[..., Any],
    asked: Sequence[tuple[Any, ...]],
    right: Sequence[Any],
) -> Result:
    begun = perf_counter()
    answers = list(starmap(call, asked))
    seconds = (perf_counter() - begun) / len(asked)
    if seconds < SLOW:
        seconds = min(_seconds(call, asked) for _ in range(ROUNDS))
    wrong = sum(not clocks.is_right(answer, truth) for answer, truth in zip(answers, right, strict=True))
    return Result(desk.name, question, clock, seconds * 1e6, wrong)


def _seconds(call: Callable[..., Any], asked: Sequence[tuple[Any, ...]]) -> float:
    """Seconds a call, over as many whole rounds as fill the least time."""
    rounds, start = 0, perf_counter()
    while (passed := perf_counter() - start) < LEAST_SECONDS:
        deque(starmap(call, asked), maxlen=0)
        rounds += 1
    return passed / rounds / len(asked)
