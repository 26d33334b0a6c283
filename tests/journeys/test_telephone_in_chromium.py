"""The telephone on the desk, as an analyst and a manager walk it while a driver of our own plays the switchboard.

Banner, answer by F9, linked ticket, the portal's questions, the end by F10, the caller's score; who gave up is called
back; a menu is drafted, published and heard.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from farol.people import actions as people
from farol.people.actions import presence
from farol.people.rules.presence import Presence
from farol.phone import actions
from farol.phone.actions import Snapshot
from farol.phone.actions.opening import ticket_of_call
from farol.phone.actions.sharing import share_out
from farol.phone.models import Call
from farol.tickets.models import Ticket
from tests.browsing import barriers, chromium
from tests.served import beside, enter, served
from tests.world import World, build


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
    with served() as address:
        yield address


def test_the_call_the_call_back_and_the_menu(world: World, base: str) -> None:
    board = Switchboard(world)
    with chromium() as browser:
        call = beside(lambda: board.ring("1.1"))
        page = enter(browser, base, world.rafael)
        _take(page, call, world)
        _call_back(page, board)
        _publish(enter(browser, base, world.teresa))


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
