"""`farol bench clock`: the figures are the machine's, the answers must be right."""

from __future__ import annotations

import pytest

from farol.house.command_line import main
from farol.house.measure import clock_cases, clocks
from farol.house.measure.clock_run import measure

QUESTIONS = [
    "add 10 h",
    "between, 1 day",
    "between, 30 days",
    "between, 365 days",
    "add, up to 10 years",
    "add 10 h, array",
    "between, array",
]


def test_the_clock_answers_every_case_of_the_benchmark_right(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "clock", "--cases", "4"]) == 0
    out = capsys.readouterr().out
    assert [line for line in out.splitlines() if line.endswith(": 4 cases")] == [
        f"{desk.name}: 4 cases" for desk in clock_cases.DESKS
    ]
    assert all(out.count(f"  {question} ") == len(clock_cases.DESKS) for question in QUESTIONS)


def test_a_wrong_answer_is_counted() -> None:
    desk = clock_cases.DESKS[0]
    cases = clock_cases.draw(desk, 10)
    deaf = clocks.Clock("deaf", lambda at: at, lambda at: at, lambda start, end: -1)
    assert [result.wrong for result in measure(deaf, cases)] == [10, 10, 10, 10]
