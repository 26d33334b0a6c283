"""`farol sla audit`: every stored due date is the one that its rows give."""

from __future__ import annotations

import json

import pytest

from farol.house.command_line import execute
from farol.tickets.models import Ticket
from tests.world import World, at, build


@pytest.fixture
def world(db: None) -> World:
    return build()


@pytest.mark.rule("R-063")
def test_a_stored_date_that_is_not_the_reckoned_one_is_named(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    ticket = world.open(at("2026-11-23 09:00"))
    world.solved(at("2026-11-23 10:00"))
    assert execute(["sla", "audit"]) == 0
    assert capsys.readouterr().out == "disagreements: 0\n"
    Ticket.objects.filter(pk=ticket.pk).update(due_at=at("2026-11-30 09:00"))
    assert execute(["sla", "audit", "--json"]) == 1
    (row,) = json.loads(capsys.readouterr().out)["disagreements"]
    assert (row["number"], row["stored"][:16]) == (ticket.pk, "2026-11-30T12:00")
