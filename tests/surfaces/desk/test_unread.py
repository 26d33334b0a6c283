"""What is unread stands out in the lists, to each person by what they have read."""

from __future__ import annotations

import pytest
from django.test import Client

from farol.tickets import actions
from farol.tickets.models import Seen, Ticket
from tests.surfaces.desk.conftest import NOW
from tests.world import World


@pytest.fixture
def ticket(world: World) -> Ticket:
    return world.open(NOW)


def is_unread(client: Client, ticket: Ticket) -> bool:
    html = client.get("/mesa/equipe").content.decode()
    assert f'data-number="{ticket.pk}"' in html
    return f'<tr class="queue-row is-unread" data-row data-number="{ticket.pk}"' in html


def read(client: Client, ticket: Ticket, entry: object) -> int:
    return client.get(f"/mesa/chamados/{ticket.pk}/leitura?ate={entry}").status_code


def test_a_ticket_is_unread_until_one_has_read_it_and_again_when_something_came(
    world: World, ticket: Ticket, rafael: Client, jussara: Client
) -> None:
    assert is_unread(rafael, ticket)
    assert read(rafael, ticket, ticket.last_entry_id) == 204
    assert not is_unread(rafael, ticket)
    assert is_unread(jussara, ticket)
    actions.reply(ticket.pk, body="Mais um dado.", by=world.by(world.marina), now=NOW)
    assert is_unread(rafael, ticket)


def test_marks_only_go_forward_and_never_past_what_there_is(ticket: Ticket, rafael: Client) -> None:
    for entry in (ticket.last_entry_id, ticket.last_entry_id - 1, ticket.last_entry_id + 50):
        read(rafael, ticket, entry)
        assert Seen.objects.get().entry_id == ticket.last_entry_id


@pytest.mark.parametrize("entry", ["", "abc", "-1", "9" * 40, "²"])
def test_nonsense_marks_nothing(ticket: Ticket, rafael: Client, entry: str) -> None:
    assert read(rafael, ticket, entry) == 204
    assert rafael.get(f"/mesa/chamados/{'9' * 30}/leitura?ate=1").status_code == 204
    assert not Seen.objects.exists()


def test_a_contact_has_no_marks_on_the_desk(ticket: Ticket, marina: Client) -> None:
    assert read(marina, ticket, ticket.last_entry_id) == 404
    assert not Seen.objects.exists()


def test_what_one_took_oneself_is_no_news(ticket: Ticket, rafael: Client) -> None:
    read(rafael, ticket, ticket.last_entry_id)
    rafael.post("/mesa/responsavel", {"ticket": f"{ticket.pk}.{ticket.last_entry_id}"})
    ticket.refresh_from_db()
    assert ticket.assignee_id
    assert not is_unread(rafael, ticket)
