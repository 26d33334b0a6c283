"""Do now whatever is due: reminders, acceptance by silence, closing without answer. Safe to repeat and to run late."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from datetime import UTC, datetime

NEEDS = "database"


def arguments(parser: argparse.ArgumentParser) -> None:
    does = parser.add_subparsers(metavar="run", required=True)
    run_now = does.add_parser("run", help="do whatever is due up to an instant")
    run_now.add_argument("--now", type=_instant, metavar="ISO", help="the instant, with offset (default: now)")
    run_now.add_argument("--json", action="store_true", help="the counts as JSON")


def run(options: argparse.Namespace) -> int:
    from farol.tickets.jobs import run_deadlines

    done = run_deadlines(options.now or datetime.now(UTC))
    if options.json:
        print(json.dumps(asdict(done)))
    else:
        print(f"{done.reminded} reminded, {done.closed} closed")
    return 0


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not an instant like 2027-01-10T00:00:00-03:00") from None
    if instant.tzinfo is None:
        raise argparse.ArgumentTypeError("the instant needs its offset, as in 2027-01-10T00:00:00-03:00")
    return instant
