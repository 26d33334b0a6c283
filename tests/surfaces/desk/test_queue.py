"""The queues as the staff sees them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from farol.tickets import actions
from farol.tickets.models import Ticket
from tests.surfaces.desk.conftest import NOW
from tests.world import CRITICAL, LOW, MEDIUM, World, at

QUEUES = ("minha-fila", "equipe", "sem-responsavel", "aguardando-cliente", "solucao-enviada", "areas/fabrica")


def numbers(client: Client, address: str) -> list[int]:
    html = client.get(address).content.decode()
    return [int(number) for number in re.findall(r'data-number="(\d+)"', html)]


@pytest.mark.parametrize("queue", [*QUEUES, "busca", "preferencias"])
def test_a_contact_is_told_that_nothing_is_here(marina: Client, queue: str) -> None:
    assert marina.get(f"/mesa/{queue}").status_code == 404


def test_signed_out_one_is_asked_to_sign_in(client: Client, world: World) -> None:
    assert client.get("/mesa/equipe?ordem=vence").url == "/entrar?next=/mesa/equipe%3Fordem%3Dvence"  # type: ignore[attr-defined]
    assert client.post("/mesa/responsavel").status_code == 401


def test_each_ticket_stands_in_its_queues(world: World, rafael: Client) -> None:
    by = world.by(world.rafael)
    free, mine, asked, moved = (world.open(NOW) for _ in range(4))
    solved = world.solved(NOW)
    actions.assign_ticket(mine.pk, to=world.rafael, by=by, now=NOW)
    actions.ask_customer(asked.pk, body="E o XML?", by=by, now=NOW)
    actions.transfer_ticket(moved.pk, area=world.factory, reason="Corrigir o fonte.", by=by, now=NOW)
    shown = {queue: set(numbers(rafael, f"/mesa/{queue}")) for queue in QUEUES}
    assert shown == {
        "minha-fila": {mine.pk, asked.pk, solved.pk},
        "equipe": {free.pk, mine.pk, asked.pk, solved.pk},
        "sem-responsavel": {free.pk},
        "aguardando-cliente": {asked.pk},
        "solucao-enviada": {solved.pk},
        "areas/fabrica": {moved.pk},
    }


@pytest.mark.rule("R-018")
def test_the_queue_is_grouped_by_deadline(world: World, rafael: Client) -> None:
    overdue = world.open(at("2026-11-23 07:00"), impact=CRITICAL)
    low, medium = world.open(NOW, impact=LOW), world.open(NOW, impact=MEDIUM)
    html = rafael.get("/mesa/equipe").content.decode()
    assert re.findall(r'scope="rowgroup">([^<]+) <', html) == ["Vencido", "Próximos dias"]
    assert numbers(rafael, "/mesa/equipe") == [overdue.pk, medium.pk, low.pk]
    assert "há 4h00" in html
    assert "3 chamados" in html


def test_a_row_says_whose_turn_by_when_and_whose_it_is(world: World, rafael: Client) -> None:
    ticket = world.open(NOW, subject="Imposto <b>zerado</b>")
    actions.assign_ticket(ticket.pk, to=world.rafael, by=world.by(world.rafael), now=NOW)
    html = rafael.get("/mesa/minha-fila").content.decode()
    row = html[html.index("data-number") :]
    for part in ("lamp-dot", "Imposto &lt;b&gt;zerado&lt;/b&gt;", "Laticínios Serra Azul", "Em análise", "1d 8h"):
        assert part in row
    assert "vence quarta, 25 nov., às 17h00" in row
    assert "lamp-dot" not in numbers_part(rafael.get("/mesa/sem-responsavel").content.decode())


def numbers_part(html: str) -> str:
    return html[html.index("<main") :]


def test_filters_narrow_and_can_be_cleared(world: World, rafael: Client) -> None:
    low, critical = world.open(NOW, impact=LOW), world.open(NOW, impact=CRITICAL)
    assert numbers(rafael, "/mesa/equipe?severidade=low") == [low.pk]
    assert numbers(rafael, f"/mesa/equipe?produto={world.product.pk}&contrato=standard&situacao=open") == [
        critical.pk,
        low.pk,
    ]
    html = rafael.get("/mesa/equipe?contrato=sla").content.decode()
    assert "Nenhum chamado com esses filtros" in html


@pytest.mark.parametrize(
    "nonsense", ["severidade=enorme", "produto=x", "depois=x_1_2", "situacao=closed_accepted", "area=9"]
)
def test_a_filter_that_makes_no_sense_is_left_out(world: World, rafael: Client, nonsense: str) -> None:
    ticket = world.open(NOW)
    assert numbers(rafael, f"/mesa/equipe?{nonsense}") == [ticket.pk]


@pytest.mark.parametrize("order", ["", "&ordem=vence"])
def test_more_is_loaded_until_all_were_seen(
    world: World, rafael: Client, monkeypatch: pytest.MonkeyPatch, order: str
) -> None:
    monkeypatch.setattr("farol.desk.views.queue.PAGE", 2)
    opened = [world.open(NOW - timedelta(hours=hours), impact=CRITICAL) for hours in range(5)]
    address, seen = f"/mesa/equipe?{order}", []
    while address:
        html = rafael.get(address).content.decode()
        seen += [int(number) for number in re.findall(r'data-number="(\d+)"', html)]
        found = re.search(r'hx-get="(\?[^"]+)"', html)
        address = "/mesa/equipe" + found[1].replace("&amp;", "&") if found else ""
    assert sorted(seen) == [ticket.pk for ticket in opened]
    assert len(set(seen)) == len(seen)


def test_an_empty_queue_says_what_will_happen(world: World, rafael: Client) -> None:
    assert "Nada na sua fila" in rafael.get("/mesa/minha-fila").content.decode()


def test_the_navigation_counts_each_queue_and_the_other_areas(world: World, rafael: Client) -> None:
    for _ in range(3):
        world.open(NOW)
    html = rafael.get("/mesa/minha-fila").content.decode()
    counts = dict(re.findall(r'data-count="([^"]+)">([^<]+)<', html))
    assert counts == {
        "mine": "0", "team": "3", "unassigned": "3", "awaiting": "0", "proposed": "0", "area:fabrica": "0",
        "area:consultoria": "0",
    }  # fmt: skip


def test_a_page_of_the_queue_asks_the_database_little(
    world: World, rafael: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for hour in range(12):
        world.open(NOW - timedelta(hours=hour))
    with django_assert_num_queries(7):  # session, areas, own areas, counts, products, queue, duty
        rafael.get("/mesa/equipe")
    with django_assert_num_queries(2):  # session, queue
        rafael.get("/mesa/equipe")


def test_selected_tickets_are_taken_together(world: World, rafael: Client) -> None:
    first, second = world.open(NOW), world.open(NOW)
    chosen = [f"{ticket.pk}.{ticket.last_entry_id}" for ticket in (first, second)]
    answer = rafael.post("/mesa/responsavel", {"ticket": chosen, "back": "/mesa/equipe?ordem=vence"}, follow=True)
    assert answer.redirect_chain == [("/mesa/equipe?ordem=vence", 302)]
    assert "2 chamados agora são seus." in answer.content.decode()
    assert set(numbers(rafael, "/mesa/minha-fila")) == {first.pk, second.pk}


@pytest.mark.rule("R-053")
def test_what_could_not_be_taken_is_reported_and_the_rest_is_taken(world: World, rafael: Client) -> None:
    free, closed, quick = (world.open(NOW) for _ in range(3))
    actions.cancel_ticket(closed.pk, reason="Resolveu sozinho.", by=world.by(world.marina), now=NOW)
    actions.assign_ticket(quick.pk, to=world.jussara, by=world.by(world.jussara), now=NOW)
    chosen = [f"{ticket.pk}.{ticket.last_entry_id}" for ticket in (free, closed, quick)]
    html = rafael.post("/mesa/responsavel", {"ticket": chosen}, follow=True).content.decode()
    assert "1 chamado agora é seu." in html
    assert f"{closed.pk}: Este chamado está encerrado e não pode ser reaberto." in html
    assert f"{quick.pk}: Este chamado foi atualizado por Jussara Lima enquanto você escrevia." in html
    assert Ticket.objects.get(pk=quick.pk).assignee == world.jussara


def test_taking_nothing_says_so_and_goes_nowhere_else(world: World, rafael: Client) -> None:
    answer = rafael.post(
        "/mesa/responsavel", {"ticket": ["x", "1", "2.y"], "back": "https://else.example/"}, follow=True
    )
    assert answer.redirect_chain == [("/mesa/minha-fila", 302)]
    assert "Selecione os chamados que você quer assumir." in answer.content.decode()


def test_a_number_finds_its_ticket_and_words_find_theirs(world: World, rafael: Client) -> None:
    ticket = world.open(NOW, subject="Boleto sem multa")
    world.open(NOW, subject="Etiqueta em branco")
    assert rafael.get(f"/mesa/busca?q={ticket.pk}").url == f"/mesa/chamados/{ticket.pk}"  # type: ignore[attr-defined]
    html = rafael.get("/mesa/busca?q=boletos").content.decode()
    assert "<mark>Boleto</mark> sem multa" in html
    assert "Etiqueta" not in html
    assert "Nenhum chamado com “ornitorrinco”" in rafael.get("/mesa/busca?q=ornitorrinco").content.decode()


def test_preferences_are_kept(world: World, rafael: Client) -> None:
    answer = rafael.post("/mesa/preferencias", {"language": "es"})
    assert answer.cookies["django_language"].value == "es"
    world.rafael.refresh_from_db()
    assert (world.rafael.language, world.rafael.has_shortcuts) == ("es", False)
    rafael.post("/mesa/preferencias", {"language": "klingon", "has_shortcuts": "1"})
    world.rafael.refresh_from_db()
    assert (world.rafael.language, world.rafael.has_shortcuts) == ("es", True)
