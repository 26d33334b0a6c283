"""Recompute every stored due date and print each that differs: a stored date is a cache, and this is its proof."""

from __future__ import annotations

import argparse
import json

NEEDS = "database"
FOUND = 1


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="the differences as JSON")


def run(options: argparse.Namespace) -> int:
    from farol.tickets import queries

    wrong = list(queries.disagreements())
    if options.json:
        rows = [
            {"number": each.number, "stored": each.stored.isoformat(), "reckoned": each.reckoned.isoformat()}
            for each in wrong
        ]
        print(json.dumps({"disagreements": rows}, indent=2))
    else:
        for each in wrong:
            print(f"{each.number}: {each.stored.isoformat()} ≠ {each.reckoned.isoformat()}")
        print(f"disagreements: {len(wrong)}")
    return FOUND if wrong else 0
