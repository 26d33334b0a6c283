"""The guide's deadlines, made elsewhere: 4 desks, 10 openings, 4 severities, 5 kinds of pause."""

import json
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from farol.worktime.ledger import Kind, ledger
from farol.worktime.schedule import Schedule
from farol.worktime.spans import Pause
from farol.worktime.windows import read_week

BOOK = json.loads((Path(__file__).parents[1] / "vectors" / "sla.json").read_text())
ZONE = ZoneInfo(BOOK["timezone"])
HOLIDAYS = [date.fromisoformat(day) for day in BOOK["national_holidays"]]
DESKS = {name: Schedule(read_week(week), ZONE, HOLIDAYS) for name, week in BOOK["calendars"].items()}
at = datetime.fromisoformat


def test_all_the_vectors_are_here():
    assert len(BOOK["vectors"]) == 240


@pytest.mark.rule("R-060", "R-061", "R-062")
@pytest.mark.parametrize("vector", BOOK["vectors"])
def test_a_ticket_is_due_when_the_guide_says_and_its_ledger_adds_up(vector):
    desk, opened, allowance = DESKS[vector["calendar"]], at(vector["opened"]), vector["business_hours"] * 60
    pauses = [Pause(at(start), at(end)) for start, end in vector["pauses"]]
    assert desk.due(opened, allowance, pauses) == at(vector["due"])
    account = ledger(desk, opened, allowance, pauses)
    assert sum(span.minutes for span in account.spans if span.kind is Kind.RUNNING) == allowance
    assert account.due == at(vector["due"])
    assert desk.minutes_between(opened, account.due, pauses) == allowance
