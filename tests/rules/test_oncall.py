"""Out of hours: the on-call telephone, whoever answers it, and no minute in between (section 12)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from farol.hours.rules.oncall import Destination, Hop, Level, destination, next_hop, outside
from farol.worktime.schedule import Schedule

SAO_PAULO = ZoneInfo("America/Sao_Paulo")
HOLIDAYS = [date(2026, 1, 1), date(2026, 4, 3), date(2026, 11, 20), date(2026, 12, 25)]
DATACENTER = Schedule.weekdays("08:00-18:00", SAO_PAULO, HOLIDAYS, years=(2025, 2027))
JAGGED = Schedule.weekdays("00:00-06:00 08:00-12:00 13:30-24:00", SAO_PAULO, HOLIDAYS, years=(2025, 2027))


@pytest.mark.rule("R-120")
@pytest.mark.parametrize("schedule", [DATACENTER, JAGGED])
def test_over_a_year_every_minute_has_exactly_one_destination(schedule: Schedule) -> None:
    needs = outside(schedule, date(2026, 1, 1), date(2026, 12, 31))
    on_call = [(need.start.astimezone(UTC), need.end.astimezone(UTC)) for need in needs]
    at, end = (datetime(year, 1, 1, tzinfo=SAO_PAULO).astimezone(UTC) for year in (2026, 2027))
    spans = iter(on_call)
    since, until = next(spans)
    while at < end:
        while until <= at:
            since, until = next(spans, (end, end + timedelta(days=1)))
        assert (destination(schedule, at) is Destination.ON_CALL) == (since <= at < until), at
        at += timedelta(minutes=15)  # every edge of these hours
    assert all(earlier[1] <= later[0] for earlier, later in pairwise(on_call))


@pytest.mark.rule("R-120")
@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-11-24T07:59", Destination.ON_CALL), ("2026-11-24T08:00", Destination.QUEUE),
        ("2026-11-24T17:59", Destination.QUEUE), ("2026-11-24T18:00", Destination.ON_CALL),
        ("2026-11-20T10:00", Destination.ON_CALL), ("2026-11-29T03:00", Destination.ON_CALL),
    ],
)  # fmt: skip
def test_at_the_edges_and_on_holidays(at: str, expected: Destination) -> None:
    assert destination(DATACENTER, datetime.fromisoformat(at).replace(tzinfo=SAO_PAULO)) is expected


@pytest.mark.rule("R-121")
def test_primary_then_backup_then_supervisor_then_nobody() -> None:
    hops = [Hop(Level.SUPERVISOR, 3, "Teresa"), Hop(Level.PRIMARY, 1, "Jussara")]
    tried: list[Level] = []
    called = []
    while hop := next_hop(hops, tried):
        called.append((hop.phone, hop.name))
        tried.append(hop.level)
    assert called == [("oncall", "Jussara"), ("oncall-backup", ""), ("oncall-supervisor", "Teresa")]
