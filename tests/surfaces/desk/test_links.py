"""Joining tickets and taking them apart on the desk's pages, without any script."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from farol.tickets import actions
from farol.tickets.models import Link, Ticket
from farol.tickets.rules.lifecycle import State
from tests.surfaces.desk.conftest import NOW
from tests.world import World


@pytest.fixture
def pair(world: World) -> tuple[Ticket, Ticket]:
    leaving = world.open(NOW, subject="Nota rejeitada de novo")
    actions.reply(leaving.pk, body="A mesma rejeição.", by=world.by(world.marina), now=NOW)
    leaving.refresh_from_db()
    return leaving, world.open(NOW, subject="Nota rejeitada")


def test_the_dialog_offers_the_company_s_other_tickets(pair: tuple[Ticket, Ticket], rafael: Client) -> None:
    leaving, staying = pair
    html = rafael.get(f"/mesa/chamados/{leaving.pk}/unioes").content.decode()
    assert f'<option value="{staying.pk}">Nota rejeitada</option>' in html
    assert f'value="{leaving.pk}"' not in html


def test_a_merge_leads_to_the_ticket_that_stays_and_offers_to_take_it_back(
    pair: tuple[Ticket, Ticket], rafael: Client
) -> None:
    leaving, staying = pair
    answer = rafael.post(
        f"/mesa/chamados/{leaving.pk}/unioes",
        {"number": staying.pk, "reason": "Mesmo erro", "seen": leaving.last_entry_id},
        follow=True,
    )
    assert answer.redirect_chain == [(f"/mesa/chamados/{staying.pk}", 302)]
    html = answer.content.decode()
    assert "A mesma rejeição." in html
    assert f'<span class="from-ticket" title="Do chamado {leaving.pk}">{leaving.pk}</span>' in html
    undo = re.search(r'action="(/mesa/chamados/\d+/ligacoes/\d+)"', html)
    assert undo
    html = rafael.post(undo[1], follow=True).content.decode()
    assert "Ligação desfeita." in html
    assert "from-ticket" not in html
    leaving.refresh_from_db()
    assert leaving.state == State.OPEN


def test_an_undo_after_an_answer_says_why_not(world: World, pair: tuple[Ticket, Ticket], rafael: Client) -> None:
    leaving, staying = pair
    actions.merge_ticket(leaving.pk, into=staying.pk, by=world.by(world.rafael), now=NOW)
    actions.reply(staying.pk, body="Vendo.", by=world.by(world.jussara), now=NOW)
    answer = rafael.post(f"/mesa/chamados/{staying.pk}/ligacoes/{Link.objects.get().pk}")
    assert answer.status_code == 409
    assert f"Alguém já respondeu no chamado {staying.pk} depois disso." in answer.content.decode()


@pytest.mark.parametrize("number", ["", "abc", "0", "-3", "9" * 30, "999999", "ITSELF"])
def test_a_wrong_number_is_said_on_the_form(pair: tuple[Ticket, Ticket], rafael: Client, number: str) -> None:
    leaving, _ = pair
    number = str(leaving.pk) if number == "ITSELF" else number
    for noun in ("unioes", "ligacoes"):
        answer = rafael.post(f"/mesa/chamados/{leaving.pk}/{noun}", {"number": number, "kind": "related"})
        assert answer.status_code in {409, 422}
        assert not Link.objects.exists()


def test_related_tickets_stand_beside_the_conversation(pair: tuple[Ticket, Ticket], rafael: Client) -> None:
    one, two = pair
    rafael.post(f"/mesa/chamados/{one.pk}/ligacoes", {"number": two.pk, "kind": "child"})
    assert "Parte do chamado" in rafael.get(f"/mesa/chamados/{one.pk}").content.decode()
    assert "Inclui o chamado" in rafael.get(f"/mesa/chamados/{two.pk}").content.decode()


def test_a_contact_reads_a_merged_ticket_in_the_one_that_stays(
    world: World, pair: tuple[Ticket, Ticket], marina: Client
) -> None:
    leaving, staying = pair
    actions.note(leaving.pk, body="Segredo da casa.", by=world.by(world.rafael), now=NOW)
    actions.merge_ticket(leaving.pk, into=staying.pk, by=world.by(world.rafael), now=NOW)
    html = marina.get(f"/chamados/{staying.pk}").content.decode()
    assert "A mesma rejeição." in html
    assert "Segredo da casa." not in html
    old = marina.get(f"/chamados/{leaving.pk}").content.decode()
    assert f"A conversa continua no chamado {staying.pk}." in old
    assert "Continuar em um chamado novo" not in old


def test_nobody_else_undoes_a_link(world: World, pair: tuple[Ticket, Ticket], marina: Client) -> None:
    one, two = pair
    actions.link_ticket(one.pk, to=two.pk, by=world.by(world.rafael), now=NOW)
    link = Link.objects.get()
    assert marina.post(f"/mesa/chamados/{one.pk}/ligacoes/{link.pk}").status_code == 404
    link.refresh_from_db()
    assert link.ended_at is None


@pytest.mark.rule("R-052")
def test_a_second_subject_gets_a_ticket_of_its_own_that_quotes_it(
    world: World, pair: tuple[Ticket, Ticket], rafael: Client
) -> None:
    parent, _ = pair
    other = actions.reply(parent.pk, body="E o relatório sai vazio.", by=world.by(world.marina), now=NOW)
    html = rafael.get(f"/mesa/chamados/{parent.pk}/divisoes").content.decode()
    assert "E o relatório sai vazio." in html
    said = {"subject": "Relatório vazio", "description": "O relatório de vendas sai vazio.", "entries": other.pk}
    answer = rafael.post(f"/mesa/chamados/{parent.pk}/divisoes", said, follow=True)
    child = Ticket.objects.latest("pk")
    assert answer.redirect_chain == [(f"/mesa/chamados/{child.pk}", 302)]
    html = answer.content.decode()
    assert "E o relatório sai vazio." in html
    assert f'title="Do chamado {parent.pk}"' in html
    for wrong in ({}, {**said, "entries": "999999"}, {**said, "subject": ""}, {**said, "description": "curta"}):
        assert rafael.post(f"/mesa/chamados/{parent.pk}/divisoes", wrong).status_code == 422
    assert Ticket.objects.count() == 3
