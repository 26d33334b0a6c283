"""What the roster and the what-if page do at their edges."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from farol.hours import actions, queries
from farol.hours.models import Roster
from farol.hours.rules.roster import RosterHasGaps
from farol.kernel.errors import FieldsRefused
from tests.world import World, at, build

NOW = at("2026-11-20 10:00")
DAY = date(2026, 11, 23)


@pytest.fixture
def world(db: None) -> World:
    return build()


@pytest.fixture
def teresa(client: Client, world: World) -> Client:
    client.force_login(world.teresa)
    return client


def drafted(world: World, last_day: date = DAY) -> Roster:
    return actions.draft_roster(
        name="Plantão", calendar=queries.calendar_named("support_tech_07_19"), first_day=DAY, last_day=last_day,
        by=world.by(world.teresa), now=NOW,
    )  # fmt: skip


@pytest.mark.rule("R-141")
def test_a_hole_after_a_turn_is_named_at_the_hour_of_the_team(world: World) -> None:
    roster, teresa = drafted(world), world.by(world.teresa)
    actions.add_shift(
        roster.pk, person=world.jussara, starts_at=at("2026-11-23 07:00"), ends_at=at("2026-11-23 13:00"),
        by=teresa, now=NOW,
    )  # fmt: skip
    with pytest.raises(RosterHasGaps, match=r"23/11, 13:00"):
        actions.publish_roster(roster.pk, by=teresa, now=NOW)


def test_a_roster_ends_within_the_years_whose_holidays_are_known(world: World) -> None:
    with pytest.raises(FieldsRefused):
        drafted(world, date(9999, 12, 31))


@pytest.mark.parametrize("week", ["9999-12-31", "0001-01-01"])
def test_a_week_far_from_the_roster_is_its_nearest(teresa: Client, world: World, week: str) -> None:
    assert teresa.get(f"/mesa/plantao/{drafted(world).pk}?semana={week}").status_code == 200


def test_a_period_beyond_the_years_of_the_clock_is_refused_by_its_field(teresa: Client) -> None:
    asked = {"calendar": "support_08_18", "critical": 5, "high": 10, "medium": 20, "low": 30}
    far = {**asked, "first_day": "2026-11-01", "last_day": "9999-12-31"}
    assert teresa.get("/mesa/simulacao", far).status_code == 422
