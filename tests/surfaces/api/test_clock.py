"""Why a ticket is due when it is, for a program and in words."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.calling import ANNOYING, STOPPED, Program
from tests.surfaces.api.test_bad_input import opening
from tests.world import World


@pytest.fixture
def customer(world: World) -> Program:
    return Program.of(world.marina, "import")


def opened(customer: Program, world: World, at: str, impact: dict[str, Any] = STOPPED) -> str:
    return f"/tickets/{customer.post('/tickets', opening(world, at=at, impact=impact))['number']}"


def minutes(start: str, end: str) -> float:
    return (datetime.fromisoformat(end) - datetime.fromisoformat(start)) / timedelta(minutes=1)


def tiles(ticket: dict[str, Any], clock: dict[str, Any]) -> bool:
    """Every promise of the contract about the spans."""
    spans = clock["spans"]
    edges = [span["from"] for span in spans[1:]] == [span["to"] for span in spans[:-1]]
    ends = (spans[0]["from"], spans[-1]["to"]) == (ticket["opened_at"], clock["due_at"])
    lengths = all(span["minutes"] == minutes(span["from"], span["to"]) > 0 for span in spans)
    running = sum(span["minutes"] for span in spans if span["kind"] == "running")
    agree = clock["due_at"] == ticket["due_at"]
    adds_up = clock["consumed_minutes"] + clock["remaining_minutes"] == clock["allowance_minutes"]
    return edges and ends and lengths and running == clock["allowance_minutes"] and agree and adds_up


@pytest.mark.rule("R-060", "R-061")
@pytest.mark.parametrize("impact", [STOPPED, ANNOYING])
@pytest.mark.parametrize(
    "at",
    [
        "2026-11-23T09:00:00-03:00",
        "2026-11-19T16:00:59-03:00",
        "2026-11-21T10:00:00.999999-03:00",
        "2026-11-24T19:00:00-03:00",
        "2026-11-24T06:59:00Z",
        "2026-12-23T15:30:00+05:30",
    ],
)
def test_the_spans_tile_the_time_from_opening_to_due(
    world: World, customer: Program, at: str, impact: dict[str, Any]
) -> None:
    path = opened(customer, world, at, impact)
    assert tiles(customer.get(path), customer.get(f"{path}/clock"))


def test_a_ticket_opened_this_very_second_tiles_too(world: World, contact: Program) -> None:
    ticket = contact.post("/tickets", opening(world))
    assert tiles(ticket, contact.get(f"/tickets/{ticket['number']}/clock"))


@pytest.mark.rule("R-060")
def test_closed_hours_are_explained(world: World, customer: Program) -> None:
    clock = customer.get(f"{opened(customer, world, '2026-11-19T16:00:00-03:00')}/clock")
    assert clock["calendar"] == "Suporte técnico, 7h–19h"
    assert [(span["from"][:16], span["kind"], span["why"]) for span in clock["spans"]] == [
        ("2026-11-19T16:00", "running", "Dentro do horário de atendimento: o prazo corre."),
        ("2026-11-19T19:00", "closed", "Fora do horário de atendimento."),
        ("2026-11-20T00:00", "closed", "Feriado: Dia Nacional de Zumbi e da Consciência Negra, 20 nov."),
        ("2026-11-21T00:00", "closed", "Dia sem atendimento: fim de semana."),
        ("2026-11-23T00:00", "closed", "Fora do horário de atendimento."),
        ("2026-11-23T07:00", "running", "Dentro do horário de atendimento: o prazo corre."),
    ]


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_words_follow_the_reader(world: World, customer: Program, language: str) -> None:
    path = opened(customer, world, "2026-11-19T16:00:00-03:00")
    there, here = (customer.get(f"{path}/clock", headers={"Accept-Language": code}) for code in (language, "pt-BR"))
    for kind in ("running", "closed"):
        said, known = ({span["why"] for span in clock["spans"] if span["kind"] == kind} for clock in (there, here))
        assert said != known


@pytest.mark.rule("R-062")
@pytest.mark.parametrize(
    ("call", "why"),
    [
        ("information-requests", "Aguardando informações do cliente: o prazo fica parado."),
        ("quotes", "Aguardando aprovação do orçamento: o prazo fica parado."),
        ("authorizations", "Aguardando autorização da cobrança: o prazo fica parado."),
        ("solutions", "Aguardando o aceite da solução: o prazo fica parado."),
    ],
)
def test_while_the_customer_owes_an_answer_the_date_stands(
    world: World, customer: Program, importer: Program, call: str, why: str
) -> None:
    path = opened(customer, world, "2026-11-16T09:00:00-03:00")
    before = customer.get(f"{path}/clock")
    assert before["pause"] is None
    importer.post(f"{path}/{call}", {"body": "O que falta.", "at": "2026-11-16T11:00:00-03:00"})
    paused, ticket = customer.get(f"{path}/clock"), customer.get(path)
    assert tiles(ticket, paused)
    assert paused["due_at"] == before["due_at"] == "2026-11-16T19:00:00-03:00"
    assert (paused["consumed_minutes"], paused["overdue"]) == (120, False)
    assert paused["pause"]["since"] == "2026-11-16T11:00:00-03:00"
    assert paused["pause"]["due_at_if_answered_now"] > paused["due_at"]
    customer.post(f"{path}/messages", {"body": "Segue.", "at": "2026-11-17T08:00:00-03:00"})
    after, ticket = customer.get(f"{path}/clock"), customer.get(path)
    assert tiles(ticket, after)
    assert [span["why"] for span in after["spans"] if span["kind"] == "paused"] == [why]
    assert (after["due_at"], after["pause"]) == ("2026-11-17T16:00:00-03:00", None)


@pytest.mark.rule("R-063")
def test_a_date_in_the_past_is_late_by_so_much(world: World, customer: Program, importer: Program) -> None:
    path = opened(customer, world, "2026-11-16T09:00:00-03:00")
    clock, ticket = customer.get(f"{path}/clock"), customer.get(path)
    assert clock["overdue"] is ticket["overdue"] is True
    assert clock["remaining_minutes"] < 0
    assert tiles(ticket, clock)
