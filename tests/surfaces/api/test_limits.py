"""Calls without end: told when to come back, and never in the way of somebody else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from farol.api import callers
from farol.people.actions.pacing import Tally
from farol.people.models import Pace
from farol.people.rules.pace import Limit
from tests.calling import Program
from tests.world import World


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A hundred at once, then one a minute."""
    monkeypatch.setattr(callers, "calls", Tally(Limit("token", burst=100, every=timedelta(minutes=1))))
    monkeypatch.setattr(callers, "unknown_tokens", Tally(Limit("unknown-token", burst=100, every=timedelta(minutes=1))))
    return


def test_a_token_that_calls_without_end_is_told_when_to_come_back(world: World, narrow: None) -> None:
    busy, other = Program.of(world.marina), Program.of(world.bruno)
    for _ in range(149):
        busy.get("/me")
    answer = busy.client.get("/api/v1/me", headers={"Authorization": f"Bearer {busy.token}"})
    assert answer.status_code == 429
    assert answer["Content-Type"] == "application/problem+json"
    assert int(answer["Retry-After"]) == 3000
    problem = answer.json()
    assert (problem["code"], problem["title"]) == ("request.too_many", "Pedidos demais em pouco tempo.")
    assert "Espere 50 min" in problem["detail"]
    other.get("/me")
    assert Pace.objects.count() == 1


def test_guessing_tokens_ends_in_waiting_for_that_address_alone(world: World, narrow: None) -> None:
    guesser = Program("nothing")
    for _ in range(149):
        guesser.get("/me", expect=401)
    guesser.get("/me", expect=429)
    Program.of(world.marina).get("/me")


def test_an_ordinary_call_writes_nothing_for_it(world: World) -> None:
    program = Program.of(world.marina)
    for _ in range(Tally.BUNDLE - 1):
        program.get("/me")
    assert not Pace.objects.exists()
