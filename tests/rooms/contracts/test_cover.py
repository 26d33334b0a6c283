"""What covers a product, said by two queries that must agree."""

from __future__ import annotations

from datetime import date

import pytest

from farol.contracts import actions, queries
from tests.world import World

ON = date(2026, 11, 24)


def test_the_plan_with_the_shortest_critical_allowance_covers(world: World) -> None:
    quick = actions.define_plan(
        code="sla", name="SLA", kind="sla", calendar_code="support_tech_07_19",
        allowances={"critical": 240, "high": 600, "medium": 900, "low": 1200},
    )  # fmt: skip
    actions.sign(
        organization=world.serra_azul, number="C-9", plan=quick, products={world.product: None},
        valid_from=date(2026, 1, 1), valid_until=date(2026, 12, 31),
    )  # fmt: skip
    cover = queries.cover_of(world.serra_azul.pk, world.product.pk, on=ON)
    item = queries.item_for(world.serra_azul.pk, world.product.pk, on=ON)
    assert item is not None
    assert cover == queries.Cover(item.contract.plan.name, item.contract.valid_until)
    assert cover == queries.Cover("SLA", date(2026, 12, 31))


@pytest.mark.parametrize("on", [date(2019, 12, 31), date(2020, 1, 1)])
def test_outside_its_validity_a_contract_covers_nothing(world: World, on: date) -> None:
    cover = queries.cover_of(world.serra_azul.pk, world.product.pk, on=on)
    assert (cover is None) == (queries.item_for(world.serra_azul.pk, world.product.pk, on=on) is None)
    assert (cover is None) == (on < date(2020, 1, 1))
    assert queries.cover_of(world.serra_azul.pk, world.other_product.pk, on=on) is None
