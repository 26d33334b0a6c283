"""The survey through the machine's door."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from farol.journal.hearing import deliver
from farol.journal.models import Entry
from farol.survey import actions
from tests.calling import Program
from tests.world import World


@pytest.fixture
def number(world: World) -> int:
    """Of a ticket whose contact was asked."""
    actions.prefer(world.marina, is_wanted=True, severities=[])
    ticket = world.solved(datetime.now(UTC))
    deliver(Entry.objects.get(name="ticket.solution_sent"))
    return ticket.pk


@pytest.mark.rule("R-161", "R-163")
def test_the_contact_answers_once_and_the_ticket_stays(number: int, contact: Program, analyst: Program) -> None:
    path = f"/tickets/{number}/survey"
    before = contact.get(f"/tickets/{number}")
    assert contact.get(path)["score"] is None
    answer = {"score": 4, "comment": "Rápido."}
    assert contact.post(path, answer)["comment"] == "Rápido."
    contact.post(path, answer)
    assert contact.post(path, {"score": 1}, expect=409)["code"] == "survey.answered"
    assert contact.get(f"/tickets/{number}") == before
    assert analyst.get(path)["score"] == 4
    assert "ticket.surveyed" not in [entry["name"] for entry in contact.get(f"/tickets/{number}/timeline")["items"]]


def test_nobody_answers_for_another(world: World, number: int, analyst: Program) -> None:
    path = f"/tickets/{number}/survey"
    for program in (Program.of(world.joao), analyst):
        assert program.post(path, {"score": 5}, expect=404)["code"] == "survey.not_found"
    assert Program.of(world.bruno).get(path, expect=404)["code"] == "ticket.not_found"
    assert Program.of(world.joao).get(path, expect=404)["code"] == "survey.not_found"


@pytest.mark.parametrize(
    "body", [{}, {"score": 0}, {"score": 6}, {"score": "5"}, {"score": 5, "comment": "x" * 2_001}, {"score": 5, "x": 1}]
)
def test_an_answer_out_of_bounds_is_refused(number: int, contact: Program, body: dict[str, object]) -> None:
    assert contact.post(f"/tickets/{number}/survey", body, expect=422)["errors"]
