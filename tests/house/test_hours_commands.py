"""`farol hours …`: which years' holidays are known, and more of them."""

from __future__ import annotations

import json

import pytest

from farol.hours.actions import seed_hours
from farol.hours.rules import YearsKnown, YearsOutOfReach
from farol.house.command_line import execute

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _hours() -> None:
    seed_hours()


@pytest.mark.rule("R-140")
def test_years_are_shown_and_loaded(capsys: pytest.CaptureFixture[str]) -> None:
    assert execute(["hours", "years"]) == 0
    assert capsys.readouterr().out == "Holidays are known from 2020 to 2035.\n"
    assert execute(["hours", "load", "--until", "2036", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["last_year"], said["loaded"] > 10, said["runs_out"]) == (2036, True, False)
    seed_hours()
    assert execute(["hours", "years", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["last_year"] == 2036


@pytest.mark.parametrize(("until", "refusal"), [("2035", YearsKnown), ("2101", YearsOutOfReach)])
def test_years_known_or_out_of_reach_are_refused(until: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        execute(["hours", "load", "--until", until])
