"""A program that says how far it has read: a change made on old knowledge is refused, and can be sent again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from farol.tickets import actions
from farol.tickets.models import Ticket
from farol.tickets.rules.windows import Asked
from tests.calling import Program
from tests.world import World

BY_CUSTOMER: list[tuple[str, dict[str, Any]]] = [
    ("messages", {"body": "Mais um dado."}),
    ("acceptance", {}),
    ("rejection", {"reason": "Continua."}),
    ("postponement", {}),
    ("cancellation", {"reason": "Não preciso mais."}),
]
BY_STAFF: list[tuple[str, str, dict[str, Any]]] = [
    ("POST", "messages", {"body": "Vi."}),
    ("POST", "messages", {"body": "Vi.", "internal": True}),
    ("PUT", "assignment", {"assignee": "me"}),
    ("PUT", "severity", {"severity": "low", "reason": "Só a cor."}),
    ("POST", "information-requests", {"body": "Envie o XML."}),
    ("POST", "quotes", {"body": "R$ 100,00"}),
    ("POST", "authorizations", {"body": "R$ 4,40 por minuto."}),
    ("POST", "solutions", {"body": "Atualize."}),
    ("POST", "redirection", {"body": "Procure a regional."}),
    ("POST", "cancellation", {"reason": "Em duplicidade."}),
]


def refused(program: Program, method: str, path: str, body: dict[str, Any], seen: int) -> None:
    problem = program.call(method, path, body | {"seen": seen}, expect=409)
    assert problem["code"] == "ticket.changed"
    assert "Jussara Lima" in problem["detail"]
    assert problem["remedy"]


@pytest.mark.parametrize(("noun", "body"), BY_CUSTOMER)
def test_a_customers_change_on_old_knowledge_is_refused(
    world: World, contact: Program, noun: str, body: dict[str, Any]
) -> None:
    ticket = world.solved(datetime.now(UTC))
    path = f"/tickets/{ticket.pk}"
    seen = contact.get(path)["last_entry"]
    actions.reply(ticket.pk, body="Já corrigimos.", by=world.by(world.jussara), now=datetime.now(UTC))
    refused(contact, "POST", f"{path}/{noun}", body, seen)
    assert contact.get(path)["state"] == "awaiting_acceptance"
    if noun != "cancellation":
        contact.post(f"{path}/{noun}", body | {"seen": contact.get(path)["last_entry"]})


@pytest.mark.parametrize("noun", ["approval", "disapproval"])
def test_a_charge_is_decided_only_by_who_has_read_it(world: World, contact: Program, noun: str) -> None:
    now = datetime.now(UTC)
    ticket = world.open(now)
    actions.ask_customer(ticket.pk, body="R$ 4,40.", asked=Asked.AUTHORIZATION, by=world.by(world.rafael), now=now)
    seen = contact.get(f"/tickets/{ticket.pk}")["last_entry"]
    actions.reply(ticket.pk, body="São 30 min.", by=world.by(world.jussara), now=now)
    refused(contact, "POST", f"/tickets/{ticket.pk}/{noun}", {}, seen)
    contact.post(f"/tickets/{ticket.pk}/{noun}")


@pytest.mark.parametrize(("method", "noun", "body"), BY_STAFF)
def test_a_change_of_the_staff_on_old_knowledge_is_refused(
    world: World, analyst: Program, method: str, noun: str, body: dict[str, Any]
) -> None:
    ticket = world.open(datetime.now(UTC))
    path = f"/tickets/{ticket.pk}"
    seen = analyst.get(path)["last_entry"]
    actions.note(ticket.pk, body="Espere.", by=world.by(world.jussara), now=datetime.now(UTC))
    refused(analyst, method, f"{path}/{noun}", body, seen)
    body = body | {"seen": analyst.get(path)["last_entry"]}
    analyst.call(method, f"{path}/{noun}", body, expect=200 if method == "PUT" else 201)


def test_a_transfer_and_hours_on_old_knowledge_are_refused(world: World, analyst: Program) -> None:
    ticket = world.open(datetime.now(UTC))
    seen = ticket.last_entry_id
    actions.note(ticket.pk, body="Espere.", by=world.by(world.jussara), now=datetime.now(UTC))
    transfer = {"area": world.factory.pk, "reason": "É erro do produto."}
    refused(analyst, "POST", f"/tickets/{ticket.pk}/transfers", transfer, seen)
    hours = {
        "started_at": "2026-11-23T09:00:00-03:00", "ended_at": "2026-11-23T09:30:00-03:00",
        "activity": "Análise", "billable": False,
    }  # fmt: skip
    refused(analyst, "POST", f"/tickets/{ticket.pk}/work-entries", hours, seen)
    assert Ticket.objects.get(pk=ticket.pk).area_id == world.fiscal.pk


@pytest.mark.parametrize("seen", ["12", -1, 1.5, 2**63, True])
def test_what_is_no_entry_is_named(world: World, contact: Program, seen: object) -> None:
    ticket = world.solved(datetime.now(UTC))
    problem = contact.post(f"/tickets/{ticket.pk}/acceptance", {"seen": seen}, expect=422)
    assert "seen" in problem["errors"]
