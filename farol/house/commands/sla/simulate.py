"""Replay the closed tickets of a period under another policy: met and late by severity, before and after."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from farol.tickets.queries import Replayed

NEEDS = "database"
COULD_NOT_RUN = 2
QUARTER = timedelta(days=91)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--calendar", required=True, metavar="CODE", help="whose hours count, as in `farol sla due`")
    parser.add_argument("--allowances", required=True, type=_allowances, metavar="critical=600,high=1200,…")
    parser.add_argument("--from", dest="since", type=date.fromisoformat, metavar="DATE", help="default: 91 days ago")
    parser.add_argument("--to", dest="until", type=date.fromisoformat, metavar="DATE", help="default: today, left out")
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> int:
    from farol.hours import queries as hours
    from farol.kernel.errors import Refusal
    from farol.tickets import queries as tickets
    from farol.tickets.rules.windows import day_of, start_of

    until = options.until or day_of(datetime.now(UTC))
    since = options.since or until - QUARTER
    try:
        schedule = hours.schedule_of(options.calendar, until)
    except Refusal as refusal:
        print(f"farol: {refusal}", file=sys.stderr)
        return COULD_NOT_RUN
    found = tickets.simulate(schedule, options.allowances, since=start_of(since), until=start_of(until))
    if options.json:
        period = {"from": since.isoformat(), "to": until.isoformat(), "calendar": options.calendar}
        print(json.dumps({**period, "severities": [asdict(row) for row in found.values()]}, indent=2))
    else:
        _print(list(found.values()))
    return 0


def _print(rows: list[Replayed]) -> None:
    print(f"{'':<10}{'tickets':>9}{'met':>9}{'late':>9}{'would meet':>13}{'would be late':>15}")
    for row in rows:
        late = row.would_be_late
        print(f"{row.severity:<10}{row.tickets:>9}{row.met:>9}{row.late:>9}{row.would_meet:>13}{late:>15}")
    if outside := sum(row.outside for row in rows):
        print(f"left out, beyond the calendar's years: {outside}")


def _allowances(text: str) -> dict[str, int]:
    """`critical=600,high=1200`: whole business minutes by severity."""
    known = {"critical", "high", "medium", "low"}
    pairs = [part.partition("=") for part in text.split(",")]
    found = {name.strip(): minutes.strip() for name, _, minutes in pairs}
    if not set(found) <= known or not all(minutes.isdecimal() and int(minutes) for minutes in found.values()):
        raise argparse.ArgumentTypeError(f"{text!r}: say minutes by severity, as in critical=600,high=1200")
    return {name: int(minutes) for name, minutes in found.items()}
