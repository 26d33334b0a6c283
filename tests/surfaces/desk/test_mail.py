"""The letter box at the desk: what waits for a person, joined or discarded with a reason."""

from __future__ import annotations

import pytest
from django.test import Client

from farol.journal.queries import about
from farol.mail.models import Received
from farol.mail.rules.decisions import Decision, Why
from farol.people.models import Person
from farol.tickets import actions
from farol.tickets.models import Ticket
from farol.tickets.rules.lifecycle import State
from tests.rooms.mail.post import mail, taken
from tests.world import PASSWORD, World, at


@pytest.fixture
def stray(world: World) -> Received:
    message = mail("marina@gmail.example", "Segue o <b>XML</b>.", Subject="Da minha casa")
    message.add_attachment(b"<nfe/>", maintype="application", subtype="xml", filename="nota.xml")
    return taken(message)


@pytest.fixture
def asked(world: World) -> Ticket:
    ticket = world.open(at("2026-11-23 09:00"))
    return actions.ask_customer(ticket.pk, body="Qual?", by=world.by(world.rafael), now=at("2026-11-23 10:00"))


def test_an_empty_box_says_so(rafael: Client) -> None:
    assert "Nenhum e-mail esperando" in rafael.get("/mesa/correio").content.decode()


def test_a_mail_of_a_stranger_waits_with_its_reason(rafael: Client, stray: Received) -> None:
    listed = rafael.get("/mesa/correio").content.decode()
    assert "Da minha casa" in listed
    assert "Ninguém cadastrado tem este endereço." in listed
    shown = rafael.get(f"/mesa/correio/{stray.pk}").content.decode()
    assert "Segue o &lt;b&gt;XML&lt;/b&gt;." in shown
    assert "nota.xml" in shown


def test_joined_as_the_contacts_words_it_gives_what_was_asked(
    rafael: Client, stray: Received, asked: Ticket, world: World
) -> None:
    sent = {"number": asked.pk, "role": "customer"}
    assert rafael.post(f"/mesa/correio/{stray.pk}/juncao", sent).status_code == 302
    asked.refresh_from_db()
    entry = about(f"ticket:{asked.pk}").last()
    assert entry
    assert (asked.state, entry.actor_id, entry.channel) == (State.IN_ANALYSIS, world.marina.pk, "email")
    assert entry.body.startswith("[E-mail de marina@gmail.example, juntado por Rafael Tanaka.]")
    stray.refresh_from_db()
    assert (stray.decision, stray.why, stray.ticket_id) == (Decision.JOINED, Why.BY_HAND, asked.pk)
    assert stray.decided_by_id == world.rafael.pk
    again = rafael.post(f"/mesa/correio/{stray.pk}/juncao", sent)
    assert (again.status_code, about(f"ticket:{asked.pk}").last()) == (409, entry)


def test_joined_as_a_note_no_customer_reads_it(rafael: Client, stray: Received, asked: Ticket) -> None:
    rafael.post(f"/mesa/correio/{stray.pk}/juncao", {"number": asked.pk, "role": "note"})
    entry = about(f"ticket:{asked.pk}").last()
    assert entry
    assert (entry.name, entry.is_internal) == ("ticket.noted", True)
    asked.refresh_from_db()
    assert asked.state == State.AWAITING_CUSTOMER


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({}, 422),
        ({"number": "abc", "role": "customer"}, 422),
        ({"number": "9" * 30, "role": "customer"}, 422),
        ({"number": "1\x002", "role": "customer"}, 422),
        ({"number": "7", "role": "owner"}, 422),
        ({"number": "7", "role": "customer"}, 404),
    ],
)
def test_a_wrong_number_is_said_at_its_field(
    rafael: Client, stray: Received, sent: dict[str, str], status: int
) -> None:
    assert rafael.post(f"/mesa/correio/{stray.pk}/juncao", sent).status_code == status
    stray.refresh_from_db()
    assert stray.decision == Decision.SET_ASIDE


def test_discarded_with_a_reason_it_waits_no_longer_and_its_original_stays(rafael: Client, stray: Received) -> None:
    assert rafael.post(f"/mesa/correio/{stray.pk}/descarte", {"reason": " "}).status_code == 422
    assert rafael.post(f"/mesa/correio/{stray.pk}/descarte", {"reason": "Propaganda."}).status_code == 302
    assert "Da minha casa" not in rafael.get("/mesa/correio").content.decode()
    whole = rafael.get("/mesa/correio?quais=todos").content.decode()
    assert "Da minha casa" in whole
    original = rafael.get(f"/mesa/correio/{stray.pk}/original")
    assert b"Da minha casa" in b"".join(original.streaming_content)  # type: ignore[attr-defined]
    assert "attachment" in original["Content-Disposition"]


def test_the_list_goes_on_by_keyset_and_survives_any_address(rafael: Client, stray: Received) -> None:
    for query in ("?antes=0", "?antes=abc", "?antes=" + "9" * 40, "?quais=x", f"?antes={stray.pk}"):
        assert rafael.get(f"/mesa/correio{query}").status_code == 200


def test_no_customer_comes_to_the_box(client: Client, world: World, stray: Received) -> None:
    assert client.get("/mesa/correio").status_code == 302
    client.login(email=Person.objects.get(pk=world.marina.pk).email, password=PASSWORD)
    for path in ("", f"/{stray.pk}", f"/{stray.pk}/original"):
        assert client.get(f"/mesa/correio{path}").status_code == 404
    assert client.post(f"/mesa/correio/{stray.pk}/descarte", {"reason": "x"}).status_code == 404
