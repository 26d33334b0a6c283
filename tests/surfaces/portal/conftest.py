from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.core.cache import cache
from django.test import Client

from farol.portal import door
from tests.world import World, at, build

NOW = at("2026-11-24 09:00")


@pytest.fixture
def world(db: None) -> World:
    return build()


@pytest.fixture(autouse=True)
def _nothing_cached() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Tuesday, 9 o'clock: the instant that comes in through the door."""
    monkeypatch.setattr(door, "now", lambda: NOW)
    return NOW


@pytest.fixture
def marina(world: World, now: datetime) -> Client:
    return signed_in(world, "marina")


@pytest.fixture
def bruno(world: World, now: datetime) -> Client:
    """Of another company."""
    return signed_in(world, "bruno")


def signed_in(world: World, name: str) -> Client:
    client = Client()
    client.force_login(getattr(world, name))
    return client
