"""The page of a customer's environment, its dialogs, and the list of tools."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from farol.catalog import actions as catalog
from farol.catalog.models import Tool
from farol.tickets import actions
from farol.tickets.models import DatabaseCopy, RemoteSession, Ticket
from tests.surfaces.desk.conftest import NOW, signed_in
from tests.world import World


@pytest.fixture
def ticket(world: World) -> Ticket:
    ticket = world.open(NOW - timedelta(hours=1))
    return actions.assign_ticket(ticket.pk, to=world.rafael, by=world.by(world.rafael), now=NOW - timedelta(minutes=50))


@pytest.mark.rule("R-080", "R-083")
def test_from_the_attempt_to_the_proof_of_deletion(
    rafael: Client, marina: Client, world: World, ticket: Ticket
) -> None:
    page = f"/mesa/chamados/{ticket.pk}"
    assert f"{page}/ambiente" in rafael.get(page).content.decode()
    base = {"scope": "Tabelas fiscais", "valid_until": "2026-12-01", "body": "Só acontece lá."}
    refused = rafael.post(f"{page}/base", base)
    assert refused.status_code == 409
    assert "é preciso tentar reproduzir" in refused.content.decode()
    assert rafael.post(f"{page}/tentativas", {"reproduced": "no", "steps": "Mesma nota."}).status_code == 302
    assert rafael.post(f"{page}/acessos", {"purpose": "Ver."}).status_code == 409
    assert rafael.post(f"{page}/base", {**base, "valid_until": ""}).status_code == 422
    assert rafael.post(f"{page}/base", base).status_code == 302
    assert "aguardando" in rafael.get(f"{page}/ambiente").content.decode()
    shown = marina.get(f"/chamados/{ticket.pk}").content.decode()
    assert "Acesso à sua base de dados até terça, 1 dez.: Tabelas fiscais" in shown
    assert "Só será cobrado se a causa não for nossa." in shown
    actions.approve(ticket.pk, by=world.by(world.marina), now=NOW)
    assert rafael.post(f"{page}/acessos", {"purpose": "Conferir o NCM."}).status_code == 302
    assert "acessou a base do cliente: Conferir o NCM." in marina.get(f"/chamados/{ticket.pk}").content.decode()
    assert rafael.post(f"{page}/copias", {"name": "servidor-7", "expires_on": "2026-11-30"}).status_code == 302
    copy = DatabaseCopy.objects.get()
    gone = f"{page}/copias/{copy.pk}/exclusao"
    assert rafael.post(gone, {"proof": ""}).status_code == 422
    assert rafael.post(gone, {"proof": "Ata 12."}).status_code == 302
    assert rafael.post(gone, {"proof": "Ata 12."}).status_code == 409
    assert rafael.post(f"{page}/copias/999/exclusao", {"proof": "Ata 12."}).status_code == 404
    assert "Ata 12." in rafael.get(f"{page}/ambiente").content.decode()


@pytest.mark.parametrize("noun", ["base", "copias"])
def test_a_proposed_day_is_written_as_browsers_read_it(rafael: Client, ticket: Ticket, noun: str) -> None:
    """Whatever the reader's language: another notation leaves the field empty."""
    assert 'value="2026-12-01"' in rafael.get(f"/mesa/chamados/{ticket.pk}/{noun}").content.decode()


@pytest.mark.rule("R-082")
def test_a_session_with_a_tool_that_is_not_approved(rafael: Client, marina: Client, ticket: Ticket) -> None:
    vpn = catalog.define_tool(code="vpn", name="VPN do cliente", is_approved=False)
    page = f"/mesa/chamados/{ticket.pk}"
    told = {
        "tool": vpn.pk, "asked_by": "customer", "started_at": "2026-11-24T08:30", "ended_at": "2026-11-24T08:50",
        "preparation_minutes": "",
    }  # fmt: skip
    assert rafael.post(f"{page}/sessoes", {**told, "tool": ""}).status_code == 422
    assert rafael.post(f"{page}/sessoes", told).status_code == 302
    session = RemoteSession.objects.get()
    assert (session.is_approved, session.is_billed, session.asked_by) == (False, False, "customer")
    assert "não homologada" in rafael.get(f"{page}/ambiente").content.decode()
    assert "sessão remota com VPN do cliente, não homologada" in marina.get(f"/chamados/{ticket.pk}").content.decode()


@pytest.mark.rule("R-082")
def test_managers_keep_the_list_that_everybody_reads(rafael: Client, marina: Client, world: World) -> None:
    assert rafael.post("/mesa/ferramentas", {"name": "Vigia"}).status_code == 404
    teresa = signed_in(world, "teresa")
    assert teresa.post("/mesa/ferramentas", {"name": ""}).status_code == 422
    told = {"name": "Vigia Remoto", "url": "https://vigia.example", "is_approved": "on"}
    assert teresa.post("/mesa/ferramentas", told).status_code == 302
    assert teresa.post("/mesa/ferramentas", {"name": "Vigia Remoto"}).status_code == 302
    assert Tool.objects.get().is_approved is False
    assert "Vigia Remoto" in rafael.get("/mesa/ferramentas").content.decode()
    assert "Vigia Remoto" in marina.get("/ferramentas").content.decode()
