"""Nothing that is typed on the pages of the clock ends in a crash, and two at once do not undo each other."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from farol.hours import actions, queries
from farol.hours.models import Roster
from farol.tickets import actions as tickets
from tests.surfaces.desk.conftest import signed_in
from tests.world import CRITICAL, World, at

DAY = date(2026, 11, 23)
SUPPORT = "support_tech_07_19"
DATES = ("0001-01-01", "9999-12-31", "2026-02-29", "-1", "٢٠٢٦-١١-٢٤", "2026-11-24\x00", "x" * 5000, "")
INSTANTS = tuple(f"{day}T{hour}" for day in ("0001-01-01", "9999-12-31", "2026-11-24") for hour in ("00:00", "23:59"))


@pytest.fixture
def teresa(world: World, now: object) -> Client:
    return signed_in(world, "teresa")


@pytest.fixture
def roster(world: World) -> Roster:
    return actions.draft_roster(
        name="Plantão", calendar=queries.calendar_named(SUPPORT), first_day=DAY, last_day=DAY,
        by=world.by(world.teresa), now=timezone.now(),
    )  # fmt: skip


@pytest.mark.parametrize("day", DATES)
def test_no_date_crashes_a_page_that_asks_for_one(teresa: Client, world: World, day: str) -> None:
    asked = [
        ("/mesa/horarios/feriados/novo", {"day": day, "name": "X", "level": "vendor", "place": ""}),
        (f"/mesa/horarios/{SUPPORT}/dias/novo", {"day": day, "until": day, "name": "X", "windows": ""}),
        (f"/mesa/horarios/{SUPPORT}/dias/novo", {"day": "2026-11-24", "until": day, "name": "X", "windows": ""}),
        (f"/mesa/horarios/{SUPPORT}/versoes/nova", {"valid_from": day, "zone": "UTC", "reason": "X", "week_0": "8-9"}),
        ("/mesa/plantao/nova", {"name": "X", "calendar": SUPPORT, "first_day": day, "last_day": day}),
        ("/mesa/plantao/nova", {"name": "X", "calendar": SUPPORT, "first_day": "2026-11-24", "last_day": day}),
    ]
    for url, said in asked:
        for confirmed in ({}, {"confirmar": "1"}):
            assert teresa.post(url, {**said, **confirmed}).status_code in {200, 302, 409, 422}, (url, said)
    policy = {"calendar": SUPPORT, "critical": 5, "high": 5, "medium": 5, "low": 5}
    for period in ({"first_day": day, "last_day": "2026-11-24"}, {"first_day": "2026-11-01", "last_day": day}):
        assert teresa.get("/mesa/simulacao", {**policy, **period}).status_code in {200, 422}, period


@pytest.mark.parametrize("start", INSTANTS)
@pytest.mark.parametrize("end", INSTANTS)
def test_no_instant_crashes_a_turn_or_a_pause(
    teresa: Client, world: World, roster: Roster, start: str, end: str
) -> None:
    turn = {"person": world.jussara.pk, "starts_at": start, "ends_at": end}
    assert teresa.post(f"/mesa/plantao/{roster.pk}", turn).status_code in {302, 422}
    assert teresa.get(f"/mesa/plantao/{roster.pk}").status_code == 200
    ticket = world.open(at("2026-11-23 08:00"), impact=CRITICAL)
    tickets.ask_customer(ticket.pk, body="Qual?", by=world.by(world.rafael), now=at("2026-11-23 09:00"))
    tickets.reply(ticket.pk, body="Este.", by=world.by(world.marina), now=at("2026-11-23 11:00"))
    url = f"/mesa/chamados/{ticket.pk}/pausas/{ticket.windows.get().pk}"
    said = {"sent_at": start, "ended_at": end, "reason": "X"}
    for confirmed in ({}, {"confirmar": "1"}):
        assert teresa.post(url, {**said, **confirmed}).status_code in {200, 302, 422}


def test_a_roster_is_a_year_long_at_most(teresa: Client, world: World) -> None:
    period = {"name": "X", "calendar": SUPPORT, "first_day": "2026-01-01", "last_day": "2027-01-02"}
    answer = teresa.post("/mesa/plantao/nova", period)
    assert answer.status_code == 422
    assert "Escolha no máximo um ano de cada vez." in answer.content.decode()
    leap = {**period, "first_day": "2028-01-01", "last_day": "2028-12-31"}
    assert teresa.post("/mesa/plantao/nova", leap).status_code == 302


def test_a_turn_that_somebody_else_removed_is_simply_gone(world: World, roster: Roster) -> None:
    by, now = world.by(world.teresa), timezone.now()
    shift = actions.add_shift(
        roster.pk, person=world.jussara, starts_at=at("2026-11-23 07:00"), ends_at=at("2026-11-23 08:00"),
        by=by, now=now,
    )  # fmt: skip
    for _again in range(2):
        actions.remove_shift(shift.pk, by=by, now=now)
    assert not roster.shifts.exists()


@pytest.mark.rule("R-142")
@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Beirut", "Australia/Lord_Howe", "Asia/Kathmandu"])
def test_a_roster_of_a_calendar_in_another_zone_is_drawn(teresa: Client, world: World, zone: str) -> None:
    calendar = queries.calendar_named(SUPPORT)
    draft = actions.drafted(
        calendar, valid_from=date(2026, 3, 1), zone=zone, week={str(n): [["00:00", "24:00"]] for n in range(7)},
        levels=[], place="", reason="Outra sede.",
    )  # fmt: skip
    actions.start_version(draft, by=world.by(world.teresa), now=timezone.now())
    for first in (date(2026, 3, 8), date(2026, 3, 29), date(2026, 10, 25), date(2026, 11, 1)):
        roster = actions.draft_roster(
            name="Plantão", calendar=calendar, first_day=first, last_day=first, by=world.by(world.teresa),
            now=timezone.now(),
        )  # fmt: skip
        assert teresa.get(f"/mesa/plantao/{roster.pk}").status_code == 200
        assert teresa.post(f"/mesa/plantao/{roster.pk}/publicacao").status_code == 409
