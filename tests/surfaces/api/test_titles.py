"""Titles for programs: brought in, told again, paid, agreed about."""

from __future__ import annotations

from datetime import timedelta

import pytest

from farol.people import actions as people
from farol.people.models import Organization
from farol.portal.door import now
from farol.tickets.rules.windows import day_of
from tests.calling import Program
from tests.world import PASSWORD, World


@pytest.fixture
def clara(world: World) -> Program:
    person = people.hire(name="Clara Reis", email="clara@farol.example", role="cst", areas=[], password=PASSWORD)
    return Program.of(person)


def told(number: str = "NF 1", **changes: object) -> dict[str, object]:
    due = (day_of(now()) - timedelta(days=9)).isoformat()
    return {"cnpj": "12.ABC.345/01DE-35", "number": number, "due_on": due, "amount_cents": 123_450} | changes


@pytest.mark.rule("R-100", "R-101")
def test_titles_are_brought_told_again_and_paid(world: World, clara: Program, contact: Program) -> None:
    lines = [told(), told("NF 2", amount_cents=-1), told("NF 3", cnpj="11444777000161"), told("NF 1")]
    preview = clara.post("/titles", {"titles": lines, "preview": True})
    assert (preview["preview"], preview["good"], [bad["line"] for bad in preview["refused"]]) == (True, 1, [2, 3, 4])
    assert clara.get("/titles")["items"] == []
    brought = clara.post("/titles", {"titles": lines})
    assert (brought["created"], brought["refused"][0]["reasons"] != []) == (1, True)
    again = clara.post("/titles", {"titles": lines})
    assert (again["created"], again["changed"], again["unchanged"]) == (0, 0, 1)
    problem = contact.get("/tickets", expect=403)
    assert (problem["code"], problem["rule"], "CST" in problem["remedy"]) == ("access.customer_in_debt", "R-014", True)
    assert contact.get("/billing-entries")["items"] == []
    debtor = clara.get("/debtors")["items"][0]
    assert (debtor["owed_cents"], debtor["turned_away"]) == (123_450, 1)
    title = contact.get("/titles", state="open")["items"][0]
    assert clara.post(f"/titles/{title['id']}/payment")["state"] == "paid"
    assert contact.get("/tickets")["items"] == []
    clara.post(f"/titles/{title['id']}/payment", expect=409)


@pytest.mark.rule("R-101")
def test_an_agreement_opens_at_once_and_a_breach_shuts_again(world: World, clara: Program, contact: Program) -> None:
    clara.post("/titles", {"titles": [told()]})
    title = clara.get("/titles")["items"][0]
    until = (day_of(now()) + timedelta(days=10)).isoformat()
    body = {"organization": world.serra_azul.pk, "titles": [title["id"]], "valid_until": until, "terms": "Em 3 vezes"}
    agreement = clara.post("/agreements", body)
    assert contact.get("/tickets")["items"] == []
    assert clara.get("/titles")["items"][0]["agreement"] == agreement["id"]
    assert clara.post(f"/agreements/{agreement['id']}/breach", {"reason": "Não pagou"})["broken_at"]
    contact.get("/tickets", expect=403)
    clara.post(f"/agreements/{agreement['id']}/breach", {"reason": "x"}, expect=409)
    clara.post("/agreements", body | {"organization": world.boa_vista.pk}, expect=422)


def test_who_may_not_is_told_so(world: World, analyst: Program, importer: Program) -> None:
    marina, joao, bruno = Program.of(world.marina), Program.of(world.joao), Program.of(world.bruno)
    for program in (analyst, marina):
        program.post("/titles", {"titles": [told()]}, expect=403)
        program.get("/debtors", expect=403)
    assert importer.post("/titles", {"titles": [told()]})["created"] == 1
    title = marina.get("/titles")["items"][0]
    joao.get("/titles", expect=403)
    assert bruno.get("/titles")["items"] == [] if world.bruno.is_administrator else bruno.get("/titles", expect=403)
    marina.post(f"/titles/{title['id']}/payment", expect=403)
    assert Organization.objects.get(pk=world.serra_azul.pk).blocked_from is not None


def test_bad_bodies_are_refused(clara: Program) -> None:
    clara.post("/titles", {"titles": []}, expect=422)
    clara.post("/titles", {"titles": [told(amount_cents="1")]}, expect=422)
    clara.post("/titles", {"titles": [told() | {"at": "x"}]}, expect=422)
    clara.get("/titles", state="unpaid", expect=422)
    clara.get("/titles", cursor="???", expect=400)
    clara.post("/titles/99/payment", expect=404)
    clara.post("/agreements/99/breach", {"reason": ""}, expect=404)
    assert clara.post("/titles", {"titles": [told("\x00")]}, expect=422)
