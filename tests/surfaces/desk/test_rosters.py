"""The week of the rosters and the what-if page, on the desk."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from farol.hours import actions, queries
from farol.hours.models import Roster, Shift
from tests.world import World, build

DAY = date(2026, 11, 23)


@pytest.fixture
def world(db: None) -> World:
    return build()


@pytest.fixture
def teresa(world: World) -> Client:
    client = Client()
    client.force_login(world.teresa)
    return client


@pytest.fixture
def roster(world: World) -> Roster:
    return actions.draft_roster(
        name="Plantão", calendar=queries.calendar_named("support_tech_07_19"), first_day=DAY, last_day=DAY,
        by=world.by(world.teresa), now=timezone.now(),
    )  # fmt: skip


@pytest.mark.rule("R-141")
def test_a_manager_drafts_fills_and_publishes(teresa: Client, world: World) -> None:
    period = {"name": "Plantão", "calendar": "support_tech_07_19", "first_day": DAY, "last_day": DAY}
    address = teresa.post("/mesa/plantao/nova", period)["Location"]
    assert "sem ninguém" in teresa.get(f"{address}?semana=2026-11-23").content.decode()
    assert teresa.post(f"{address}/publicacao").status_code == 409
    turn = {"person": world.jussara.pk, "starts_at": "2026-11-23T07:00", "ends_at": "2026-11-23T19:00"}
    assert teresa.post(address, turn).status_code == 302
    text = teresa.get(f"{address}?semana=2026-11-23").content.decode()
    assert "Jussara Lima" in text
    assert "sem ninguém" not in text
    assert teresa.post(f"{address}/publicacao").status_code == 302
    assert Roster.objects.get().published_at


def test_a_turn_that_ends_first_is_refused_by_its_field(teresa: Client, world: World, roster: Roster) -> None:
    turn = {"person": world.jussara.pk, "starts_at": "2026-11-23T09:00", "ends_at": "2026-11-23T08:00"}
    refused = teresa.post(f"/mesa/plantao/{roster.pk}", turn)
    assert (refused.status_code, Shift.objects.exists()) == (422, False)
    assert "O fim precisa vir depois do início." in refused.content.decode()


def test_an_analyst_reads_and_does_not_write(client: Client, world: World, roster: Roster) -> None:
    client.force_login(world.rafael)
    text = client.get(f"/mesa/plantao/{roster.pk}?semana=2026-11-23").content.decode()
    assert "Publicar escala" not in text
    assert client.post(f"/mesa/plantao/{roster.pk}/publicacao").status_code == 403
    assert client.get("/mesa/simulacao").status_code == 404


def test_the_simulation_counts_and_changes_nothing(teresa: Client) -> None:
    asked = {
        "calendar": "support_08_18", "first_day": "2026-11-01", "last_day": "2026-11-30",
        "critical": 5, "high": 10, "medium": 20, "low": 30,
    }  # fmt: skip
    assert "0 de 0" in teresa.get("/mesa/simulacao", asked).content.decode()
    assert teresa.get("/mesa/simulacao", {**asked, "critical": 0}).status_code == 422
