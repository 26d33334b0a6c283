"""What is half written stands in the composer again, at both doors, until it is sent or discarded."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from farol.portal import door as portal_door
from farol.tickets import actions
from farol.tickets.models import Ticket, Unsent
from tests.surfaces.desk.conftest import NOW, signed_in
from tests.world import World

DOORS = [("rafael", "/mesa"), ("marina", "")]


@pytest.fixture
def ticket(world: World, monkeypatch: pytest.MonkeyPatch) -> Ticket:
    monkeypatch.setattr(portal_door, "now", lambda: NOW, raising=False)
    return world.open(NOW - timedelta(hours=1))


@pytest.mark.parametrize(("name", "door"), DOORS)
def test_it_survives_the_session_and_goes_with_the_message(
    world: World, now: object, ticket: Ticket, name: str, door: str
) -> None:
    client, stem = signed_in(world, name), f"{door}/chamados/{ticket.pk}"
    told = {"body": "Falta o <b>XML</b>", "seen": str(ticket.last_entry_id)}
    assert client.post(f"{stem}/rascunho", told).json()["saved_at"]
    client = signed_in(world, name)
    page = client.get(stem).content.decode()
    assert "Falta o &lt;b&gt;XML&lt;/b&gt;</textarea>" in page
    assert "Rascunho · " in page
    client.post(f"{stem}/interacoes", told)
    assert not Unsent.objects.exists()
    assert "Rascunho · " not in client.get(stem).content.decode()


@pytest.mark.parametrize(("name", "door"), DOORS)
def test_it_is_discarded(world: World, now: object, ticket: Ticket, name: str, door: str) -> None:
    client, stem = signed_in(world, name), f"{door}/chamados/{ticket.pk}"
    client.post(f"{stem}/rascunho", {"body": "Falta o XML"})
    answer = client.post(f"{stem}/rascunho/descarte", follow=True)
    assert "Rascunho descartado." in answer.content.decode()
    assert "Falta o XML" not in answer.content.decode()


@pytest.mark.parametrize(("name", "door"), DOORS)
def test_it_is_kept_for_its_writer_alone(world: World, now: object, ticket: Ticket, name: str, door: str) -> None:
    signed_in(world, name).post(f"{door}/chamados/{ticket.pk}/rascunho", {"body": "segredo-do-rascunho"})
    for other, way in (("jussara", "/mesa"), ("joao", "")):
        page = signed_in(world, other).get(f"{way}/chamados/{ticket.pk}").content.decode()
        assert "segredo-do-rascunho" not in page
    assert signed_in(world, "bruno").post(f"/chamados/{ticket.pk}/rascunho", {"body": "x"}).status_code == 404


@pytest.mark.parametrize(("name", "door"), DOORS)
def test_when_the_ticket_has_closed_it_is_shown_to_be_copied(
    world: World, now: object, ticket: Ticket, name: str, door: str
) -> None:
    client = signed_in(world, name)
    client.post(f"{door}/chamados/{ticket.pk}/rascunho", {"body": "Falta o XML"})
    actions.cancel_ticket(ticket.pk, reason="Duplicado.", by=world.by(world.rafael), now=NOW)
    assert "Falta o XML" in client.get(f"{door}/chamados/{ticket.pk}").content.decode()


def test_a_note_half_written_stays_a_note(rafael: Client, ticket: Ticket) -> None:
    rafael.post(f"/mesa/chamados/{ticket.pk}/rascunho", {"body": "Ver caso 12", "internal": "1"})
    page = rafael.get(f"/mesa/chamados/{ticket.pk}").content.decode()
    assert 'name="internal" value="1" data-key="n" data-focuses="composer-body" checked' in page


def test_whoever_has_no_draft_pays_no_query(world: World, rafael: Client, jussara: Client, ticket: Ticket) -> None:
    def queries(client: Client) -> int:
        client.get(f"/mesa/chamados/{ticket.pk}")
        with CaptureQueriesContext(
            connection,
        ) as caught:
            client.get(f"/mesa/chamados/{ticket.pk}")
        return len(caught)

    before = queries(rafael)
    rafael.post(f"/mesa/chamados/{ticket.pk}/rascunho", {"body": "x"})
    assert (queries(rafael), queries(jussara)) == (before + 1, before)
