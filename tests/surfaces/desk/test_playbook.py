"""Ready answers on the desk: kept on a page, picked beside the composer, filled in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from farol.playbook import actions
from farol.playbook.models import ReadyAnswer
from farol.tickets.models import Ticket
from tests.surfaces.desk.conftest import NOW
from tests.world import World


@pytest.fixture
def ticket(world: World) -> Ticket:
    return world.open(NOW - timedelta(hours=1), subject='Nota <b>"778"</b>')


@pytest.fixture
def answer(world: World) -> ReadyAnswer:
    return actions.write_answer(
        None, area=world.fiscal, title="Pedir XML", by=world.by(world.rafael), now=NOW,
        text="Olá {{contato}}, sobre {{assunto}} ({{numero}}): envie o XML. {{analista}}",
    )  # fmt: skip


def test_a_team_keeps_its_answers_on_a_page(rafael: Client, world: World) -> None:
    assert "Nenhum modelo ainda" in rafael.get("/mesa/modelos").content.decode()
    assert "{{prazo}}" in rafael.get("/mesa/modelos/novo").content.decode()
    facts = {"area": str(world.fiscal.pk), "title": "Pedir XML", "text": "Envie o XML, {{contato}}."}
    assert "Modelo guardado." in rafael.post("/mesa/modelos/novo", facts, follow=True).content.decode()
    found = ReadyAnswer.objects.get()
    assert "Envie o XML, {{contato}}." in rafael.get(f"/mesa/modelos/{found.pk}").content.decode()
    rafael.post(f"/mesa/modelos/{found.pk}", facts | {"title": "Pedir nota"})
    assert "Pedir nota" in rafael.get("/mesa/modelos").content.decode()
    page = rafael.post(f"/mesa/modelos/{found.pk}/remocao", follow=True).content.decode()
    assert "Modelo removido." in page
    assert "Pedir nota" not in page


@pytest.mark.parametrize(("facts", "status", "text"), [
    ({"text": "Olá {{cliente}}"}, 422, "Não há o que preencher em {{cliente}}."),
    ({"text": ""}, 422, "Escreva o texto do modelo."),
    ({"title": ""}, 422, "Dê um título para achar este modelo."),
    ({"area": "999"}, 422, "Escolha"),
    ({"title": "PEDIR XML"}, 409, "A equipe já tem um modelo com este título."),
])  # fmt: skip
def test_what_is_refused_stands_on_the_form(
    rafael: Client, world: World, answer: ReadyAnswer, facts: dict[str, str], status: int, text: str
) -> None:
    told = {"area": str(world.fiscal.pk), "title": "Outro", "text": "Olá", **facts}
    page = rafael.post("/mesa/modelos/novo", told)
    assert page.status_code == status
    assert text in page.content.decode()


def test_other_teams_answers_are_read_and_left_alone(rafael: Client, world: World) -> None:
    other = actions.write_answer(
        None, area=world.factory, title="Da Fábrica", text="Olá", by=world.by(world.teresa), now=NOW
    )
    assert "Da Fábrica" in rafael.get("/mesa/modelos").content.decode()
    assert rafael.get(f"/mesa/modelos/{other.pk}").status_code == 404
    assert rafael.post(f"/mesa/modelos/{other.pk}/remocao").status_code == 403
    assert rafael.get("/mesa/modelos/999").status_code == 404


def test_the_picker_fills_in_the_blanks_and_escapes_them(rafael: Client, ticket: Ticket, answer: ReadyAnswer) -> None:
    page = rafael.get(f"/mesa/chamados/{ticket.pk}/modelos").content.decode()
    text = f"Olá Marina, sobre Nota &lt;b&gt;&quot;778&quot;&lt;/b&gt; ({ticket.pk}): envie o XML. Rafael"
    assert f'data-inserts="{text}"' in page
    assert 'id="act"' in page


def test_without_scripts_the_answer_comes_by_its_address(rafael: Client, ticket: Ticket, answer: ReadyAnswer) -> None:
    stem = f"/mesa/chamados/{ticket.pk}"
    rafael.post(f"{stem}/rascunho", {"body": "Bom dia."})
    page = rafael.get(f"{stem}?modelo={answer.pk}").content.decode()
    assert "Bom dia.\n\nOlá Marina, sobre" in page
    for nonsense in ("999", "x", "9" * 50):
        assert rafael.get(f"{stem}?modelo={nonsense}").status_code == 200


def test_customers_find_nothing_there(marina: Client, ticket: Ticket, answer: ReadyAnswer) -> None:
    for address in ("/mesa/modelos", "/mesa/modelos/novo", f"/mesa/chamados/{ticket.pk}/modelos"):
        assert marina.get(address).status_code == 404
