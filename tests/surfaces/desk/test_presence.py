"""/mesa/presenca"""

from __future__ import annotations

import pytest
from django.test import Client

from farol.people.actions import presence as actions
from tests.world import World, build


@pytest.fixture
def world(db: None) -> World:
    return build()


@pytest.fixture
def desk(world: World, client: Client) -> Client:
    client.force_login(world.rafael)
    return client


def test_one_says_that_one_takes_calls_and_every_page_shows_it(world: World, desk: Client) -> None:
    answer = desk.post("/mesa/presenca", {"presence": "available", "extension": "PJSIP/2001"}, follow=True)
    assert '<span class="presence">Disponível</span>' in answer.content.decode()
    answer = desk.post(
        "/mesa/presenca", {"presence": "paused", "reason": "lunch", "extension": "PJSIP/2001"}, follow=True
    )
    assert "Pausa: Almoço" in answer.content.decode()
    world.rafael.refresh_from_db()
    assert world.rafael.extension == "PJSIP/2001"


@pytest.mark.parametrize("told", [{}, {"presence": "asleep"}, {"presence": "paused", "reason": "holiday"}])
def test_what_is_no_presence_is_refused(told: dict[str, str], desk: Client) -> None:
    assert desk.post("/mesa/presenca", told).status_code == 422


def test_an_extension_that_is_somebody_elses_is_refused_by_name(world: World, desk: Client) -> None:
    actions.choose_extension(world.jussara, "PJSIP/9")
    answer = desk.post("/mesa/presenca", {"presence": "available", "extension": "PJSIP/9"})
    assert answer.status_code == 422
    assert "O ramal PJSIP/9 já é de Jussara Lima." in answer.content.decode()


def test_customers_have_no_presence(world: World, client: Client) -> None:
    client.force_login(world.marina)
    assert client.get("/mesa/presenca").status_code == 404
