"""Time and check the clock against other libraries of business time, on the same cases in one run.

Prints microseconds a call for "add 10 business hours" and for "business minutes between" over 1, 30 and 365 days, how
many answers of each library differ from a count minute by minute, and how many times faster than the fastest library
without a mistake the clock is. The others come with `uv sync --group bench`. Exits 1 if the clock made a mistake.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from farol.house.measure import clock_cases, clocks
from farol.house.measure.clock_run import Result, measure, measure_arrays, measure_longest

TARGETS = {"add 10 h": 40, "between, 30 days": 100, "between, 365 days": 1000}
MOST = {"add, up to 10 years": 5.0, "add 10 h, array": 0.5, "between, array": 0.5}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--cases", type=int, default=100, metavar="N", help="instants on each desk")
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> int:
    results = list(_results(options.cases))
    if options.json:
        print(json.dumps([asdict(result) for result in results], indent=2))
    else:
        _print(results, options.cases)
    return 1 if any(result.wrong for result in results if result.clock == "farol") else 0


def _results(count: int) -> Iterator[Result]:
    for desk in clock_cases.DESKS:
        cases = clock_cases.draw(desk, count)
        for clock in (clocks.farol(desk), *clocks.others(desk)):
            yield from measure(clock, cases)
        yield measure_longest(desk, cases)
        yield from measure_arrays(desk, cases)


def _print(results: Sequence[Result], count: int) -> None:
    asked = dict.fromkeys((result.desk, result.question) for result in results)
    for desk in dict.fromkeys(desk for desk, _ in asked):
        print(f"\n{desk}: {count} cases")
        for question in (question for each, question in asked if each == desk):
            _print_question([result for result in results if (result.desk, result.question) == (desk, question)])


def _print_question(results: Sequence[Result]) -> None:
    ours, *others = results
    print(
        f"  {ours.question:<22} {ours.microseconds:>10.2f} µs  farol{_wrong(ours)}  {_verdict(ours, others)}".rstrip()
    )
    for result in others:
        ratio = result.microseconds / ours.microseconds
        print(f"{'':<24} {result.microseconds:>10.2f} µs  {result.clock}, {ratio:.0f} times{_wrong(result)}")


def _wrong(result: Result) -> str:
    return f", {result.wrong} wrong" if result.wrong else ""


def _verdict(ours: Result, others: Sequence[Result]) -> str:
    if (most := MOST.get(ours.question)) is not None:
        return f"{'met' if ours.microseconds < most else 'missed'}: under {most} µs"
    right = [result for result in others if not result.wrong]
    if ours.question not in TARGETS or not right:
        return ""
    fastest = min(right, key=lambda result: result.microseconds)
    ratio, target = fastest.microseconds / ours.microseconds, TARGETS[ours.question]
    word = "met" if ratio >= target else "missed"
    return f"{word}: {target} times faster than the fastest without a mistake ({fastest.clock}, {ratio:.0f})"
