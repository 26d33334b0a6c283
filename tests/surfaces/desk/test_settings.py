"""What a manager keeps: prices from a day on, and the offices of the regions."""

from __future__ import annotations

from datetime import date
from html import unescape

import pytest
from django.test import Client

from farol.contracts import queries as sold
from farol.contracts.models import PriceLine
from farol.contracts.rules.prices import Sold
from farol.people import queries as people
from farol.people.models import Office
from tests.surfaces.desk.conftest import signed_in
from tests.world import World

PRICE = {
    "service": "consulting", "rate": "5,10", "unit": "minute", "minimum_minutes": "0", "round_up_to": "1",
    "valid_from": "2026-12-01",
}  # fmt: skip
OFFICE = {
    "name": "Unidade Norte",
    "kind": "franchise",
    "telephone": "(92) 3000-0000",
    "email": "",
    "states": ["AM", "PA"],
}


@pytest.fixture
def teresa(world: World, now: object) -> Client:
    return signed_in(world, "teresa")


@pytest.mark.rule("R-093")
def test_a_price_begins_on_its_day_and_today_s_stays(teresa: Client, world: World) -> None:
    assert "Preço anunciado." in unescape(teresa.post("/mesa/precos", PRICE, follow=True).content.decode())
    assert sold.price_of(Sold.CONSULTING, on=date(2026, 11, 30)).rate_cents == 440
    assert sold.price_of(Sold.CONSULTING, on=date(2026, 12, 1)).rate_cents == 510
    line = PriceLine.objects.get(valid_from=date(2026, 12, 1))
    page = teresa.post(f"/mesa/precos/{line.pk}/remocao", follow=True).content.decode()
    assert "continua valendo o anterior" in page
    assert sold.price_of(Sold.CONSULTING, on=date(2026, 12, 1)).rate_cents == 440


@pytest.mark.rule("R-093")
@pytest.mark.parametrize(("wrong", "text"), [
    ({"valid_from": "2026-11-24"}, "O preço novo vale a partir de amanhã ou depois."),
    ({"valid_from": "2026-02-30"}, "Esta data não existe."), ({"rate": "0"}, ""),
    ({"rate": "muito"}, "Escreva um número."),
    ({"round_up_to": "0"}, "O arredondamento vai de um minuto"), ({"minimum_minutes": "-1"}, "O mínimo vai de zero"),
    ({"service": "nada"}, "nada"), ({"rate": "9" * 40}, ""), ({"minimum_minutes": "9" * 40}, ""),
])  # fmt: skip
def test_a_price_that_makes_no_sense_is_told_at_its_field(teresa: Client, wrong: dict[str, str], text: str) -> None:
    answer = teresa.post("/mesa/precos", PRICE | wrong)
    assert answer.status_code == 422
    assert text in unescape(answer.content.decode())


@pytest.mark.rule("R-093")
def test_a_price_that_holds_is_not_taken_back(teresa: Client) -> None:
    for line in PriceLine.objects.all():
        assert teresa.post(f"/mesa/precos/{line.pk}/remocao").status_code == 409
    assert teresa.post("/mesa/precos/999/remocao").status_code == 302


@pytest.mark.rule("R-096")
def test_an_office_is_kept_and_each_state_has_one(teresa: Client) -> None:
    assert "Regional guardada." in teresa.post("/mesa/regionais/nova", OFFICE, follow=True).content.decode()
    found = people.office_for("PA")
    assert found
    assert found.name == "Unidade Norte"
    taken = teresa.post("/mesa/regionais/nova", OFFICE | {"name": "Outra", "states": ["PA"]})
    assert (taken.status_code, "PA já é atendido por Unidade Norte." in taken.content.decode()) == (409, True)
    teresa.post(f"/mesa/regionais/{found.code}", OFFICE | {"states": ["AM"]})
    assert people.office_for("PA") is None
    teresa.post(f"/mesa/regionais/{found.code}/remocao")
    assert not Office.objects.filter(code=found.code).exists()
    for wrong in ({"name": ""}, {"name": "…"}, {"states": []}, {"states": ["XX"]}, {"email": "x"}, {"name": "x" * 90}):
        assert teresa.post("/mesa/regionais/nova", OFFICE | wrong).status_code == 422


def test_who_does_not_manage_finds_nothing_here(world: World, rafael: Client, marina: Client) -> None:
    for client in (rafael, marina):
        for address in ("/mesa/precos", "/mesa/regionais", "/mesa/regionais/nova", "/mesa/regionais/sul"):
            assert client.get(address).status_code == 404
        assert client.post("/mesa/precos", PRICE).status_code == 404
        assert client.post("/mesa/regionais/sul/remocao").status_code == 404
