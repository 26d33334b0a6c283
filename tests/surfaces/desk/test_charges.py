"""Triage, charges and causes in the dialogs of a ticket."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from farol.contracts.models import PriceLine
from farol.tickets import actions
from farol.tickets.models import Ticket, Window
from farol.tickets.rules.lifecycle import State
from tests.surfaces.desk.conftest import NOW
from tests.world import World


@pytest.fixture
def ticket(world: World) -> Ticket:
    ticket = world.open(NOW - timedelta(hours=1))
    return actions.assign_ticket(ticket.pk, to=world.rafael, by=world.by(world.rafael), now=NOW - timedelta(minutes=50))


@pytest.mark.rule("R-056")
def test_the_first_analysis_is_offered_until_it_is_answered(rafael: Client, ticket: Ticket) -> None:
    page = f"/mesa/chamados/{ticket.pk}"
    assert rafael.get(page).content.decode().count(f"{page}/triagem") == 4  # a button and a line of the menu
    assert rafael.post(f"{page}/triagem", {"is_right_area": "yes"}).status_code == 422
    assert rafael.post(f"{page}/triagem", {"is_right_area": "no", "is_question": "yes"}).status_code == 302
    text = rafael.get(page).content.decode()
    assert text.count(f"{page}/triagem") == 2
    assert "área errada, é dúvida" in text


@pytest.mark.rule("R-090")
def test_a_charge_is_asked_with_its_price(rafael: Client, ticket: Ticket) -> None:
    page = f"/mesa/chamados/{ticket.pk}/autorizacoes"
    assert "R$\xa0360,00 por hora, mínimo de 1h, arredondado para cima de 1h em 1h" in rafael.get(page).content.decode()
    told = {"service": "emergency", "body": "Atendimento fora do horário.", "is_conditional": "on"}
    assert rafael.post(page, told).status_code == 302
    statement = Window.objects.get().statement
    assert (statement["price"]["rate_cents"], statement["is_conditional"]) == (36_000, True)
    assert Ticket.objects.get(pk=ticket.pk).state == State.AWAITING_AUTHORIZATION
    shown = rafael.get(f"/mesa/chamados/{ticket.pk}").content.decode()
    assert "só se a causa não for nossa" in shown


def test_without_a_price_nobody_is_asked(rafael: Client, ticket: Ticket) -> None:
    PriceLine.objects.all().delete()
    page = f"/mesa/chamados/{ticket.pk}/autorizacoes"
    refused = rafael.post(page, {"body": "Parametrizar."})
    assert (refused.status_code, Window.objects.exists()) == (422, False)
    assert "Não há preço em vigor para este serviço." in refused.content.decode()


@pytest.mark.rule("R-081", "R-094")
def test_the_cause_is_recorded_and_the_solution_says_that_nothing_is_charged(
    rafael: Client, world: World, ticket: Ticket
) -> None:
    actions.log_work(
        ticket.pk, started_at=NOW - timedelta(minutes=40), ended_at=NOW, activity="Análise", is_billable=True,
        by=world.by(world.rafael), now=NOW,
    )  # fmt: skip
    page = f"/mesa/chamados/{ticket.pk}/responsabilidade"
    assert rafael.post(page, {"responsibility": "vendor"}).status_code == 422
    assert rafael.post(page, {"responsibility": "vendor", "reason": "Erro no cálculo."}).status_code == 302
    assert "não serão cobradas" in rafael.get(f"/mesa/chamados/{ticket.pk}/solucoes").content.decode()


@pytest.mark.rule("R-004")
def test_a_transfer_says_when_it_is_expected_back(rafael: Client, world: World, ticket: Ticket) -> None:
    page = f"/mesa/chamados/{ticket.pk}/transferencias"
    told = {"area": world.factory.pk, "reason": "Erro do programa."}
    assert rafael.post(page, {**told, "expected_on": "2026-11-20"}).status_code == 422
    assert rafael.post(page, {**told, "expected_on": "2026-11-27"}).status_code == 302
    assert "esperado de volta sexta, 27 nov." in rafael.get(f"/mesa/chamados/{ticket.pk}").content.decode()
