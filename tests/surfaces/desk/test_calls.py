"""Calls on the desk's pages: the banner, the list, what is asked and said, and the call-back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client

from farol.people.actions import presence
from farol.people.rules.presence import Presence
from farol.phone import actions
from farol.phone.actions import Snapshot
from farol.phone.actions.sharing import share_out
from farol.phone.models import Call, CallBack
from farol.tickets.models import Ticket
from tests.world import CRITICAL, World, build


@pytest.fixture
def world(db: None) -> World:
    world = build()
    world.rafael.areas.add(world.fiscal)
    presence.set_presence(world.rafael.pk, Presence.AVAILABLE, by=world.by(world.rafael), now=datetime.now(UTC))
    return world


@pytest.fixture
def desk(world: World, client: Client) -> Client:
    client.force_login(world.rafael)
    return client


@pytest.fixture
def ringing(world: World) -> int:
    return _ring(world)


def _ring(world: World, *, is_known: bool = True) -> int:
    now = datetime.now(UTC)
    call = Snapshot(door="agi", key="1.1", started_at=now, caller="1935550142", state=Call.State.QUEUED, routed_at=now)
    call.route_kind, call.route_target, call.route_reason = "fila", "suporte-fiscal", "area"
    call.service, call.area, call.document = "suporte", "fiscal", "11222333000181"
    if is_known:
        call.person_id, call.organization_id = world.marina.pk, world.serra_azul.pk
    else:
        call.route_target, call.route_reason, call.service, call.area = "suporte-fiscal", "identificacao", "", "fiscal"
    (number,) = actions.write_down([call])
    share_out()
    return number


ANSWERS = {
    "usability": "unusable", "workaround": "no", "data_corruption": "no", "critical_operation": "on",
    "subject": "Nota não sai", "description": "A nota fiscal de saída não é transmitida desde cedo.",
}  # fmt: skip


def test_who_is_calling_stands_above_every_page_before_the_call_is_taken(desk: Client, ringing: int) -> None:
    page = desk.get("/mesa/preferencias").content.decode()
    for words in ("Marina Prado está ligando", "(19) 3555-0142", "CNPJ e senha conferidos", "Fila Fiscal", "Atender"):
        assert words in page
    assert desk.get("/mesa/ligacao").content.decode().count("call-banner") == 1


def test_nobody_else_sees_the_banner(world: World, client: Client, ringing: int) -> None:
    client.force_login(world.teresa)
    assert client.get("/mesa/ligacao").content == b""
    assert "está ligando" not in client.get("/mesa/preferencias").content.decode()


@pytest.mark.rule("R-022")
def test_of_somebody_not_identified_the_keyed_document_is_shown(world: World, desk: Client) -> None:
    _ring(world, is_known=False)
    page = desk.get("/mesa/ligacao").content.decode()
    assert "Não identificado" in page
    assert "11222333000181" in page


@pytest.mark.rule("R-029", "R-065")
def test_answering_leads_to_the_portals_questions_and_their_answers_to_number_and_date(
    world: World, desk: Client, ringing: int
) -> None:
    answer = desk.post(f"/mesa/chamadas/{ringing}/atendimento", follow=True)
    page = answer.content.decode()
    ticket = Ticket.objects.get()
    assert str(ticket.pk) in page
    assert "A função pode ser usada?" in page
    answer = desk.post(f"/mesa/chamadas/{ringing}", ANSWERS, follow=True)
    ticket.refresh_from_db()
    assert (ticket.severity, ticket.subject, ticket.assignee) == ("critical", "Nota não sai", world.rafael)
    assert f"Diga ao cliente: chamado {ticket.pk}" in answer.content.decode()
    portal = world.open(ticket.opened_at, impact=CRITICAL)
    assert portal.severity == ticket.severity, "two channels, one truth"
    assert (portal.due_at, portal.reasons) == (ticket.due_at, ticket.reasons)


@pytest.mark.parametrize("told", [{}, {**ANSWERS, "usability": "x"}, {**ANSWERS, "description": "curto"}])
def test_answers_that_are_none_are_refused_and_change_nothing(desk: Client, ringing: int, told: dict[str, str]) -> None:
    desk.post(f"/mesa/chamadas/{ringing}/atendimento")
    assert desk.post(f"/mesa/chamadas/{ringing}", told).status_code == 422
    assert Ticket.objects.get().reasons == ["unanswered"]


def test_a_call_is_held_and_ended_and_its_page_tells_of_it(desk: Client, ringing: int) -> None:
    desk.post(f"/mesa/chamadas/{ringing}/atendimento")
    assert "Retomar" in desk.post(f"/mesa/chamadas/{ringing}/espera", follow=True).content.decode()
    assert "Ligação encerrada." in desk.post(f"/mesa/chamadas/{ringing}/encerramento", follow=True).content.decode()
    assert "atendida" in desk.get(f"/mesa/chamadas/{ringing}").content.decode()
    assert desk.post(f"/mesa/chamadas/{ringing}/encerramento").status_code == 409


@pytest.mark.rule("R-237")
def test_who_gave_up_waiting_is_called_back_from_the_list_of_tasks(desk: Client, ringing: int) -> None:
    actions.end_call("agi", "1.1", now=datetime.now(UTC), status="ABANDON")
    assert "Retornar a ligação de Marina Prado" in desk.get("/mesa/pendencias").content.decode()
    back = CallBack.objects.get()
    page = desk.post(f"/mesa/retornos/{back.pk}/conclusao", {"outcome": "Falei com ela."}, follow=True)
    assert "Retornar a ligação" not in page.content.decode()
    assert desk.post(f"/mesa/retornos/{back.pk}/conclusao").status_code == 404


def test_the_list_and_the_flow_show_what_goes_on(desk: Client, ringing: int) -> None:
    for address in ("/mesa/chamadas", "/mesa/ura"):
        page = desk.get(address).content.decode()
        assert "Marina Prado" in page
        assert "tocando" in page


def test_customers_find_no_calls(world: World, client: Client, ringing: int) -> None:
    client.force_login(world.marina)
    for address in ("/mesa/chamadas", "/mesa/ura", "/mesa/ligacao", f"/mesa/chamadas/{ringing}"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("noun", ["atendimento", "repasse", "espera", "encerramento"])
def test_a_call_that_never_was_is_answered_kindly(desk: Client, noun: str) -> None:
    assert desk.post(f"/mesa/chamadas/999999/{noun}").status_code == 409
    assert desk.get("/mesa/chamadas/999999").status_code == 404
