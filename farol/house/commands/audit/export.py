"""Write the whole trail to standard output, a JSON object a line, each record with its link of the chain."""

from __future__ import annotations

import argparse
import json

NEEDS = "database"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to choose."""


def run(options: argparse.Namespace) -> int:
    from farol.audit import actions, queries
    from farol.audit.rules import Act
    from farol.kernel.actor import HOUSE

    actions.record(Act.TRAIL_EXPORTED, HOUSE, "audit", {"by": "command line"})
    actions.link_waiting()
    for line in queries.lines():
        print(json.dumps(line, ensure_ascii=False))
    return 0
