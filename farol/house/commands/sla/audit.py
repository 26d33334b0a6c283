"""Recompute every stored due date and print each that differs: a stored date is a cache, and this is its proof.

A date that follows from the hours as they were known when it was last reckoned is no mistake: a holiday that was
entered afterwards moves it only when somebody recalculates. Such dates are counted as kept.
"""

from __future__ import annotations

import argparse
import json

NEEDS = "database"
FOUND = 1


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="the differences as JSON")


def run(options: argparse.Namespace) -> int:
    from farol.tickets import queries

    found = list(queries.differences())
    wrong = [each for each in found if not each.is_kept]
    kept = len(found) - len(wrong)
    if options.json:
        rows = [
            {
                "number": each.number,
                "promise": each.promise,
                "stored": each.stored.isoformat(),
                "reckoned": each.reckoned.isoformat(),
            }
            for each in wrong
        ]
        print(json.dumps({"disagreements": rows, "kept": kept}, indent=2))
    else:
        for each in wrong:
            print(f"{each.number} {each.promise}: {each.stored.isoformat()} ≠ {each.reckoned.isoformat()}")
        if kept:
            print(f"kept from before the hours changed: {kept}")
        print(f"disagreements: {len(wrong)}")
    return FOUND if wrong else 0
