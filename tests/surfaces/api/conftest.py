from __future__ import annotations

import pytest

from tests.calling import Program
from tests.world import World, build


@pytest.fixture
def world(db: None) -> World:
    return build()


@pytest.fixture
def contact(world: World) -> Program:
    return Program.of(world.marina)


@pytest.fixture
def analyst(world: World) -> Program:
    return Program.of(world.rafael)


@pytest.fixture
def importer(world: World) -> Program:
    return Program.of(world.rafael, "import")
