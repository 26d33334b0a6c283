"""Who takes calls: present, paused with a reason, or away; and whose telephone rings."""

from __future__ import annotations

import pytest

from farol.journal.models import Entry
from farol.people.actions import presence as actions
from farol.people.models import Person
from farol.people.queries import presence as queries
from farol.people.rules.presence import ExtensionTaken, PauseReason, Presence
from tests.world import World, at

NOW = at("2026-11-24 09:00")


def say(world: World, person: Person, presence: Presence, reason: PauseReason | None = None) -> bool:
    return actions.set_presence(person.pk, presence, reason=reason, by=world.by(person), now=NOW)


def test_a_pause_keeps_its_reason_and_lets_no_call_ring(world: World) -> None:
    say(world, world.rafael, Presence.AVAILABLE)
    actions.ring(7, [world.rafael.pk])
    assert say(world, world.rafael, Presence.PAUSED, PauseReason.LUNCH)
    world.rafael.refresh_from_db()
    assert (world.rafael.pause_reason, world.rafael.call_at_hand) == ("lunch", None)
    assert say(world, world.rafael, Presence.AVAILABLE, PauseReason.LUNCH)
    world.rafael.refresh_from_db()
    assert world.rafael.pause_reason == ""


def test_saying_the_same_twice_is_no_news(world: World) -> None:
    assert say(world, world.rafael, Presence.AVAILABLE)
    assert not say(world, world.rafael, Presence.AVAILABLE)
    assert Entry.objects.filter(name="person.presence_changed").count() == 1


def test_only_who_is_available_in_the_area_and_has_no_call_is_found(world: World) -> None:
    for person in (world.rafael, world.jussara):
        say(world, person, Presence.AVAILABLE)
    code = world.rafael.areas.get().code if world.rafael.areas.count() == 1 else world.fiscal.code
    assert world.rafael in queries.available(code)
    actions.ring(7, [world.rafael.pk])
    assert world.rafael not in queries.available(code)
    actions.ring(7, [world.jussara.pk])
    assert actions.stop_ringing(7) == [world.jussara.pk]


def test_an_extension_is_one_persons(world: World) -> None:
    actions.choose_extension(world.rafael, " PJSIP/2001 ")
    assert queries.person_at("PJSIP/2001") == world.rafael
    with pytest.raises(ExtensionTaken, match="Rafael"):
        actions.choose_extension(world.jussara, "PJSIP/2001")
    actions.choose_extension(world.jussara, "")
    actions.choose_extension(world.rafael, "")
    assert queries.person_at("") is None
