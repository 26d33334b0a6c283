from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client

from farol.tickets import actions
from farol.tickets.models import Ticket, Window
from tests.surfaces.desk.conftest import signed_in
from tests.world import CRITICAL, MEDIUM, World, at


@pytest.fixture
def teresa(world: World, now: datetime) -> Client:
    return signed_in(world, "teresa")


@pytest.fixture
def ticket(world: World) -> Ticket:
    """Opened Monday 9:00 with 30 business hours: due Wednesday the 25th at 15:00."""
    return world.open(at("2026-11-23 09:00"), impact=MEDIUM)


@pytest.fixture
def pause(world: World) -> Window:
    """Asked at 9:00, answered at 11:00, on a critical ticket opened at 8:00 of the same Monday."""
    opened = world.open(at("2026-11-23 08:00"), impact=CRITICAL)
    actions.ask_customer(opened.pk, body="Qual é a versão?", by=world.by(world.rafael), now=at("2026-11-23 09:00"))
    actions.reply(opened.pk, body="12.4.2", by=world.by(world.marina), now=at("2026-11-23 11:00"))
    return opened.windows.get()


@pytest.fixture
def until_monday(world: World) -> Ticket:
    """Opened on the eve of a holiday with 20 business hours: due Tuesday the 24th at 12:00."""
    return world.open(at("2026-11-19 16:00"))
