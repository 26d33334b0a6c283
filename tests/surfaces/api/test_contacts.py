"""Contacts by the API: the page's verbs, limits and refusals (R-010 to R-012)."""

from __future__ import annotations

import json

import pytest

from farol.people.models import Person
from tests.calling import Program
from tests.rooms.people.inviting import secret_sent_to
from tests.world import World

ANA = {"name": "Ana Reis", "email": "ana@serraazul.example"}


@pytest.mark.rule("R-012")
def test_a_contact_is_invited_and_the_link_is_in_the_letter_alone(world: World, contact: Program) -> None:
    made = contact.post("/contacts", {**ANA, "services": ["support", "consulting"]})
    assert (made["state"], made["services"], made["administrator"]) == ("invited", ["support", "consulting"], False)
    assert made["invited_until"]
    assert secret_sent_to(ANA["email"]) not in json.dumps(made)
    listed = contact.get("/contacts")
    assert (listed["used"], listed["limit"]) == (2, 5)
    assert [one["name"] for one in listed["items"]] == ["Marina Prado", "Ana Reis", "João Pires"]


@pytest.mark.rule("R-010")
def test_the_sixth_is_refused_and_a_place_is_freed(world: World, contact: Program) -> None:
    made = [contact.post("/contacts", {"name": "P", "email": f"p{n}@serraazul.example"}) for n in range(4)]
    refused = contact.post("/contacts", ANA, expect=409)
    assert (refused["code"], refused["rule"]) == ("contacts.no_place_left", "R-010")
    assert "CST" in refused["remedy"]
    gone = contact.post(f"/contacts/{made[0]['id']}/deactivation", None)
    assert gone["state"] == "deactivated"
    contact.post("/contacts", ANA)
    assert contact.post(f"/contacts/{made[0]['id']}/reactivation", None, expect=409)["rule"] == "R-010"


@pytest.mark.rule("R-011")
def test_services_are_these_and_no_others(world: World, contact: Program) -> None:
    there = f"/contacts/{world.joao.pk}/services"
    assert contact.call("PUT", there, {"services": ["licences", "support"]}, expect=200)["services"] == [
        "support",
        "licences",
    ]
    assert sorted(Person.objects.get(pk=world.joao.pk).services) == ["licences", "support"]
    contact.call("PUT", there, {"services": ["tudo"]}, expect=422)
    contact.call("PUT", f"/contacts/{world.marina.pk}/services", {"services": []}, expect=409)


@pytest.mark.rule("R-011")
def test_nobody_elses_contacts_are_there(world: World, contact: Program, analyst: Program) -> None:
    assert contact.call("GET", f"/contacts?organization={world.boa_vista.pk}", expect=404)
    assert contact.post(f"/contacts/{world.bruno.pk}/deactivation", None, expect=404)
    assert contact.post(f"/contacts/{10**30}/deactivation", None, expect=404)
    assert Program.of(world.joao).call("GET", "/contacts", expect=403)["rule"] == "R-011"
    assert analyst.post("/contacts", {**ANA, "organization": world.serra_azul.pk}, expect=403)["rule"] == "R-011"


def test_the_assessoria_invites_for_a_customer(world: World) -> None:
    keeper = Program.of(world.teresa)
    assert keeper.post("/contacts", ANA, expect=422)["errors"].keys() == {"organization"}
    assert keeper.post("/contacts", {**ANA, "organization": world.boa_vista.pk})["state"] == "invited"
    assert keeper.post("/contacts", {**ANA, "organization": world.serra_azul.pk}, expect=422)["errors"].keys() == {
        "email"
    }
