"""Duty rosters: drafted, filled, published without a hole, asked who is there (R-141)."""

from __future__ import annotations

from datetime import date

import pytest

from farol.hours import actions, queries
from farol.hours.models import Roster
from farol.hours.queries import calendar_named
from farol.hours.rules import HoursForManagers
from farol.hours.rules.oncall import Level
from farol.hours.rules.roster import Covers, RosterHasGaps, RosterPublished
from farol.journal.models import Entry
from farol.kernel.errors import FieldsRefused
from farol.people.models import Person
from farol.tickets import queries as tickets
from tests.world import CRITICAL, World, at, build

NOW = at("2026-11-20 10:00")
DAY = date(2026, 11, 23)


@pytest.fixture
def world(db: None) -> World:
    return build()


@pytest.fixture
def roster(world: World) -> Roster:
    return actions.draft_roster(
        name="Plantão do suporte", calendar=calendar_named("support_tech_07_19"), first_day=DAY, last_day=DAY,
        by=world.by(world.teresa), now=NOW,
    )  # fmt: skip


def cover(world: World, roster: Roster, start: str, end: str) -> None:
    actions.add_shift(
        roster.pk, person=world.jussara, starts_at=at(f"2026-11-23 {start}"), ends_at=at(f"2026-11-23 {end}"),
        by=world.by(world.teresa), now=NOW,
    )  # fmt: skip


@pytest.mark.rule("R-141")
def test_a_roster_with_a_hole_is_not_published_and_the_hole_is_named(world: World, roster: Roster) -> None:
    cover(world, roster, "07:00", "13:00")
    with pytest.raises(RosterHasGaps, match="13:00–13:30, 15:30–15:45, 18:00–19:00"):
        actions.publish_roster(roster.pk, by=world.by(world.teresa), now=NOW)
    assert not queries.on_duty(at("2026-11-23 10:05"))


@pytest.mark.rule("R-141")
def test_a_whole_roster_is_published_says_who_is_there_and_changes_no_more(world: World, roster: Roster) -> None:
    cover(world, roster, "07:00", "19:00")
    actions.publish_roster(roster.pk, by=world.by(world.teresa), now=NOW)
    assert [shift.person.name for shift in queries.on_duty(at("2026-11-23 10:05"))] == ["Jussara Lima"]
    assert not queries.on_duty(at("2026-11-23 19:00"))
    with pytest.raises(RosterPublished):
        cover(world, roster, "07:00", "08:00")
    assert Entry.objects.filter(name="roster.published").count() == 1


@pytest.mark.rule("R-068")
def test_a_roster_never_stops_a_customers_clock(world: World, roster: Roster) -> None:
    before = world.open(at("2026-11-23 09:00"), impact=CRITICAL)
    cover(world, roster, "07:00", "19:00")
    actions.publish_roster(roster.pk, by=world.by(world.teresa), now=NOW)
    assert world.open(at("2026-11-23 09:00"), impact=CRITICAL).due_at == before.due_at
    assert not list(tickets.disagreements())


def test_only_managers_write_rosters_and_an_empty_turn_is_refused(world: World, roster: Roster) -> None:
    with pytest.raises(HoursForManagers):
        actions.publish_roster(roster.pk, by=world.by(world.rafael), now=NOW)
    with pytest.raises(FieldsRefused):
        cover(world, roster, "08:00", "08:00")
    with pytest.raises(FieldsRefused) as refused:
        actions.add_shift(
            roster.pk, person=world.jussara, starts_at=at("2026-11-30 07:00"), ends_at=at("2026-11-30 08:00"),
            by=world.by(world.teresa), now=NOW,
        )  # fmt: skip
    assert refused.value.errors == {"starts_at": ["O turno fica fora do período da escala."]}


@pytest.mark.rule("R-121", "R-123")
def test_out_of_hours_every_minute_has_three_names_with_telephones_or_nothing_is_published(world: World) -> None:
    by = world.by(world.teresa)
    roster = actions.draft_roster(
        name="Plantão do Datacenter", calendar=calendar_named("datacenter_08_18"), first_day=DAY, last_day=DAY,
        covers=Covers.OUT_OF_HOURS, by=by, now=NOW,
    )  # fmt: skip

    def turn(person: Person, level: Level, start: str, end: str, telephone: str = "(19) 90000-0000") -> None:
        actions.add_shift(
            roster.pk, person=person, starts_at=at(start), ends_at=at(end), level=level, telephone=telephone, by=by,
            now=NOW,
        )  # fmt: skip

    with pytest.raises(FieldsRefused, match="corrigir"):
        turn(world.jussara, Level.PRIMARY, "2026-11-23 00:00", "2026-11-24 00:00", telephone=" ")
    turn(world.jussara, Level.PRIMARY, "2026-11-23 00:00", "2026-11-24 00:00")
    turn(world.rafael, Level.BACKUP, "2026-11-23 00:00", "2026-11-23 23:30")
    turn(world.teresa, Level.SUPERVISOR, "2026-11-23 00:00", "2026-11-24 00:00")
    with pytest.raises(RosterHasGaps, match=r"\(1\): 23/11, 23:30–00:00"):
        actions.publish_roster(roster.pk, by=by, now=NOW)
    assert queries.hops("datacenter_08_18", at("2026-11-23 03:00")) == []
    turn(world.jussara, Level.BACKUP, "2026-11-23 23:30", "2026-11-24 00:00")
    actions.publish_roster(roster.pk, by=by, now=NOW)
    hops = queries.hops("datacenter_08_18", at("2026-11-23 03:00"))
    assert [(hop.phone, hop.name) for hop in hops] == [
        ("oncall", "Jussara Lima"), ("oncall-backup", "Rafael Tanaka"), ("oncall-supervisor", "Teresa Nunes"),
    ]  # fmt: skip
    assert not queries.on_duty(at("2026-11-23 10:05")), "whoever is on call does not stand at the desk"
