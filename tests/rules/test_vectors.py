"""The guide's deadlines, made elsewhere: 4 desks, 10 openings, 4 severities, 5 kinds of pause."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from farol.worktime.errors import NotWholeMinutes
from farol.worktime.ledger import Kind, ledger
from farol.worktime.vectors import disagreements, read_book

BOOK = json.loads((Path(__file__).parents[1] / "vectors" / "sla.json").read_text())
CASES = read_book(BOOK)


def test_all_the_vectors_are_here():
    assert len(CASES) == 240


@pytest.mark.rule("R-060", "R-061", "R-062")
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.number}-{case.calendar}")
def test_a_ticket_is_due_when_the_guide_says_and_its_ledger_adds_up(case):
    assert case.computed() == case.due
    account = ledger(case.schedule, case.opened, case.minutes, case.pauses)
    assert sum(span.minutes for span in account.spans if span.kind is Kind.RUNNING) == case.minutes
    assert account.due == case.due
    assert case.schedule.minutes_between(case.opened, account.due, case.pauses) == case.minutes


def test_a_book_that_is_wrong_by_a_minute_is_told_case_by_case():
    wrong = replace(CASES[6], due=CASES[6].due + timedelta(minutes=1))
    beyond = replace(CASES[7], opened=CASES[7].opened.replace(year=2030))
    told = disagreements([*CASES[:6], wrong, beyond, *CASES[8:]])
    assert [(each.case.number, each.computed) for each in told] == [
        (7, CASES[6].due),
        (8, "since: fora dos anos do calendário (2026 a 2027)."),
    ]


def test_part_of_a_minute_in_a_book_is_refused():
    with pytest.raises(NotWholeMinutes, match="business_hours"):
        read_book({**BOOK, "vectors": [{**BOOK["vectors"][0], "business_hours": 0.33}]})
