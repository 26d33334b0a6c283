"""Sunday at three in the morning: who is on call for the Datacenter, and a customer who bought it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from farol.contracts import actions as contracts
from farol.hours.models import Calendar, Roster
from farol.hours.rules.oncall import Level
from farol.hours.rules.roster import Covers
from farol.people import actions as people
from tests.world import ALLOWANCES, World

SUNDAY = "2026-11-29T03:00"
NUMBERS = {Level.PRIMARY: "+5519900000007", Level.BACKUP: "+5519900000008", Level.SUPERVISOR: "+5519900000009"}


def on_call(world: World, calendar: str = "datacenter_08_18", *, plan_calendar: str = "always") -> None:
    """Jussara, then Rafael, then Teresa, by a published roster of that calendar; Marina's company is covered."""
    plan = contracts.define_plan(
        code="dc", name="Datacenter", kind="datacenter", calendar_code=plan_calendar, allowances=ALLOWANCES
    )
    contracts.sign(
        organization=world.serra_azul, number="C-DC", plan=plan, products={world.product: None},
        valid_from=date(2020, 1, 1),
    )  # fmt: skip
    people.register_area(code="datacenter", name="Datacenter", with_name="o Datacenter", kind="support")
    roster = Roster.objects.create(
        name="Plantão", calendar=Calendar.objects.get(code=calendar), covers=Covers.OUT_OF_HOURS,
        first_day=date(2026, 11, 1), last_day=date(2026, 11, 30), slots=[],
        published_at=datetime(2026, 11, 1, tzinfo=UTC),
    )  # fmt: skip
    start = datetime(2026, 11, 29, tzinfo=UTC)
    turns = zip((world.jussara, world.rafael, world.teresa), Level, strict=True)
    for person, level in turns:
        roster.shifts.create(
            person=person, level=level, telephone=NUMBERS[level], starts_at=start, ends_at=start + timedelta(days=1)
        )
