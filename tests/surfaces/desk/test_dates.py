"""The dates kept on a ticket beside its solution's: on the workspace, and explained on a page of their own (R-066)."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from farol.tickets import actions
from farol.tickets.jobs import run_deadlines
from farol.tickets.models import Target, Ticket
from tests.surfaces.desk.conftest import signed_in
from tests.world import CRITICAL, World, at

PROMISES = {
    "first_reply": {"calendar": "support_tech_07_19", "minutes": {"critical": 120}},
    "next_reply": {"calendar": "support_08_18", "minutes": {"critical": 240}},
    "area:fabrica": {"calendar": "support_08_18", "minutes": {"critical": 300}},
}


@pytest.fixture
def promising(world: World) -> World:
    world.plan.promises = PROMISES
    world.plan.save()
    return world


@pytest.fixture
def ticket(promising: World) -> Ticket:
    return promising.open(at("2026-11-23 09:00"), impact=CRITICAL)


def seen(client: Client, url: str) -> str:
    """The page's words, one space between them."""
    html = unescape(client.get(url).content.decode())
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


@pytest.fixture
def rafael(promising: World, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr("farol.desk.door.now", lambda: at("2026-11-23 10:30"))
    return signed_in(promising, "rafael")


@pytest.mark.rule("R-066")
def test_the_workspace_shows_each_date_with_what_is_left_and_its_warnings(ticket: Ticket, rafael: Client) -> None:
    run_deadlines(at("2026-11-23 10:00"))
    text = seen(rafael, f"/mesa/chamados/{ticket.pk}")
    assert "Primeira resposta 0h30 , vence hoje, às 11h00 50% avisado · 80%: 10h36 · 100%" in text
    assert "Solução 50%: 14h00 · 80% · 100%" in text
    assert f'href="/mesa/chamados/{ticket.pk}/prazos"' in rafael.get(f"/mesa/chamados/{ticket.pk}").content.decode()


@pytest.mark.rule("R-066")
def test_each_date_is_explained_line_by_line(promising: World, ticket: Ticket, rafael: Client) -> None:
    by = promising.by
    actions.reply(ticket.pk, body="Estou vendo.", by=by(promising.rafael), now=at("2026-11-23 09:20"))
    actions.reply(ticket.pk, body="E agora?", by=by(promising.marina), now=at("2026-11-23 09:30"))
    actions.transfer_ticket(
        ticket.pk, area=promising.factory, reason="Correção.", by=by(promising.rafael), now=at("2026-11-23 10:00")
    )
    text = seen(rafael, f"/mesa/chamados/{ticket.pk}/prazos")
    for part in (
        "Resposta da área: Fábrica 4h30 vence hoje, às 15h00",
        "Próxima resposta 3h00 vence hoje, às 13h30",
        "Primeira resposta No prazo",
        "terminou: 9h20",
        "Suporte técnico, 8h–18h",
        "correu",
    ):
        assert part in text, part
    assert text.count("Como este prazo foi contado") == 4


@pytest.mark.rule("R-062", "R-066")
def test_while_the_customer_owes_an_answer_the_dates_stand_still(
    promising: World, ticket: Ticket, rafael: Client
) -> None:
    actions.ask_customer(ticket.pk, body="Qual?", by=promising.by(promising.rafael), now=at("2026-11-23 09:30"))
    text = seen(rafael, f"/mesa/chamados/{ticket.pk}")
    assert "Solução 50% · 80% · 100%" in text
    explained = seen(rafael, f"/mesa/chamados/{ticket.pk}/prazos")
    assert "9h30 esperando o cliente" in explained
    assert "pausado" in explained


@pytest.mark.rule("R-066")
def test_a_date_missed_stays_missed_after_it_ended(promising: World, ticket: Ticket, rafael: Client) -> None:
    actions.reply(ticket.pk, body="Desculpe.", by=promising.by(promising.rafael), now=at("2026-11-23 12:30"))
    assert "Primeira resposta atraso de 1h30" in seen(rafael, f"/mesa/chamados/{ticket.pk}")
    assert "Primeira resposta há 1h30" in seen(rafael, f"/mesa/chamados/{ticket.pk}/prazos")
    first = Target.objects.get(ticket=ticket, promise="first_reply")
    assert first.ended_at
    assert first.ended_at > first.due_at


def test_the_dates_of_a_closed_ticket_and_of_none_are_shown(promising: World, ticket: Ticket, rafael: Client) -> None:
    by = promising.by
    actions.send_solution(ticket.pk, body="Atualize.", by=by(promising.rafael), now=at("2026-11-23 10:00"))
    actions.accept_solution(ticket.pk, by=by(promising.marina), now=at("2026-11-23 10:10"))
    assert "Solução No prazo" in seen(rafael, f"/mesa/chamados/{ticket.pk}/prazos")
    assert rafael.get("/mesa/chamados/999999/prazos").status_code == 404


def test_a_contact_does_not_see_the_dates_of_the_staff(world: World, ticket: Ticket, client: Client) -> None:
    client.force_login(world.marina)
    assert client.get(f"/mesa/chamados/{ticket.pk}/prazos").status_code == 404
