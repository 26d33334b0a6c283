"""The telephone on the desk, as an analyst and a manager walk it while a driver of our own plays the switchboard.

Banner, answer by F9, linked ticket, the portal's questions, the end by F10, the caller's score; who gave up is called
back; a menu is drafted, published and heard.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Thread
from typing import TypeVar
from wsgiref.simple_server import make_server

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from farol.people import actions as people
from farol.people.actions import presence
from farol.people.models import Person
from farol.people.rules.presence import Presence
from farol.phone import actions
from farol.phone.actions import Snapshot
from farol.phone.actions.opening import ticket_of_call
from farol.phone.actions.sharing import share_out
from farol.phone.models import Call
from farol.tickets.models import Ticket
from tests.browsing import barriers, chromium
from tests.surfaces.ui.conftest import Silent
from tests.world import World, build

T = TypeVar("T")


def beside(do: Callable[[], T]) -> T:
    """Outside the loop that the browser runs in."""

    def done() -> T:
        try:
            return do()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(done).result()


@dataclass
class Switchboard:
    """Plays what the telephone's door does once a caller has chosen."""

    world: World

    def ring(self, key: str) -> Call:
        now, caller = datetime.now(UTC), self.world.marina
        ticket = ticket_of_call(caller.pk, service="suporte", area="fiscal", number="1935550142", now=now)
        call = Snapshot(door="agi", key=key, started_at=now, caller="1935550142", state=Call.State.QUEUED)
        call.route_kind, call.route_target, call.route_reason, call.routed_at = "fila", "suporte-fiscal", "area", now
        call.service, call.area, call.document = "suporte", "fiscal", self.world.serra_azul.cnpj
        call.person_id, call.organization_id = caller.pk, caller.organization_id
        call.ticket_id = ticket.pk if ticket else None
        (number,) = actions.write_down([call])
        share_out()
        return Call.objects.get(pk=number)


@pytest.fixture
def world(transactional_db: None) -> World:
    world = build()
    world.rafael.areas.add(world.fiscal)
    people.register_area(code="folha", name="Folha", with_name="a Folha", kind="support", position=9)
    presence.set_presence(world.rafael.pk, Presence.AVAILABLE, by=world.by(world.rafael), now=datetime.now(UTC))
    return world


@pytest.fixture
def base(world: World) -> Iterator[str]:
    with make_server("127.0.0.1", 0, StaticFilesHandler(get_wsgi_application()), handler_class=Silent) as server:
        thread = Thread(target=_serve, args=[server], daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def _serve(server: object) -> None:
    server.serve_forever(poll_interval=0.05)  # type: ignore[attr-defined]
    connections.close_all()


def _session(person: Person) -> str:
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _enter(browser: Browser, base: str, person: Person) -> Page:
    context = browser.new_context(base_url=base, locale="pt-BR", reduced_motion="reduce")
    cookie = {
        "name": settings.SESSION_COOKIE_NAME, "value": beside(lambda: _session(person)), "url": base
    }  # fmt: skip
    context.add_cookies([cookie])  # type: ignore[list-item]
    page = context.new_page()
    page.set_default_timeout(20_000)
    return page


def test_the_call_the_call_back_and_the_menu(world: World, base: str) -> None:
    board = Switchboard(world)
    with chromium() as browser:
        call = beside(lambda: board.ring("1.1"))
        page = _enter(browser, base, world.rafael)
        _take(page, call, world)
        _call_back(page, board)
        _publish(_enter(browser, base, world.teresa))


def _take(page: Page, call: Call, world: World) -> None:
    page.goto("/mesa/preferencias")
    expect(page.get_by_text("Marina Prado está ligando")).to_be_visible()
    expect(page.get_by_text("CNPJ e senha conferidos")).to_be_visible()
    expect(page.get_by_role("link", name=str(call.ticket_id))).to_be_visible()
    assert barriers(page) == []
    page.keyboard.press("F9")
    expect(page.get_by_role("heading", name="Diga ao cliente")).to_be_visible()
    page.get_by_label("Assunto").fill("Nota não transmite")
    page.get_by_label("O que aconteceu").fill("A nota fiscal de saída não transmite desde as oito horas.")
    for answer in ("Não dá para usar", "Não se sabe"):
        page.get_by_text(answer, exact=True).click()
    page.locator("input[name=workaround][value=no]").check()
    page.get_by_role("button", name="Guardar respostas").click()
    expect(page.get_by_text(f"Diga ao cliente: chamado {call.ticket_id}")).to_be_visible()
    assert barriers(page) == []
    page.keyboard.press("F10")
    expect(page.get_by_text("Ligação encerrada.")).to_be_visible()
    ticket = beside(lambda: Ticket.objects.select_related("assignee").get(pk=call.ticket_id))
    assert (ticket.assignee, ticket.subject) == (world.rafael, "Nota não transmite")
    beside(lambda: actions.score("agi", "1.1", 4))
    page.goto(f"/mesa/chamadas/{call.pk}")
    expect(page.get_by_text("4 de 5")).to_be_visible()


def _call_back(page: Page, board: Switchboard) -> None:
    beside(lambda: board.ring("1.2"))
    beside(lambda: actions.end_call("agi", "1.2", now=datetime.now(UTC), status="ABANDON"))
    page.goto("/mesa/pendencias")
    expect(page.get_by_role("heading", name="Retornar a ligação de Marina Prado")).to_be_visible()
    page.get_by_label("O que foi feito").fill("Falei com ela.")
    page.get_by_role("button", name="Concluir").click()
    expect(page.get_by_text("Retorno concluído.")).to_be_visible()


def _publish(page: Page) -> None:
    page.goto("/mesa/ura/rascunho")
    page.locator("[name='key-menu.principal-6']").select_option("service:ouvidoria")
    page.locator("[name='text-menu.principal']").fill("Para a ouvidoria, tecle seis.")
    page.get_by_role("button", name="Guardar rascunho").click()
    expect(page.get_by_text("Rascunho guardado.")).to_be_visible()
    assert barriers(page) == []
    page.get_by_role("button", name="Publicar menu").click()
    expect(page.get_by_text("Menu publicado.")).to_be_visible()
    assert barriers(page) == []
    page.goto("/mesa/ura/simulacao?now=2027-03-02T09:00")
    expect(page.get_by_text("Para a ouvidoria, tecle seis.")).to_be_visible()
    page.locator("#id_keys").fill("6")
    page.get_by_role("button", name="Teclar").click()
    expect(page.get_by_text("Vai para a fila Ouvidoria.")).to_be_visible()
    assert barriers(page) == []
