"""Add tickets in numbers to the database at hand, with customers, analysts and history of their own."""

from __future__ import annotations

import argparse
import json
import sys
import time

NEEDS = "database"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--tickets", type=int, required=True, metavar="N")
    parser.add_argument("--json", action="store_true", help="for programs")


def run(options: argparse.Namespace) -> int:
    from django.utils import timezone

    from farol.house.bulk.pour import pour

    begun = time.perf_counter()
    pour(options.tickets, now=timezone.now(), said=lambda done: None if options.json else _say(done, begun))
    seconds = time.perf_counter() - begun
    per_minute = round(options.tickets * 60 / seconds)
    if options.json:
        print(json.dumps({"tickets": options.tickets, "seconds": round(seconds, 1), "per_minute": per_minute}))
    else:
        print(f"{options.tickets} tickets in {seconds:.1f} s: {per_minute} a minute")
    return 0


def _say(done: int, begun: float) -> None:
    print(f"{done:9} {time.perf_counter() - begun:6.1f} s", file=sys.stderr)
