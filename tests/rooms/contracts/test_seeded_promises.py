"""The plans that come along promise replies, also where they were loaded before they did (R-066)."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps

from farol.contracts.models import Plan
from farol.contracts.rules import STANDARD_ALLOWANCES, read
from farol.house.seeding.catalogue import furnish, plans

EARLIER = {
    "padrao": {},
    "bso": {"first_reply": {"calendar": "support_08_18", "minutes": {"critical": 5}}},
    "datacenter": {},
}


@pytest.fixture
def seeded(db: None) -> dict[str, Plan]:
    furnish()
    return plans()


@pytest.mark.rule("R-066")
def test_every_seeded_plan_promises_replies_that_come_before_the_solution(seeded: dict[str, Plan]) -> None:
    for plan in seeded.values():
        terms = read(plan.promises)
        for promise in ("first_reply", "next_reply"):
            minutes = terms[promise].minutes
            assert set(minutes) == set(STANDARD_ALLOWANCES)
            assert all(minutes[severity] < plan.allowances[severity] for severity in minutes)
            assert sorted(minutes, key=lambda severity: minutes[severity]) == list(STANDARD_ALLOWANCES)


@pytest.mark.rule("R-066")
def test_plans_of_an_older_database_get_the_same_and_keep_what_was_changed(seeded: dict[str, Plan]) -> None:
    wanted = {code: plan.promises for code, plan in seeded.items()}
    for code, promises in EARLIER.items():
        Plan.objects.filter(code=code).update(promises=promises)
    migration = import_module("farol.contracts.migrations.0003_replies_of_seeded_plans")
    for _again in range(2):
        migration.promise(apps, None)
    found = plans()
    assert found["padrao"].promises == wanted["padrao"]
    assert found["bso"].promises == wanted["bso"] | EARLIER["bso"]
    assert found["datacenter"].promises["next_reply"] == wanted["datacenter"]["next_reply"]
    assert found["sla"].promises == wanted["sla"]
