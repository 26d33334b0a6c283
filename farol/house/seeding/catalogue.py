"""Hours, one of the catalogues that come along, the plans to sell it under, and the prices of charged time."""

from __future__ import annotations

import tomllib
from pathlib import Path

from django.db import transaction

from farol.catalog import actions as catalog
from farol.contracts import actions as contracts
from farol.contracts.models import Plan
from farol.contracts.rules.prices import Price
from farol.hours.actions import seed_hours

STANDARD = "horizonte"
PLANS = Path(__file__).with_name("plans.toml")
PRICES = Path(__file__).with_name("prices.toml")


@transaction.atomic
def furnish(seed: str = STANDARD) -> None:
    """There is a catalogue to open tickets about, with hours and plans. Safe to repeat; raises UnknownSeed."""
    seed_hours()
    catalog.load_seed(seed)
    for code, plan in tomllib.loads(PLANS.read_text()).items():
        contracts.define_plan(code=code, **plan)
    for line in tomllib.loads(PRICES.read_text())["prices"]:
        valid_from = line.pop("valid_from")
        contracts.set_price(Price.read(line), valid_from=valid_from)


def plans() -> dict[str, Plan]:
    """The plans by their codes."""
    return {plan.code: plan for plan in Plan.objects.all()}
