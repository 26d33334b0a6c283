"""A member of the staff acts as a contact: with a reason, a banner and a trace, and never agrees to anything."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from farol.audit.models import Record
from farol.journal.models import Entry
from farol.people.rules.acting import ACTING, ActingRefused
from farol.tickets import actions
from farol.tickets.rules.lifecycle import State
from tests.world import World, at

pytestmark = pytest.mark.django_db

REASON = "O contato pediu ajuda por telefone"


def begin(world: World, email: str = "marina@serraazul.example", reason: str = REASON) -> Client:
    client = Client()
    client.force_login(world.teresa)
    answer = client.post("/mesa/agir-por", {"email": email, "reason": reason})
    assert answer.status_code == 302, answer.content.decode()[:500]
    return client


def test_who_acts_sees_the_contacts_pages_under_a_banner_and_the_trail_knows_why(world: World) -> None:
    ticket = world.open(at("2026-11-23 09:00"))
    client = begin(world)
    shown = client.get(f"/chamados/{ticket.pk}").content.decode()
    assert "Você está agindo por Marina Prado." in shown
    record = Record.objects.get(name="acting.begun")
    assert (record.actor_id, record.subject) == (world.teresa.pk, f"person:{world.marina.pk}")
    assert record.facts == {"reason": REASON}


def test_a_message_bears_both_names(world: World) -> None:
    ticket = world.open(timezone.now())
    client = begin(world)
    assert client.post(f"/chamados/{ticket.pk}/interacoes", {"body": "Segue o log."}).status_code == 302
    entry = Entry.objects.get(name="ticket.replied")
    assert (entry.actor_id, entry.facts["behind"]) == (world.marina.pk, world.teresa.pk)
    analyst = Client()
    analyst.force_login(world.rafael)
    assert "Teresa Nunes por Marina Prado" in analyst.get(f"/mesa/chamados/{ticket.pk}").content.decode()


@pytest.mark.parametrize("noun", ["aceite", "recusa", "adiamento", "aprovacao", "desaprovacao", "cancelamento"])
def test_nothing_is_agreed_to_in_the_contacts_place(world: World, noun: str) -> None:
    ticket = world.solved(timezone.now())
    answer = begin(world).post(f"/chamados/{ticket.pk}/{noun}", {"reason": "não serve", "seen": ticket.last_entry_id})
    assert answer.status_code == 403
    assert "Aceites, autorizações e acessos são da própria pessoa." in answer.content.decode()
    ticket.refresh_from_db()
    assert ticket.state == State.AWAITING_ACCEPTANCE


def test_the_verbs_refuse_as_well_whatever_the_door(world: World) -> None:
    now = timezone.now()
    ticket = world.solved(now)
    world.marina.behind = world.teresa.pk
    for verb in (actions.accept_solution, actions.approve, actions.decline, actions.postpone_acceptance):
        with pytest.raises(ActingRefused):
            verb(ticket.pk, by=world.by(world.marina), now=now)


@pytest.mark.parametrize("there", ["/conta/seguranca", "/conta/sessoes", "/chamados.csv"])
def test_what_is_the_persons_own_is_not_shown(world: World, there: str) -> None:
    assert begin(world).get(there).status_code == 403


def test_what_is_not_named_may_not_be_sent(world: World) -> None:
    assert begin(world).post("/preferencias", {"language": "en"}).status_code == 403
    world.marina.refresh_from_db()
    assert world.marina.language == "pt-br"


def test_it_ends_by_the_button_and_is_on_the_trail(world: World) -> None:
    client = begin(world)
    assert client.post("/agindo/fim").headers["Location"] == "/mesa/"
    assert client.get("/mesa/minha-fila").status_code == 200
    assert Record.objects.get(name="acting.ended").actor_id == world.teresa.pk
    assert client.post("/agindo/fim").status_code == 404


def test_it_ends_by_itself_after_an_hour(world: World) -> None:
    client = begin(world)
    session = client.session
    session[ACTING] = {**session[ACTING], "until": (timezone.now() - timedelta(seconds=1)).timestamp()}
    session.save()
    assert client.get("/mesa/minha-fila").status_code == 200


def test_it_ends_when_the_right_is_gone(world: World) -> None:
    client = begin(world)
    world.teresa.role = "analyst"
    world.teresa.save()
    assert "agindo por" not in client.get("/", follow=True).content.decode()


@pytest.mark.parametrize(
    ("email", "reason"),
    [
        ("marina@serraazul.example", ""),
        ("marina@serraazul.example", "porque"),
        ("rafael@farol.example", REASON),
        ("ninguem@serraazul.example", REASON),
        ("x", REASON),
    ],
)
def test_without_a_reason_or_a_contact_nobody_acts(world: World, email: str, reason: str) -> None:
    client = Client()
    client.force_login(world.teresa)
    assert client.post("/mesa/agir-por", {"email": email, "reason": reason}).status_code == 422
    assert ACTING not in client.session


def test_an_analyst_acts_as_nobody_even_if_the_session_says_so(world: World) -> None:
    client = Client()
    client.force_login(world.rafael)
    session = client.session
    session[ACTING] = {"person": world.marina.pk, "until": (timezone.now() + timedelta(hours=1)).timestamp()}
    session.save()
    assert client.get("/mesa/minha-fila").status_code == 200
