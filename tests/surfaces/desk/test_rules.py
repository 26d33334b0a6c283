"""The pages where managers write rules, try them and read what they did."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client

from farol.automation.models import Rule
from farol.journal.hearing import deliver
from farol.journal.models import Entry
from tests.surfaces.desk.conftest import NOW, signed_in
from tests.world import CRITICAL, World

WRITTEN = {
    "name": "Crítico avisa a gerência", "event": "ticket.opened", "mode": "rehearsal",
    "if_severity": ["critical"], "if_text": "NF-e, sped", "do_task": "Avisar a gerência.",
}  # fmt: skip


@pytest.fixture
def teresa(world: World, now: datetime) -> Client:
    return signed_in(world, "teresa")


def test_a_rule_is_written_read_back_and_changed(teresa: Client) -> None:
    answer = teresa.post("/mesa/automacao/regras/nova", WRITTEN)
    rule = Rule.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/mesa/automacao/regras/{rule.pk}")
    assert rule.conditions == {"severity": ["critical"], "text": ["NF-e", "sped"]}
    assert rule.effects == {"task": "Avisar a gerência."}
    page = teresa.get(answer["Location"]).content.decode()
    for words in ('value="Crítico avisa a gerência"', 'value="NF-e, sped"', "Avisar a gerência.", "Nada ainda."):
        assert words in page
    teresa.post(answer["Location"], WRITTEN | {"mode": "on"})
    rule.refresh_from_db()
    assert rule.mode == "on"
    assert "Ligada" in teresa.get("/mesa/automacao").content.decode()


def test_what_a_rule_would_have_done_is_shown(teresa: Client, world: World) -> None:
    teresa.post("/mesa/automacao/regras/nova", WRITTEN)
    rule = Rule.objects.get()
    address = f"/mesa/automacao/regras/{rule.pk}"
    assert "não valeria nenhuma vez" in teresa.get(f"{address}/ensaio").content.decode()
    ticket = world.open(NOW, impact=CRITICAL)
    assert str(ticket.pk) in teresa.get(f"{address}/ensaio").content.decode()
    deliver(Entry.objects.get(name="ticket.opened"))
    page = teresa.get(address).content.decode()
    assert "Faria" in page
    assert f"/mesa/chamados/{ticket.pk}" in page


@pytest.mark.parametrize(
    ("change", "words"),
    [({"name": " "}, "Dê um nome à regra."), ({"do_task": ""}, "Escolha ao menos uma coisa a fazer."),
     ({"event": "ticket.noted"}, "ticket.noted"), ({"if_severity": ["purple"]}, "purple"),
     ({"name": "x" * 81}, "O nome passa de 80 caracteres."), ({"do_note": "x" * 2001}, "2000"), ({"mode": "x"}, "x")],
)  # fmt: skip
def test_what_cannot_be_kept_comes_back(teresa: Client, change: dict[str, object], words: str) -> None:
    answer = teresa.post("/mesa/automacao/regras/nova", WRITTEN | change)
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert "NF-e, sped" in answer.content.decode()
    assert not Rule.objects.exists()


@pytest.mark.parametrize("path", ["", "/regras/nova", "/regras/1", "/regras/1/ensaio"])
def test_only_managers_have_these_pages(world: World, rafael: Client, marina: Client, path: str) -> None:
    for client in (rafael, marina):
        assert client.get(f"/mesa/automacao{path}").status_code == 404


def test_a_rule_that_is_not_there_is_not_found(teresa: Client) -> None:
    for path in ("/regras/1", "/regras/1/ensaio", "/regras/99999999999999999999"):
        assert teresa.get(f"/mesa/automacao{path}").status_code == 404
    assert teresa.post("/mesa/automacao/regras/1", WRITTEN).status_code == 404
