"""Corrections of time by the API (R-054)."""

from __future__ import annotations

import pytest

from tests.calling import Program
from tests.instants import at
from tests.world import World

WORK = {
    "started_at": "2026-11-24T10:00:00-03:00",
    "ended_at": "2026-11-24T11:00:00-03:00",
    "activity": "Análise",
    "billable": True,
    "at": "2026-11-24T16:00:00-03:00",
}


@pytest.fixture
def number(world: World) -> str:
    return f"/tickets/{world.open(at('2026-11-23 09:00')).pk}"


@pytest.mark.rule("R-054")
def test_corrections_and_withdrawals_leave_a_list_that_adds_up(world: World, number: str) -> None:
    rafael = Program.of(world.rafael, "import")
    first = rafael.post(f"{number}/work-entries", WORK)
    assert (first["corrects"], first["corrected"]) == (None, False)
    shorter = WORK | {"ended_at": "2026-11-24T10:30:00-03:00", "why": "Almoço"}
    second = rafael.post(f"{number}/work-entries/{first['id']}/corrections", shorter)
    assert (second["minutes"], second["corrects"]) == (30, first["id"])
    last = rafael.post(f"{number}/work-entries/{second['id']}/withdrawal", {"why": "Engano", "at": WORK["at"]})
    assert (last["minutes"], last["corrects"]) == (0, second["id"])
    listed = rafael.get(f"{number}/work-entries")["items"]
    assert [(row["minutes"], row["corrected"]) for row in listed] == [(60, True), (30, True), (0, False)]


@pytest.mark.rule("R-054")
def test_refusals_name_what_is_wrong_and_customers_read_no_time(world: World, number: str) -> None:
    rafael = Program.of(world.rafael, "import")
    entry = rafael.post(f"{number}/work-entries", WORK)
    address = f"{number}/work-entries/{entry['id']}"
    other = Program.of(world.jussara, "import")
    assert other.post(f"{address}/corrections", WORK | {"why": "x"}, expect=403)["code"] == "work.not_your_entry"
    assert rafael.post(f"{number}/work-entries/0/withdrawal", {"why": "x", "at": WORK["at"]}, expect=404)["code"]
    rafael.post(f"{address}/withdrawal", {"why": "x", "at": WORK["at"]})
    again = rafael.post(f"{address}/withdrawal", {"why": "x", "at": WORK["at"]}, expect=409)
    assert again["code"] == "work.already_corrected"
    assert Program.of(world.marina).get(f"{number}/work-entries", expect=403)["code"]
