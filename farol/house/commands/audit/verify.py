"""Reckon every link of the trail anew and name the first that is broken; exits 1 if one is.

The head that it prints is worth writing down elsewhere: `--head` later proves that the chain still goes through it,
so that nobody has made a new one or cut its end off.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

NEEDS = "database"
FOUND = 1


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--head", default="", help="a head printed earlier, which the chain must still contain")
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> int:
    from farol.audit import actions, queries

    actions.link_waiting()
    verdict = queries.verdict()
    position = queries.holds(options.head) if options.head else None
    is_cut = bool(options.head) and position is None
    if options.json:
        print(json.dumps({**asdict(verdict), "whole": verdict.is_whole and not is_cut, "head_at": position}))
        return 0 if verdict.is_whole and not is_cut else FOUND
    if verdict.broken:
        broken = verdict.broken
        print(f"broken at link {broken.position} (record {broken.record_id}): {broken.why}")
        print(f"the {broken.position - 1} links before it hold")
    else:
        print(f"{verdict.links} links hold; head {verdict.head}")
    if verdict.loose:
        print(f"{verdict.loose} records are in no link, the first is {verdict.first_loose}")
    if options.head:
        print(f"the given head is link {position}" if position else "the given head is not in the chain")
    return 0 if verdict.is_whole and not is_cut else FOUND
