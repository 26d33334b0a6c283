"""The years whose holidays are known: which they are, and load those that follow."""

from __future__ import annotations

import argparse
import json
from datetime import UTC, datetime

NEEDS = "database"


def arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    years = verbs.add_parser("years", help="the years whose holidays are known, and whether they end soon")
    load = verbs.add_parser("load", help="load the holidays of the years that follow")
    load.add_argument("--until", type=int, required=True, metavar="YEAR", help="the last year to load")
    for verb in (years, load):
        verb.add_argument("--json", action="store_true", help="for programs")


def run(options: argparse.Namespace) -> int:
    from farol.hours import actions, queries
    from farol.hours.rules import runs_out
    from farol.kernel.actor import HOUSE
    from farol.tickets.rules.windows import day_of

    now = datetime.now(UTC)
    loaded = actions.load_years(options.until, by=HOUSE, now=now) if options.verb == "load" else 0
    almanac = queries.almanac()
    said = {
        "first_year": almanac.first_year,
        "last_year": almanac.last_year,
        "loaded": loaded,
        "runs_out": runs_out(almanac.last_year, day_of(now)),
    }
    if options.json:
        print(json.dumps(said))
    else:
        soon = f" They end soon: farol hours load --until {almanac.last_year + 5}" if said["runs_out"] else ""
        print(f"Holidays are known from {almanac.first_year} to {almanac.last_year}.{soon}")
    return 0
