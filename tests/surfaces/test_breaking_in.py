"""What somebody tried who wanted in, or more than was theirs: none of it works."""

from __future__ import annotations

import logging

import pytest
from django.test import Client

from farol.house.discreet import Discreet
from farol.people import actions as people
from farol.people.actions import contacts
from farol.people.models import Passkey, Person, Vouched
from farol.people.queries import token_of
from farol.people.rules.contacts import Details
from farol.portal.door import now
from farol.tickets.models import Ticket
from tests.calling import Program
from tests.world import World, build


@pytest.fixture
def world(db: None) -> World:
    return build()


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def leave(world: World, person: Person) -> None:
    contacts.deactivate_contact(world.serra_azul.pk, person.pk, by=world.by(world.marina), now=now())


@pytest.mark.rule("R-010")
def test_who_left_and_was_taken_back_signs_in_anew(world: World) -> None:
    client, secret = signed_in(world.joao), people.issue_token(world.joao, now=now())
    leave(world, world.joao)
    assert client.get("/chamados").status_code == 302
    contacts.reactivate_contact(world.serra_azul.pk, world.joao.pk, by=world.by(world.marina), now=now())
    assert client.get("/chamados").status_code == 302
    assert token_of(secret, now=now()) is None


@pytest.mark.rule("R-012")
def test_an_address_that_is_invited_again_has_none_of_the_keys_of_before(world: World) -> None:
    """Who has the address now may be another person."""
    Passkey.objects.create(person=world.joao, credential_id="k", credential=b"k", name="k", uses=0, created_at=now())
    Vouched.objects.create(person=world.joao, issuer="https://id.example", subject="7")
    people.choose_pin(world.joao, "839271")
    leave(world, world.joao)
    again = Details.written(name="Joana Pires", email=world.joao.email)
    contacts.invite_contact(world.serra_azul.pk, again, by=world.by(world.marina), now=now())
    assert not Passkey.objects.filter(person=world.joao).exists()
    assert not Vouched.objects.filter(person=world.joao).exists()
    world.joao.refresh_from_db()
    assert (world.joao.is_active, world.joao.pin_digest, world.joao.cpf) == (True, "", None)


def test_a_manager_does_not_let_themselves_or_others_into_the_ombudsmans_area(world: World) -> None:
    """R-112: a complaint is not read by whom it is about."""
    closed = people.register_area(code="ouvidoria", name="Ouvidoria", with_name="com a Ouvidoria", kind="ombudsman")
    for person in (world.teresa, world.rafael):
        told = {"role": person.role, "areas": [str(closed.pk)], "skills": "", "is_active": "on"}
        refused = signed_in(world.teresa).post(f"/mesa/pessoas/{person.pk}", told)
        assert refused.status_code == 403
        assert not person.areas.filter(pk=closed.pk).exists()


@pytest.mark.rule("R-003")
def test_relationship_does_not_read_what_others_owe(world: World) -> None:
    for role in ("ear", "gar", "analyst"):
        person = people.hire(name=role, email=f"{role}@farol.example", role=role, areas=[])
        Program.of(person).get("/titles", expect=403)


@pytest.mark.parametrize("there", ["/mesa/carteiras?q=%00", "/mesa/carteiras?q=a%00b"])
def test_a_search_for_nothing_finds_nothing(world: World, there: str) -> None:
    assert signed_in(world.teresa).get(there).status_code == 200


@pytest.mark.parametrize("text", ["[" * 39_000, '{"a":' * 7_000])
def test_a_key_that_is_endlessly_nested_is_no_key(world: World, text: str) -> None:
    client = Client()
    state = client.get("/entrar/chave").json()["state"]
    assert client.post("/entrar/chave", {"answer": text, "state": state}).status_code == 401


def test_a_body_that_is_endlessly_nested_is_malformed(world: World) -> None:
    secret = people.issue_token(world.marina, now=now())
    for text in ("[" * 100_000, '{"name":' * 100_000):
        answer = Client().post(
            "/api/v1/contacts", text, content_type="application/json", headers={"Authorization": f"Bearer {secret}"}
        )
        assert answer.status_code in {400, 422}


@pytest.mark.rule("R-011")
def test_services_that_a_call_cannot_name_are_not_taken_away(world: World) -> None:
    Person.objects.filter(pk=world.joao.pk).update(services=["support", "datacenter"])
    Program.of(world.marina).call("PUT", f"/contacts/{world.joao.pk}/services", {"services": ["support"]}, expect=200)
    assert sorted(Person.objects.get(pk=world.joao.pk).services) == ["datacenter", "support"]


def test_acting_as_a_contact_shows_nobody_a_complaint_about_the_staff(world: World) -> None:
    """R-112."""
    closed = people.register_area(code="ouvidoria", name="Ouvidoria", with_name="com a Ouvidoria", kind="ombudsman")
    ticket = world.open(now())
    Ticket.objects.filter(pk=ticket.pk).update(area=closed, subject="Sobre a gestora Teresa")
    manager, contact = signed_in(world.teresa), signed_in(world.marina)
    begun = manager.post("/mesa/agir-por", {"email": world.marina.email, "reason": "Ajudar com um anexo"})
    assert begun.status_code == 302
    for there in ("/", "/chamados", "/chamados?q=gestora"):
        assert "Sobre a gestora Teresa" not in manager.get(there).content.decode(), there
    assert manager.get(f"/chamados/{ticket.pk}").status_code == 404
    assert "Sobre a gestora Teresa" in contact.get("/chamados").content.decode()
    assert contact.get(f"/chamados/{ticket.pk}").status_code == 200


def test_a_log_does_not_say_what_opens_an_account() -> None:
    """Nor the one beside it: Django writes the address of whatever it answers with an error."""
    console = next(one for one in logging.getLogger().handlers if any(isinstance(f, Discreet) for f in one.filters))
    line = logging.LogRecord("django.request", 30, "", 0, "%s: %s", ("Gone", f"/acesso/{'a-B_9' * 8}abc/senha"), None)
    assert console.filter(line)
    assert line.getMessage() == "Gone: /acesso/…/senha"
