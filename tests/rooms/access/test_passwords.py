"""Consulting takes a password that is not too old; nothing else asks how old it is (R-017)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from farol.access import queries as access
from farol.access.rules import Action, PasswordTooOld
from farol.people.models import Person
from farol.tickets.rules.windows import day_of
from tests.world import World, at

NOW = at("2026-11-24 09:00")


def chosen(world: World, days: int) -> Person:
    world.marina.password_changed_at = NOW - timedelta(days=days)
    world.marina.save()
    return world.marina


@pytest.mark.rule("R-017")
@pytest.mark.parametrize("action", [Action.OPEN_CONSULTING, Action.AGREE_TO_CONSULTING])
def test_an_old_password_asks_for_no_consulting_and_agrees_to_none(world: World, settings, action: Action) -> None:
    settings.PASSWORD_MAX_AGE_DAYS = 180
    on = day_of(NOW)
    access.admit(chosen(world, 179), action, on=on, product=world.product)
    with pytest.raises(PasswordTooOld) as refused:
        access.admit(chosen(world, 180), action, on=on, product=world.product)
    assert (refused.value.rule, refused.value.status) == ("R-017", 403)
    settings.PASSWORD_MAX_AGE_DAYS = 0
    access.admit(chosen(world, 9_000), action, on=on, product=world.product)


@pytest.mark.rule("R-017")
def test_support_and_the_tickets_ask_for_no_new_password(world: World, settings) -> None:
    settings.PASSWORD_MAX_AGE_DAYS = 180
    for action in (Action.OPEN_TICKET, Action.VIEW_TICKETS, Action.OPEN_ADMINISTRATIVE, Action.OPEN_OMBUDSMAN):
        access.admit(chosen(world, 9_000), action, on=day_of(NOW), product=world.product)
