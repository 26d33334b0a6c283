from __future__ import annotations

from datetime import datetime

import pytest
from django.core.cache import cache
from django.test import Client

from farol.desk import door
from farol.desk.kept import Kept
from tests.world import World, at, build

NOW = at("2026-11-24 09:00")


@pytest.fixture
def world(db: None) -> World:
    return build()


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """What one test counted is not what the next one sees."""
    for forget in (cache.clear, Kept.forget):
        forget()


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Tuesday, 9 o'clock: the instant that comes in through the door."""
    monkeypatch.setattr(door, "now", lambda: NOW)
    return NOW


@pytest.fixture
def rafael(world: World, now: datetime) -> Client:
    return signed_in(world, "rafael")


@pytest.fixture
def jussara(world: World, now: datetime) -> Client:
    return signed_in(world, "jussara")


@pytest.fixture
def marina(world: World, now: datetime) -> Client:
    return signed_in(world, "marina")


def signed_in(world: World, name: str) -> Client:
    client = Client()
    client.force_login(getattr(world, name))
    return client
