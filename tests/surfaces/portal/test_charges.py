"""What the customer reads before agreeing to pay, and afterwards on the bill."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client

from farol.tickets import actions
from farol.tickets.models import Ticket
from farol.tickets.rules.charges import Responsibility
from farol.tickets.rules.lifecycle import State
from tests.world import World


def asked(world: World, now: datetime) -> Ticket:
    ticket = world.open(now - timedelta(hours=1))
    staff = world.by(world.rafael)
    actions.transfer_ticket(ticket.pk, area=world.consulting, reason="Consultoria.", by=staff, now=now)
    return actions.ask_authorization(ticket.pk, body="Parametrizar.", is_conditional=True, by=staff, now=now)


def solved(world: World, ticket: Ticket, now: datetime, cause: Responsibility) -> None:
    staff = world.by(world.rafael)
    end = now + timedelta(minutes=37)
    actions.log_work(
        ticket.pk, started_at=now, ended_at=end, activity="Análise", is_billable=True, by=staff, now=end
    )  # fmt: skip
    actions.record_responsibility(ticket.pk, responsibility=cause, reason="Vimos no log.", by=staff, now=end)
    actions.send_solution(ticket.pk, body="Pronto.", by=staff, now=end)


@pytest.mark.rule("R-090")
def test_the_price_and_its_condition_stand_beside_the_question(marina: Client, world: World, now: datetime) -> None:
    ticket = asked(world, now)
    text = marina.get(f"/chamados/{ticket.pk}").content.decode()
    assert "Consultoria: R$\xa04,40 por minuto" in text
    assert "Só será cobrado se a causa não for nossa." in text


@pytest.mark.rule("R-011")
def test_whoever_may_not_agree_is_told_whom_to_ask(world: World, now: datetime) -> None:
    ticket = asked(world, now)
    joao = Client()
    joao.force_login(world.joao)
    refused = joao.post(f"/chamados/{ticket.pk}/aprovacao")
    assert refused.status_code == 403
    assert "Peça a liberação a quem administra os contatos da sua empresa." in refused.content.decode()
    assert Ticket.objects.get(pk=ticket.pk).state == State.AWAITING_AUTHORIZATION


@pytest.mark.rule("R-095", "R-076")
def test_hours_and_money_are_seen_before_the_acceptance_and_on_the_bill(
    marina: Client, bruno: Client, world: World, now: datetime
) -> None:
    assert "Nada a faturar" in marina.get("/faturamento").content.decode()
    ticket = asked(world, now)
    marina.post(f"/chamados/{ticket.pk}/aprovacao")
    solved(world, ticket, now, Responsibility.CUSTOMER)
    assert "R$\xa0162,80" in marina.get(f"/chamados/{ticket.pk}").content.decode()
    actions.accept_solution(ticket.pk, by=world.by(world.marina), now=now + timedelta(hours=1))
    text = marina.get("/faturamento").content.decode()
    assert "1 chamado · 0h37 · R$\xa0162,80" in text
    assert f"/chamados/{ticket.pk}" in text
    assert str(ticket.pk) not in bruno.get("/faturamento").content.decode()
    assert marina.get("/faturamento?depois=x").status_code == 200


@pytest.mark.rule("R-094")
def test_what_we_caused_is_said_to_be_free(marina: Client, world: World, now: datetime) -> None:
    ticket = asked(world, now)
    marina.post(f"/chamados/{ticket.pk}/aprovacao")
    solved(world, ticket, now, Responsibility.VENDOR)
    text = marina.get(f"/chamados/{ticket.pk}").content.decode()
    assert "0h37 de trabalho sem cobrança: a causa é nossa." in text
    assert "Vimos no log." in text
