"""The staff opens a ticket in a customer's name."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from farol.contracts.models import Contract
from farol.tickets.models import Ticket
from tests.world import World, at

ADDRESS = "/mesa/chamados/novo"


@pytest.fixture
def answers(world: World) -> dict[str, object]:
    return {
        "cliente": world.serra_azul.pk,
        "contact": world.joao.pk,
        "channel": "phone",
        "about": f"{world.product.pk}.{world.module.pk}",
        "kind": "nonconformity",
        "usability": "unusable",
        "workaround": "no",
        "data_corruption": "no",
        "critical_operation": "on",
        "subject": "NF-e não transmite",
        "description": "Nenhuma nota sai desde as oito horas da manhã.",
    }


def test_a_contact_cannot_open_here(marina: Client, answers: dict[str, object]) -> None:
    assert marina.get(ADDRESS).status_code == 404
    assert marina.post("/mesa/chamados", answers).status_code == 404
    assert marina.post(f"{ADDRESS}/previsao", answers).status_code == 404
    assert not Ticket.objects.exists()


@pytest.mark.rule("R-033")
@pytest.mark.parametrize("text", ["serra", "LATICÍNIOS", "12.abc.345/01de-35", "12ABC3"])
def test_a_customer_is_found_by_name_or_cnpj(world: World, rafael: Client, text: str) -> None:
    html = rafael.get(f"{ADDRESS}?busca={text}").content.decode()
    assert re.findall(r'href="\?cliente=(\d+)"', html) == [str(world.serra_azul.pk)]


def test_an_unknown_customer_is_said_to_be_unknown(world: World, rafael: Client) -> None:
    assert "Nenhuma empresa com “Xyz”." in rafael.get(f"{ADDRESS}?busca=Xyz").content.decode()
    assert "Quem pede?" in rafael.get(f"{ADDRESS}?cliente=999").content.decode()
    assert "Nenhuma empresa com “Xyz”." in rafael.get(f"{ADDRESS}?busca=X%00yz").content.decode()


@pytest.mark.rule("R-050", "R-051")
def test_a_telephone_ticket_is_opened_with_severity_and_date(
    world: World, rafael: Client, answers: dict[str, object]
) -> None:
    html = rafael.post(
        "/mesa/chamados", {**answers, "attachments": SimpleUploadedFile("nota.xml", b"<nfe/>")}, follow=True
    )
    ticket = Ticket.objects.get()
    assert (ticket.contact, ticket.channel, ticket.severity) == (world.joao, "phone", "critical")
    assert ticket.due_at == at("2026-11-24 19:00")
    text = html.content.decode()
    assert f"Chamado {ticket.pk} aberto. Retorno até hoje, às 19h00." in text
    assert "cliente · telefone · registrado por Rafael Tanaka" in text
    assert "nota.xml" in text


@pytest.mark.rule("R-051", "R-065")
def test_the_forecast_follows_the_answers_and_opens_nothing(
    world: World, rafael: Client, answers: dict[str, object]
) -> None:
    html = rafael.post(f"{ADDRESS}/previsao", answers).content.decode()
    assert "Crítica" in html
    assert "hoje, às 19h00" in html
    html = rafael.post(f"{ADDRESS}/previsao", {**answers, "workaround": ""}).content.decode()
    assert "Ainda não dá para dizer" in html
    assert not Ticket.objects.exists()


@pytest.mark.parametrize(("field", "value", "words"), [
    ("contact", "", "Escolha quem pede."),
    ("contact", "424242", "424242"),
    ("about", "", "Escolha o produto."),
    ("usability", "", "Escolha uma opção."),
    ("subject", " ", "Escreva o assunto em uma frase."),
    ("description", "Curta", "Conte o que aconteceu em ao menos 20 caracteres."),
])  # fmt: skip
def test_what_is_missing_is_asked_for_and_the_rest_is_kept(
    rafael: Client, answers: dict[str, object], field: str, value: str, words: str
) -> None:
    answer = rafael.post("/mesa/chamados", {**answers, field: value})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert words in html
    assert "NF-e não transmite" in html or field == "subject"
    assert not Ticket.objects.exists()


@pytest.mark.rule("R-016")
def test_a_product_outside_the_contract_is_not_offered(
    world: World, rafael: Client, answers: dict[str, object]
) -> None:
    html = rafael.get(f"{ADDRESS}?cliente={world.serra_azul.pk}").content.decode()
    assert "Horizonte ERP" in html
    assert "Âncora RH" not in html
    assert rafael.post("/mesa/chamados", {**answers, "about": world.other_product.pk}).status_code == 422


@pytest.mark.rule("R-016")
def test_without_a_contract_nothing_can_be_chosen(world: World, rafael: Client, answers: dict[str, object]) -> None:
    Contract.objects.update(valid_until=at("2026-11-01 00:00").date())
    answer = rafael.post("/mesa/chamados", answers)
    assert answer.status_code == 422
    assert "Não há contrato ativo para abrir chamados." in answer.content.decode()
