"""Contracts with a queue or a number of their own (R-030)."""

from __future__ import annotations

from datetime import date

import pytest

from farol.contracts import actions, queries
from farol.contracts.models import Plan
from farol.kernel.errors import FieldsRefused
from tests.world import ALLOWANCES, World

ON = date(2026, 11, 24)


@pytest.fixture
def sla(world: World) -> Plan:
    plan = actions.define_plan(
        code="sla-24h", name="SLA 24 h", kind="sla", calendar_code="always", allowances={**ALLOWANCES, "critical": 120}
    )
    actions.sign(
        organization=world.serra_azul, number="C-SLA", plan=plan, products={world.product: None},
        valid_from=date(2026, 1, 1), valid_until=date(2026, 11, 24),
    )  # fmt: skip
    return actions.route_calls(plan, queue="sla", telephones=["+55 (11) 4003-0001"])


@pytest.mark.rule("R-030")
def test_the_contracts_own_queue_takes_the_call_while_it_holds(world: World, sla: Plan) -> None:
    assert queries.own_queue(world.serra_azul.pk, on=ON) == "sla"
    assert queries.own_queue(world.serra_azul.pk, on=date(2026, 11, 25)) == ""
    assert queries.own_queue(world.boa_vista.pk, on=ON) == ""


@pytest.mark.rule("R-030")
def test_an_own_number_leads_to_its_plan_and_belongs_to_one(world: World, sla: Plan) -> None:
    assert queries.plan_called_by("551140030001") == sla
    assert queries.plan_called_by("") is None
    with pytest.raises(FieldsRefused, match="corrigir"):
        actions.route_calls(world.plan, queue="outra", telephones=["551140030001"])
