"""The desk by its keys, in a real browser: each hint does what it promises, and outside text fields only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Thread
from wsgiref.simple_server import make_server

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.test import Client
from playwright.sync_api import Page, expect

from farol.tickets import actions
from tests.browsing import chromium
from tests.surfaces.ui.conftest import Silent
from tests.world import World, build


@dataclass(frozen=True)
class Desk:
    """Rafael's browser at the desk, and the two tickets there."""

    page: Page
    mine: int
    free: int


@pytest.fixture
def staffed(transactional_db: None) -> World:
    return build()


@pytest.fixture
def desk(staffed: World) -> Iterator[Desk]:
    """All rows are made before the browser starts: beside its loop the database may not be asked."""
    now = datetime.now(UTC) - timedelta(minutes=5)
    mine = staffed.open(now, subject="Rateio zerado").pk
    actions.assign_ticket(mine, to=staffed.rafael, by=staffed.by(staffed.rafael), now=now)
    free = staffed.open(now, subject="Boleto sem multa").pk
    client = Client()
    client.force_login(staffed.rafael)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    with make_server("127.0.0.1", 0, StaticFilesHandler(get_wsgi_application()), handler_class=Silent) as server:
        thread = Thread(target=_serve, args=[server], daemon=True)
        thread.start()
        base = f"http://127.0.0.1:{server.server_port}"
        with chromium() as browser:
            context = browser.new_context(base_url=base, locale="pt-BR", reduced_motion="reduce")
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": base}])
            complaints: list[str] = []
            page = context.new_page()
            page.set_default_timeout(10_000)
            page.on("pageerror", lambda error: complaints.append(str(error)))
            yield Desk(page, mine, free)
            context.close()
        server.shutdown()
        thread.join()
    assert not complaints


def _serve(server: object) -> None:
    server.serve_forever()  # type: ignore[attr-defined]
    connections.close_all()


def test_the_queue_is_worked_by_keys(desk: Desk) -> None:
    page = desk.page
    page.goto("/mesa/equipe")
    rows = page.locator(".queue-row")
    page.keyboard.press("j")
    expect(rows.nth(0)).to_have_class(re.compile("is-cursor"))
    page.keyboard.press("j")
    expect(rows.nth(1)).to_have_class(re.compile("is-cursor"))
    page.keyboard.press("k")
    expect(rows.nth(0)).to_have_class(re.compile("is-cursor"))
    page.keyboard.press("x")
    expect(page.get_by_text("1 selecionado")).to_be_visible()
    page.keyboard.press("x")
    expect(page.locator(".bulk-bar")).to_be_hidden()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")

    free = page.locator(f".queue-row[data-number='{desk.free}']")
    free.locator("input").check()
    page.keyboard.press("a")
    expect(page.get_by_text("1 chamado agora é seu.")).to_be_visible()
    page.keyboard.press("g")
    page.keyboard.press("f")
    page.wait_for_url("**/mesa/minha-fila")
    expect(rows).to_have_count(2)
    page.keyboard.press("c")
    page.wait_for_url("**/mesa/chamados/novo")


@pytest.mark.parametrize(("key", "seen"), [("Enter", "#subject"), ("r", "#composer-body:focus"), ("t", "#act-title")])
def test_from_a_row_one_goes_to_what_one_wants_to_do(desk: Desk, key: str, seen: str) -> None:
    desk.page.goto("/mesa/minha-fila")
    desk.page.keyboard.press("j")
    desk.page.keyboard.press(key)
    desk.page.wait_for_url(f"**/mesa/chamados/{desk.mine}*")
    expect(desk.page.locator(seen)).to_be_visible()


def test_a_ticket_is_worked_by_keys(desk: Desk) -> None:
    page = desk.page
    page.goto(f"/mesa/chamados/{desk.mine}")
    page.keyboard.press("n")
    expect(page.locator("#composer-body")).to_be_focused()
    expect(page.get_by_role("button", name="Guardar nota")).to_be_visible()
    expect(page.get_by_role("button", name="Enviar", exact=False)).to_have_count(0)
    page.keyboard.type("Testei sem sucesso: nada abre.")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_text(re.compile("Rascunho salvo às"))).to_be_visible()
    page.reload()
    expect(page.locator("#composer-body")).to_have_value("Testei sem sucesso: nada abre.")
    page.locator("#subject").click()
    page.keyboard.press("n")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Nota guardada.")).to_be_visible()
    expect(page.locator(".message.is-internal")).to_have_count(1)
    expect(page.locator("#composer-body")).to_have_value("")


def test_the_keys_of_sending_send_and_only_with_shift_wait(desk: Desk) -> None:
    page = desk.page
    page.goto(f"/mesa/chamados/{desk.mine}")
    page.locator("#composer-body").fill("Já vimos.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Mensagem enviada.", exact=True)).to_be_visible()
    expect(page.get_by_text("pediu uma informação")).to_have_count(0)
    page.locator("#composer-body").fill("Qual é a versão?")
    page.keyboard.press("Control+Shift+Enter")
    expect(page.get_by_text("pediu uma informação")).to_have_count(1)


def test_after_a_refusal_the_page_can_be_loaded_again(desk: Desk) -> None:
    page = desk.page
    page.goto(f"/mesa/chamados/{desk.mine}")
    page.locator("#composer-body").fill(" ")
    page.get_by_role("button", name="Enviar e aguardar").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page).to_have_url(re.compile(f"/mesa/chamados/{desk.mine}$"))


def test_a_dialog_keeps_what_was_typed_and_says_what_is_missing(desk: Desk) -> None:
    page = desk.page
    page.goto(f"/mesa/chamados/{desk.mine}")
    page.keyboard.press("t")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name="Transferir para qual área?")).to_be_visible()
    dialog.locator("[name=reason]").fill("Precisa de correção.")
    dialog.get_by_role("button", name="Transferir chamado").click()
    expect(dialog.get_by_text("Escolha a área.")).to_be_visible()
    expect(dialog.locator("[name=reason]")).to_have_value("Precisa de correção.")
    dialog.locator("[name=area]").select_option(label="Fábrica")
    dialog.get_by_role("button", name="Transferir chamado").click()
    expect(page.get_by_text("Chamado transferido.")).to_be_visible()
    expect(page.get_by_text("Com a Fábrica")).to_be_visible()

    page.keyboard.press("h")
    dialog.locator("[name=activity]").fill("Análise")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Horas apontadas.")).to_be_visible()


def test_keys_switched_off_in_the_profile_do_nothing_and_are_not_promised(desk: Desk) -> None:
    page = desk.page
    page.goto("/mesa/preferencias")
    page.get_by_label(re.compile("atalhos de uma tecla")).uncheck()
    page.get_by_role("button", name="Guardar preferências").click()
    expect(page.get_by_text("Preferências guardadas.")).to_be_visible()
    page.goto(f"/mesa/chamados/{desk.mine}")
    expect(page.locator(".hint-bar > span").first).to_be_hidden()
    for key in ("n", "t", "s", "h"):
        page.keyboard.press(key)
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.locator("#composer-body")).not_to_be_focused()
