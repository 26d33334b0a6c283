"""Bring in what customers owe, from a file of the accounting system."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

NEEDS = "database"


def arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    load = verbs.add_parser("import", help="keep the good lines of a CSV; exit 1 if there is a bad one")
    load.add_argument("file", type=Path, metavar="FILE", help="columns cnpj, numero, vencimento, valor, situacao")
    load.add_argument("--preview", action="store_true", help="say what would be kept, and keep nothing")
    load.add_argument("--json", action="store_true", help="for programs")


def run(options: argparse.Namespace) -> int:
    from django.utils import timezone

    from farol.billing import actions, queries
    from farol.billing.rules.titles import read
    from farol.kernel.actor import HOUSE

    sheet = queries.sorted_out(read(options.file.read_bytes()))
    said: dict[str, Any] = {"preview": options.preview, "good": len(sheet.good)}
    if not options.preview:
        said |= actions.bring_titles(sheet.good, by=HOUSE, now=timezone.now()).told()
    said["refused"] = [{"line": bad.line, "reasons": list(bad.reasons), "text": bad.text} for bad in sheet.bad]
    if options.json:
        print(json.dumps(said, ensure_ascii=False, indent=2))
    else:
        _tell(said)
    return 1 if sheet.bad else 0


def _tell(said: dict[str, Any]) -> None:
    if said["preview"]:
        print(f"{said['good']} good lines; nothing is kept")
    else:
        same = said["unchanged"] + said["settled"]
        print(f"{said['created']} new, {said['changed']} changed, {same} as they were")
    for bad in said["refused"]:
        print(f"line {bad['line']}: {' '.join(bad['reasons'])}", file=sys.stderr)
