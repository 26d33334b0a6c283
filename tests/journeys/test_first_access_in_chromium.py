"""A customer comes in: registered at the desk, activated by a link, contacts invited until there is no place left."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread
from typing import Any
from wsgiref.simple_server import make_server

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from tests.browsing import barriers, chromium
from tests.rooms.people.inviting import secret_sent_to
from tests.surfaces.ui.conftest import Silent
from tests.world import World, build

pytestmark = pytest.mark.rule("R-010", "R-011", "R-012")
STRONG = "ponte azul trem girassol"


@dataclass(frozen=True)
class House:
    browser: Browser
    base: str
    manager: str

    @contextmanager
    def page(self, session: str = "") -> Iterator[Page]:
        context = self.browser.new_context(base_url=self.base, locale="pt-BR", reduced_motion="reduce")
        if session:
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": self.base}])
        complaints: list[str] = []
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield page
        context.close()
        assert not complaints


@pytest.fixture
def staffed(transactional_db: None) -> World:
    return build()


@pytest.fixture
def house(staffed: World) -> Iterator[House]:
    client = Client()
    client.force_login(staffed.teresa)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    with make_server("127.0.0.1", 0, StaticFilesHandler(get_wsgi_application()), handler_class=Silent) as server:
        thread = Thread(target=beside, args=[server.serve_forever], daemon=True)
        thread.start()
        with chromium() as browser:
            yield House(browser, f"http://127.0.0.1:{server.server_port}", session)
        server.shutdown()
        thread.join()


def beside(work: Callable[[], object]) -> None:
    work()
    connections.close_all()


def letter_to(address: str) -> str:
    """The secret in the last letter there; beside the browser's loop, which may not ask the database."""
    found: list[Any] = []
    thread = Thread(target=beside, args=[lambda: found.append(secret_sent_to(address))])
    thread.start()
    thread.join()
    return str(found[0])


def test_a_customer_comes_in_and_fills_its_places(house: House) -> None:
    with house.page(house.manager) as desk:
        desk.goto("/mesa/clientes/novo")
        desk.fill("[name=cnpj]", "11.444.777/0001-62")
        desk.fill("[name=name]", "Moinho Vale")
        desk.fill("[name=financial_email]", "financeiro@vale.example")
        desk.fill("[name=contact_name]", "Ana Reis")
        desk.fill("[name=contact_email]", "ana@vale.example")
        desk.get_by_role("button", name="Cadastrar e enviar link").click()
        expect(desk.get_by_text("Este CNPJ não confere.").first).to_be_visible()
        desk.fill("[name=cnpj]", "11.444.777/0001-61")
        desk.get_by_role("button", name="Cadastrar e enviar link").click()
        expect(desk.get_by_text("O link foi para ana@vale.example")).to_be_visible()
    with house.page() as ana:
        secret = letter_to("ana@vale.example")
        ana.goto(f"/acesso/{secret}")
        expect(ana.get_by_role("heading", name="Seus dados estão certos, Ana?")).to_be_visible()
        ana.fill("[name=title]", "Controladoria")
        ana.get_by_role("button", name="Continuar").click()
        ana.fill("[name=password]", "senhasenhasenha")
        ana.get_by_role("button", name="Ativar acesso").click()
        expect(ana.get_by_text("Esta senha é fácil de adivinhar")).to_be_visible()
        assert barriers(ana) == []
        ana.fill("[name=password]", STRONG)
        ana.get_by_role("button", name="Ativar acesso").click()
        ana.fill("[name=pin]", "318259")
        ana.get_by_role("button", name="Guardar senha do telefone").click()
        expect(ana.get_by_role("heading", name="Contatos da empresa")).to_be_visible()
        for number in range(5):
            ana.get_by_role("link", name="Convidar contato").click()
            ana.fill("[name=name]", f"Pessoa {number}")
            ana.fill("[name=email]", f"p{number}@vale.example")
            ana.get_by_role("button", name="Enviar convite").click()
            ana.wait_for_url(re.compile("/contatos$"))
        expect(ana.get_by_text("5 de 5 contatos em uso")).to_be_visible()
        expect(ana.get_by_text("desative um contato ou cancele o convite")).to_be_visible()
        expect(ana.get_by_role("link", name="Convidar contato")).to_have_attribute("aria-disabled", "true")
        ana.get_by_role("switch", name="Consultoria para Pessoa 0").click()
        expect(ana.get_by_role("switch", name="Consultoria para Pessoa 0")).to_be_checked()
        assert barriers(ana) == []
        ana.goto("/contatos/novo")
        expect(ana.get_by_text("A sua empresa já usa os 5 contatos")).to_be_visible()
        ana.goto(f"/acesso/{secret}")
        expect(ana.get_by_role("heading", name="Este link já foi usado.")).to_be_visible()
    with house.page() as guest:
        guest.goto(f"/acesso/{letter_to('p3@vale.example')}/senha")
        guest.fill("[name=password]", "girassol de papel no trem azul")
        guest.get_by_role("button", name="Ativar acesso").click()
        guest.get_by_role("link", name="Escolher depois").click()
        expect(guest.get_by_role("button", name="Abrir menu da conta")).to_be_visible()
        guest.goto("/contatos")
        expect(guest.get_by_text("Peça a Ana Reis.")).to_be_visible()
