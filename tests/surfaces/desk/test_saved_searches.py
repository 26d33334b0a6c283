"""Searches kept under a name, for oneself or for an area."""

from __future__ import annotations

import pytest
from django.test import Client

from farol.people import actions as people
from farol.tickets.models import View
from tests.surfaces.desk.conftest import signed_in
from tests.world import PASSWORD, World

SEARCH = "q=nota&severidade=high&de=2026-11-01"


def save(client: Client, name: str, area: object = "", search: str = SEARCH) -> str:
    answer = client.post("/mesa/buscas", {"nome": name, "busca": search, "area": area})
    return answer.headers.get("Location", "")


def page(client: Client, address: str = "/mesa/busca") -> str:
    return client.get(address).content.decode()


def test_a_kept_search_leads_back_to_its_address(world: World, rafael: Client) -> None:
    assert save(rafael, "Notas  altas") == f"/mesa/busca?{SEARCH}"
    html = page(rafael, f"/mesa/busca?{SEARCH}")
    assert "Notas altas" in html
    assert "Remover" in html


def test_only_what_a_search_knows_is_kept(world: World, rafael: Client) -> None:
    save(rafael, "Limpa", search="q=nota&depois=9-9&next=//evil.example&situacao=open")
    assert View.objects.get().query == "q=nota&situacao=open"


def test_the_same_name_replaces_ones_own_search(world: World, rafael: Client) -> None:
    save(rafael, "Notas")
    save(rafael, "notas", search="q=boleto")
    assert [(view.name, view.query) for view in View.objects.all()] == [("notas", "q=boleto")]


def test_ones_own_is_nobody_elses_and_a_shared_one_is_the_areas(world: World, rafael: Client) -> None:
    other = people.hire(
        name="Ana Reis", email="ana@farol.example", role="analyst", areas=[world.factory], password=PASSWORD
    )
    ana = Client()
    ana.force_login(other)
    save(rafael, "Particular")
    save(rafael, "Da equipe", area=world.fiscal.pk)
    assert ("Da equipe" in page(signed_in(world, "jussara")), "Particular" in page(signed_in(world, "jussara"))) == (
        True,
        False,
    )
    assert "Da equipe" not in page(ana)
    assert ana.post("/mesa/buscas", {"nome": "X", "busca": "q=a", "area": world.fiscal.pk}).status_code in {302, 403}
    assert not View.objects.filter(name="X").exists()


def test_only_its_owner_and_managers_remove_it(world: World, rafael: Client) -> None:
    save(rafael, "Da equipe", area=world.fiscal.pk)
    save(rafael, "Particular")
    shared, own = View.objects.get(name="Da equipe"), View.objects.get(name="Particular")
    jussara, teresa = signed_in(world, "jussara"), signed_in(world, "teresa")
    jussara.post(f"/mesa/buscas/{shared.pk}/remocao")
    teresa.post(f"/mesa/buscas/{own.pk}/remocao")
    assert View.objects.count() == 2
    teresa.post(f"/mesa/buscas/{shared.pk}/remocao")
    rafael.post(f"/mesa/buscas/{own.pk}/remocao")
    assert not View.objects.exists()


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "\x00"])
def test_a_name_that_is_none_is_refused(world: World, rafael: Client, name: str) -> None:
    save(rafael, name)
    assert not View.objects.exists()


def test_a_contact_keeps_none(world: World, marina: Client) -> None:
    assert marina.post("/mesa/buscas", {"nome": "X", "busca": "q=a"}).status_code == 404
