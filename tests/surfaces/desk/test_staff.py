"""Roles are given by those who may, and every change is on the trail."""

from __future__ import annotations

import pytest
from django.test import Client

from farol.audit.models import Record
from farol.people import actions as people
from farol.people.models import Person, Session
from farol.people.rules.staff import Role
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(world: World) -> Person:
    return people.hire(name="Ana Admin", email="ana@farol.example", role="administrator", areas=[])


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def sent(world: World, person: Person, **changed: object) -> dict[str, object]:
    return {"role": person.role, "areas": [str(world.fiscal.pk)], "skills": "", "is_active": "on", **changed}


def test_a_manager_gives_a_role_and_the_trail_says_so(world: World) -> None:
    told = sent(world, world.rafael, role="consultant", skills="NF-e, folha,, NF-e")
    answer = signed_in(world.teresa).post(f"/mesa/pessoas/{world.rafael.pk}", told)
    assert answer.status_code == 302
    world.rafael.refresh_from_db()
    assert (world.rafael.role, world.rafael.skills) == ("consultant", ["NF-e", "folha"])
    record = Record.objects.get(name="permission.role_changed")
    assert (record.actor_id, record.subject) == (world.teresa.pk, f"person:{world.rafael.pk}")
    assert record.facts["role"] == ["analyst", "consultant"]


def test_only_an_administrator_makes_managers_and_administrators(world: World, ana: Person) -> None:
    there = f"/mesa/pessoas/{world.rafael.pk}"
    for role in ("manager", "administrator"):
        refused = signed_in(world.teresa).post(there, sent(world, world.rafael, role=role))
        assert refused.status_code == 403
        assert "O seu papel na equipe não permite isso." in refused.content.decode()
    assert signed_in(ana).post(there, sent(world, world.rafael, role="manager")).status_code == 302


def test_a_manager_does_not_take_an_administrators_role_away(world: World, ana: Person) -> None:
    refused = signed_in(world.teresa).post(f"/mesa/pessoas/{ana.pk}", sent(world, ana, role="analyst"))
    assert refused.status_code == 403


def test_nobody_changes_their_own_role(world: World, ana: Person) -> None:
    refused = signed_in(ana).post(f"/mesa/pessoas/{ana.pk}", sent(world, ana, role="analyst"))
    assert refused.status_code == 409
    assert "Ninguém muda o próprio papel." in refused.content.decode()


def test_who_is_deactivated_is_out_at_once(world: World) -> None:
    client = signed_in(world.rafael)
    secret = people.issue_token(world.rafael, now=world.rafael.created_at or world.open)  # type: ignore[arg-type]
    assert client.get("/mesa/minha-fila").status_code == 200
    told = sent(world, world.rafael)
    del told["is_active"]
    assert signed_in(world.teresa).post(f"/mesa/pessoas/{world.rafael.pk}", told).status_code == 302
    assert client.get("/mesa/minha-fila").status_code == 302
    assert not Session.objects.filter(person=world.rafael).exists()
    assert Client().get("/api/v1/me", headers={"Authorization": f"Bearer {secret}"}).status_code == 401
    assert Record.objects.filter(name="permission.staff_deactivated").exists()


@pytest.mark.parametrize(
    "told", [{"role": "king"}, {"role": ""}, {"areas": ["99999"]}, {"areas": ["x"]}, {"skills": "a" * 500}]
)
def test_what_is_wrong_is_said_on_the_form(world: World, told: dict[str, object]) -> None:
    answer = signed_in(world.teresa).post(f"/mesa/pessoas/{world.rafael.pk}", sent(world, world.rafael, **told))
    assert answer.status_code == 422


def test_a_contact_is_nobody_of_the_staff(world: World) -> None:
    client = signed_in(world.teresa)
    assert client.get(f"/mesa/pessoas/{world.marina.pk}").status_code == 404
    assert client.get(f"/mesa/pessoas/{2**70}").status_code == 404


def test_every_role_stands_on_the_page_in_words(world: World) -> None:
    shown = signed_in(world.teresa).get(f"/mesa/pessoas/{world.rafael.pk}").content.decode()
    assert shown.count("<option") == len(Role)
