"""The week of the rosters and the what-if page, on the desk."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from farol.hours import actions, queries
from farol.hours.models import Roster, Shift
from farol.people import actions as people
from farol.people.models import Person
from tests.world import PASSWORD, World, at, build

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
    return drafted(world)


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


@pytest.mark.rule("R-123", "R-141")
def test_a_draft_draws_its_holes_and_the_refusal_names_each_of_them(teresa: Client, world: World) -> None:
    roster = drafted(world, last_day=date(2026, 12, 1))
    turn(world, roster, "2026-11-23 07:00", "2026-11-23 15:30")
    html = teresa.get(f"/mesa/plantao/{roster.pk}?semana=2026-11-23").content.decode()
    picture, table = html.split("Ver tabela")
    assert picture.count('class="block hole"') == 22
    assert picture.count(">Jussara Lima</text>") == 3
    assert table.count("sem ninguém</span>") == 22
    refused = teresa.post(f"/mesa/plantao/{roster.pk}/publicacao")
    text = refused.content.decode()
    assert refused.status_code == 409
    for hole in ("A escala tem horários sem ninguém (32): 23/11, 15:30–15:45, 18:00–19:00; 24/11,",
                 "01/12, 07:00–08:00", "terça, 1 dez.", f"/mesa/plantao/{roster.pk}?semana=2026-12-01"):  # fmt: skip
        assert hole in text, hole


@pytest.mark.rule("R-141")
def test_today_and_now_are_marked_in_the_week(teresa: Client, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("farol.desk.door.now", lambda: at("2026-11-24 12:45"))
    roster = drafted(world, last_day=date(2026, 11, 24))
    html = teresa.get(f"/mesa/plantao/{roster.pk}").content.decode()
    assert html.count("is-today") == 1
    assert html.count('class="now-line"') == 1
    assert "<span>12h45</span>" in html
    assert "fora da escala" in html


@pytest.mark.rule("R-140", "R-141")
def test_a_day_without_anything_to_cover_says_why_and_a_local_holiday_is_one_block(
    teresa: Client, world: World
) -> None:
    roster = drafted(world, first_day=date(2027, 1, 25), last_day=date(2027, 1, 31))
    html = teresa.get(f"/mesa/plantao/{roster.pk}?semana=2027-01-25").content.decode()
    assert "feriado local" in html
    assert html.count("7h00 – 19h00</text>") == 1
    assert "nada a cobrir" in html
    christmas = drafted(world, first_day=date(2026, 12, 25), last_day=date(2026, 12, 25))
    html = teresa.get(f"/mesa/plantao/{christmas.pk}").content.decode()
    assert "Natal" in html
    assert "Plantão</a> <small>25/01/2027 – 31/01/2027" in html


@pytest.mark.rule("R-141")
def test_long_names_are_shortened_in_the_picture_and_whole_in_the_table(teresa: Client, world: World) -> None:
    people.hire(
        name="Maria Aparecida Albuquerque", email="m@farol.example", role="analyst", areas=[], password=PASSWORD
    )
    roster = drafted(world)
    turn(world, roster, "2026-11-23 07:00", "2026-11-23 19:00", name="Maria Aparecida Albuquerque")
    turn(world, roster, "2026-11-23 12:00", "2026-11-23 13:30")
    html = teresa.get(f"/mesa/plantao/{roster.pk}?semana=2026-11-23").content.decode()
    assert ">Maria A.</text>" in html
    assert ">Jussara L. +1</text>" in html
    assert "<td>Jussara Lima, Maria Aparecida Albuquerque</td>" in html


def test_everybody_of_the_staff_finds_the_roster_and_the_one_that_holds_today(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("farol.desk.door.now", lambda: at("2026-11-23 12:45"))
    client.force_login(world.rafael)
    assert 'href="/mesa/plantao"' in client.get("/mesa/minha-fila").content.decode()
    assert "Nenhuma escala ainda" in client.get("/mesa/plantao").content.decode()
    holding = drafted(world)
    turn(world, holding, "2026-11-23 07:00", "2026-11-23 19:00")
    actions.publish_roster(holding.pk, by=world.by(world.teresa), now=timezone.now())
    drafted(world, first_day=date(2026, 12, 7), last_day=date(2026, 12, 11))
    assert client.get("/mesa/plantao")["Location"] == f"/mesa/plantao/{holding.pk}"


def drafted(world: World, *, first_day: date = DAY, last_day: date = DAY) -> Roster:
    return actions.draft_roster(
        name="Plantão", calendar=queries.calendar_named("support_tech_07_19"), first_day=first_day, last_day=last_day,
        by=world.by(world.teresa), now=timezone.now(),
    )  # fmt: skip


def turn(world: World, roster: Roster, start: str, end: str, *, name: str = "Jussara Lima") -> None:
    actions.add_shift(
        roster.pk, person=Person.objects.get(name=name), starts_at=at(start), ends_at=at(end),
        by=world.by(world.teresa), now=timezone.now(),
    )  # fmt: skip


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
