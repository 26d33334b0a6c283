"""The two flows of the guide (p. 7 to 9) as an analyst and a customer walk them in a browser.

Support, in one walk: the wrong area, there and back; a question to the customer; not reproduced, and the database not
needed after all; a solution refused, worked on for money, accepted and billed; clock and money at each step.
Consulting: the charge, its price and its refusal, the cause, work on site. `test_service_flows_by_api.py` has every
branch; here are those that pages lead through.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIServer, make_server

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from farol.people.actions import issue_token
from farol.people.models import Person
from farol.tickets import actions
from farol.tickets.models import Ticket
from tests.browsing import chromium
from tests.surfaces.ui.conftest import Silent
from tests.world import LOW, World, build

BEGAN = timedelta(hours=3)


class House:
    """A small Farol that two browsers visit."""

    def __init__(self, browser: Browser, base: str, sessions: dict[str, str]) -> None:
        self.browser, self.base, self.sessions = browser, base, sessions

    def enter(self, who: str) -> Page:
        context = self.browser.new_context(base_url=self.base, locale="pt-BR", reduced_motion="reduce")
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": self.sessions[who], "url": self.base}
        context.add_cookies([cookie])  # type: ignore[list-item]
        page = context.new_page()
        page.set_default_timeout(15_000)
        return page


@pytest.fixture
def world(transactional_db: None) -> World:
    return build()


def visited(world: World) -> Iterator[House]:
    sessions = {who: _session(getattr(world, who)) for who in ("rafael", "marina")}
    with make_server("127.0.0.1", 0, StaticFilesHandler(get_wsgi_application()), handler_class=Silent) as server:
        thread = Thread(target=_serve, args=[server], daemon=True)
        thread.start()
        with chromium() as browser:
            yield House(browser, f"http://127.0.0.1:{server.server_port}", sessions)
        server.shutdown()
        thread.join()


def _serve(server: WSGIServer) -> None:
    try:
        server.serve_forever(poll_interval=0.05)
    finally:
        connections.close_all()


def _session(person: Person) -> str:
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def leave(desk: Page) -> None:
    """The server serves one at a time, and an open ticket listens for news."""
    desk.wait_for_url(re.compile(r"/mesa/chamados/\d+$"), wait_until="commit")
    desk.goto("about:blank")


def consulting(world: World) -> Ticket:
    began = datetime.now(UTC) - BEGAN
    ticket = world.open(began, impact=LOW)
    staff = world.by(world.rafael)
    actions.transfer_ticket(ticket.pk, area=world.consulting, reason="É consultoria.", by=staff, now=began)
    return actions.assign_ticket(ticket.pk, to=world.rafael, by=staff, now=began)


@pytest.mark.rule("R-056", "R-090")
def test_the_price_is_read_and_agreed_to_before_a_minute_is_billed(world: World) -> None:
    number = consulting(world).pk
    for house in visited(world):
        desk, portal = house.enter("rafael"), house.enter("marina")
        desk.goto(f"/mesa/chamados/{number}/triagem")
        desk.get_by_label("Sim", exact=True).first.check()
        desk.get_by_label("Sim", exact=True).last.check()
        desk.get_by_role("button", name="Guardar respostas").click()
        expect(desk.get_by_text("área certa, é dúvida")).to_be_visible()
        desk.goto(f"/mesa/chamados/{number}/autorizacoes")
        desk.get_by_label("Atendimento emergencial").check()
        desk.get_by_label("O que será feito e por que é cobrado").fill("Orientação fora do horário.")
        desk.get_by_role("button", name="Pedir autorização").click()
        leave(desk)
        portal.goto(f"/chamados/{number}")
        price = "Atendimento emergencial: R$\xa0360,00 por hora, mínimo de 1h, arredondado para cima de 1h em 1h"
        expect(portal.get_by_text(price, exact=True)).to_be_visible()
        portal.get_by_role("button", name="Autorizar cobrança").click()
        expect(portal.get_by_text("Aprovado. A equipe segue com o chamado.")).to_be_visible()
        desk.goto(f"/mesa/chamados/{number}/apontamentos")
        desk.get_by_label("O que foi feito").fill("Antes da hora")
        desk.get_by_label("Faturável", exact=True).check()
        desk.get_by_role("button", name="Guardar apontamento").click()
        expect(desk.get_by_text("O cliente ainda não autorizou a cobrança deste período.")).to_be_visible()


@pytest.mark.rule("R-076", "R-093", "R-095")
def test_thirty_seven_minutes_are_accepted_for_what_they_cost(world: World) -> None:
    ticket = consulting(world)
    agreed = datetime.now(UTC) - timedelta(hours=2)
    staff = world.by(world.rafael)
    actions.ask_authorization(ticket.pk, body="Orientação.", by=staff, now=agreed)
    actions.approve(ticket.pk, by=world.by(world.marina), now=agreed)
    end = agreed + timedelta(minutes=37)
    actions.log_work(
        ticket.pk, started_at=agreed, ended_at=end, activity="Parametrização", is_billable=True, by=staff, now=end
    )  # fmt: skip
    for house in visited(world):
        desk, portal = house.enter("rafael"), house.enter("marina")
        desk.goto(f"/mesa/chamados/{ticket.pk}/solucoes")
        expect(desk.get_by_text("Horas a faturar se o cliente aceitar")).to_be_visible()
        desk.get_by_label("Solução").fill("Use o código 060.")
        desk.get_by_role("button", name="Enviar solução").click()
        leave(desk)
        portal.goto(f"/chamados/{ticket.pk}")
        expect(portal.locator(".hours").get_by_text("R$\xa0162,80")).to_be_visible()
        portal.get_by_role("button", name="Aceitar solução").click()
        portal.get_by_role("link", name="Faturamento").first.click()
        expect(portal.get_by_text("1 chamado · 0h37 · R$\xa0162,80")).to_be_visible()


@pytest.mark.rule("R-090", "R-096")
def test_a_refused_charge_and_a_request_for_work_on_site_end_at_no_cost(world: World) -> None:
    refused, on_site = consulting(world), consulting(world)
    actions.ask_authorization(refused.pk, body="Orientação.", by=world.by(world.rafael), now=datetime.now(UTC))
    for house in visited(world):
        desk, portal = house.enter("rafael"), house.enter("marina")
        portal.goto(f"/chamados/{refused.pk}")
        portal.get_by_role("button", name="Não autorizar").click()
        expect(portal.get_by_text("Recusado. Nada será cobrado.")).to_be_visible()
        desk.goto(f"/mesa/chamados/{on_site.pk}/direcionamento")
        expect(desk.get_by_label("Unidade Sul, (41) 3000-0040")).to_be_checked()
        desk.get_by_role("button", name="Encaminhar e encerrar").click()
        leave(desk)
        portal.goto(f"/chamados/{on_site.pk}")
        expect(portal.get_by_text("(41) 3000-0040")).to_be_visible()
        portal.goto("/faturamento")
        expect(portal.get_by_text("Nada a faturar")).to_be_visible()


class Told:
    """What the API says of a ticket while two browsers act on it."""

    def __init__(self, page: Page, number: int, token: str) -> None:
        self.page, self.number, self.headers = page, number, {"Authorization": f"Bearer {token}"}

    def get(self, path: str) -> Any:
        return self.page.request.get(f"/api/v1/{path}", headers=self.headers).json()

    def stands(self, state: str, *, is_paused: bool) -> None:
        """The state, whether the clock stands, and that the promise moves with the pauses and with nothing else."""
        ticket, clock = self.get(f"tickets/{self.number}"), self.get(f"tickets/{self.number}/clock")
        assert ticket["state"] == state
        assert sum(span["minutes"] for span in clock["spans"] if span["kind"] == "running") == 2400
        assert bool(clock["pause"]) is is_paused

    @property
    def bill(self) -> list[tuple[int, int]]:
        return [(item["minutes"], item["total_cents"]) for item in self.get("billing-entries")["items"]]


def acts(desk: Page, number: int, noun: str, fields: dict[str, str], button: str) -> None:
    desk.goto(f"/mesa/chamados/{number}/{noun}")
    for label, text in fields.items():
        desk.get_by_label(label, exact=True).fill(text)
    desk.get_by_role("button", name=button).click()
    leave(desk)


@pytest.mark.rule("R-004", "R-056", "R-067", "R-071", "R-076", "R-095")
def test_support_from_the_wrong_area_to_the_bill(world: World) -> None:
    began = datetime.now(UTC) - BEGAN
    number, staff = world.open(began, impact=LOW).pk, world.by(world.rafael)
    end = began + timedelta(hours=1)
    actions.log_work(
        number, started_at=began, ended_at=end, activity="Correção", is_billable=True, by=staff, now=end
    )  # fmt: skip
    token = issue_token(world.marina, now=began)
    for house in visited(world):
        desk, portal = house.enter("rafael"), house.enter("marina")
        told = Told(portal, number, token)
        desk.goto(f"/mesa/chamados/{number}/triagem")
        desk.get_by_label("Não", exact=True).first.check()
        desk.get_by_label("Não", exact=True).last.check()
        desk.get_by_role("button", name="Guardar respostas").click()
        leave(desk)
        for area in ("Fábrica", "Fiscal"):
            desk.goto(f"/mesa/chamados/{number}/transferencias")
            desk.get_by_label("Área", exact=True).select_option(label=area)
            desk.get_by_label("Motivo").fill("Conferir com quem fez.")
            desk.get_by_role("button", name="Transferir chamado").click()
            leave(desk)
            told.stands("open", is_paused=False)
        acts(desk, number, "solucoes", {"Solução": "Instale o pacote."}, "Enviar solução")
        told.stands("awaiting_acceptance", is_paused=True)
        portal.goto(f"/chamados/{number}")
        expect(portal.locator(".hours").get_by_text("R$\xa0264,00")).to_be_visible()
        portal.goto(f"/chamados/{number}/recusa")
        portal.get_by_label("Motivo").fill("Continua igual.")
        portal.get_by_role("button", name="Enviar recusa").click()
        expect(portal.get_by_text("Continua igual.").first).to_be_visible()
        told.stands("in_analysis", is_paused=False)
        assert told.bill == []
        acts(desk, number, "solucoes", {"Solução": "Instale este outro."}, "Enviar solução")
        portal.goto(f"/chamados/{number}")
        portal.get_by_role("button", name="Aceitar solução").click()
        portal.get_by_role("link", name="Faturamento").first.click()
        expect(portal.get_by_text("1 chamado · 1h00 · R$\xa0264,00")).to_be_visible()
        told.stands("closed_accepted", is_paused=False)
        assert told.bill == [(60, 26_400)]
