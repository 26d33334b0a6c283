from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import date
from ipaddress import ip_network
from pathlib import Path
from typing import TypeVar

import pytest
from django.test.utils import override_settings

from farol.catalog.models import Product
from farol.contracts import actions as contracts
from farol.people import actions as people
from farol.phone import views
from farol.phone.doors.serving import Switchboard, Terms
from tests.world import World, build

T = TypeVar("T")
TRYING = Terms(is_trying=True, peers=[ip_network("203.0.113.0/24")])
MARINA, JOAO = "12222345013335# 314159#", "12222345013335# 271828#"
TOKEN = "um-segredo-do-operador"
NINE = {"agi_arg_1": "2026-11-24T09:00"}


@pytest.fixture
def _carrier() -> Iterator[None]:
    """A carrier whose secret is known here."""
    with override_settings(PHONE_TWIML_TOKEN=TOKEN, PHONE_TEST=True):
        yield
    views.aside().stop()
    views.aside.cache_clear()


@pytest.fixture
def live(transactional_db: None) -> World:
    """Marina may call support and consulting, João support; Boa Vista has no contract that is not by its product."""
    world = build()
    people.choose_pin(world.marina, "314159")
    people.choose_pin(world.joao, "271828")
    payroll = people.register_area(code="folha", name="Folha", with_name="a Folha", kind="support")
    product = Product.objects.create(code="folha", name="Folha", line=world.product.line, area=payroll)
    contracts.sign(
        organization=world.serra_azul,
        number="C-3",
        plan=world.plan,
        products={product: None},
        valid_from=date(2020, 1, 1),
    )
    return world


def served(talk: Callable[[Switchboard, int], Awaitable[T]], spool: Path, terms: Terms = TRYING) -> T:
    """What `talk` gives with a switchboard that listens on a port."""

    async def serve() -> T:
        switchboard = Switchboard(terms, spool)
        port = await switchboard.start("127.0.0.1", 0)
        try:
            return await talk(switchboard, port)
        finally:
            await switchboard.stop()

    return asyncio.run(serve())
