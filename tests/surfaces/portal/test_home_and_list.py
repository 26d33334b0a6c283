"""The first page and the list: whose turn, by when, what next; and only one's own company."""

from __future__ import annotations

import re
from datetime import timedelta

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from farol.tickets import actions
from tests.surfaces.portal.conftest import NOW
from tests.world import MEDIUM, World, at


def text_of(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_nothing_waiting_is_good_news(marina: Client) -> None:
    assert "Nada esperando você. Avisamos por e-mail quando precisar." in text_of(marina.get("/"))


def test_the_first_page_says_whose_turn_it_is_and_until_when(world: World, marina: Client) -> None:
    solved = world.solved(at("2026-11-18 10:00"))
    asked = world.open(at("2026-11-23 09:00"), subject="Saldo em estoque não confere")
    actions.ask_customer(asked.pk, body="Mande o XML.", by=world.by(world.jussara), now=at("2026-11-23 10:00"))
    world.open(at("2026-11-24 08:00"), subject="Boleto sem o campo multa")
    page = text_of(marina.get("/"))
    assert "Bom dia, Marina." in page
    assert "Dois chamados esperam uma resposta sua." in page
    assert "Rafael propôs uma solução em 18 nov." in page
    assert "Aceite automático em 9 dias" in page
    assert "Jussara pediu uma informação em 23 nov." in page
    assert "Encerra sem resposta em 14 dias" in page
    assert page.index(str(solved.pk)) < page.index(str(asked.pk)), "the first to lapse first"
    assert "Boleto sem o campo multa" in page.partition("Com a nossa equipe")[2]
    assert "Retorno previsto qua., 25 nov., 16h00" in page


def test_a_moved_date_says_that_it_is_new(world: World, marina: Client) -> None:
    ticket = world.open(at("2026-11-23 09:00"), impact=MEDIUM)
    actions.ask_customer(ticket.pk, body="Mande o XML.", by=world.by(world.jussara), now=at("2026-11-23 10:00"))
    actions.reply(ticket.pk, body="Segue.", by=world.by(world.marina), now=at("2026-11-23 15:00"))
    assert "Nova previsão" in text_of(marina.get("/"))


def test_the_company_strip_holds_to_the_contract(marina: Client) -> None:
    page = text_of(marina.get("/"))
    assert "12.ABC.345/01DE-35" in page
    assert "Horizonte ERP 12.4.2" in page
    assert "Suporte padrão" in page
    assert "de segunda a sexta, das 7h às 19h" in page


def test_a_company_sees_its_own_alone(world: World, bruno: Client) -> None:
    world.solved(NOW - timedelta(days=1))
    assert "Rejeição 778" not in text_of(bruno.get("/"))
    assert "Rejeição 778" not in text_of(bruno.get("/chamados?situacao=todos"))
    assert "Rejeição 778" not in text_of(bruno.get("/chamados?situacao=todos&q=rejeição"))


def test_open_and_closed_stand_apart(world: World, marina: Client) -> None:
    world.open(NOW - timedelta(days=1), subject="Ainda aberto")
    done = world.solved(NOW - timedelta(days=2))
    actions.accept_solution(done.pk, by=world.by(world.marina), now=NOW - timedelta(days=1))
    opened, closed = text_of(marina.get("/chamados")), text_of(marina.get("/chamados?situacao=encerrados"))
    assert "Ainda aberto" in opened
    assert str(done.pk) not in opened
    assert "Aceito por você" in closed
    assert "Ainda aberto" not in closed


def test_search_finds_words_in_any_form_and_numbers(world: World, marina: Client) -> None:
    ticket = world.open(NOW, subject="Configurações fiscais zeradas")
    assert str(ticket.pk) in text_of(marina.get("/chamados?q=configuracao fiscal"))
    assert str(ticket.pk) in text_of(marina.get(f"/chamados?q={ticket.pk}"))
    assert "Nenhum chamado com esses filtros" in text_of(marina.get("/chamados?q=zebra"))


def test_the_list_goes_on_page_by_page_without_gaps(world: World, marina: Client) -> None:
    numbers = [world.open(NOW - timedelta(minutes=minute)).pk for minute in range(45)]
    seen: list[int] = []
    url = "/chamados"
    for _page in range(3):
        page = marina.get(url).content.decode()
        seen += [int(number) for number in re.findall(r'href="/chamados/(\d+)"', page)]
        following = re.search(r'href="(/chamados\?depois=[^"]+)"', page)
        url = following.group(1) if following else ""
    assert seen == numbers
    assert not url


def test_nonsense_in_the_address_is_no_error(marina: Client) -> None:
    for query in ("depois=abc", "depois=9-9999999999999999999999", "situacao=x", "q=%00", "q=" + "a" * 5000):
        assert marina.get(f"/chamados?{query}").status_code == 200


def test_the_number_of_queries_does_not_grow_with_the_tickets(
    world: World, marina: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for days in range(6):
        world.open(NOW - timedelta(days=1, minutes=days))
        world.solved(NOW - timedelta(days=days))
    with django_assert_max_num_queries(12):
        marina.get("/")
    with django_assert_max_num_queries(6):
        marina.get("/chamados")
