"""Recompute every case of a file of due dates and print each disagreement."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from farol.worktime.errors import ClockError
from farol.worktime.vectors import Disagreement, disagreements, read_book

FOUND, UNREADABLE = 1, 2


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="calendars, holidays and cases, as JSON")
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> int:
    try:
        cases = read_book(json.loads(options.file.read_text()))
    except (ClockError, KeyError, TypeError, ValueError) as error:
        print(f"farol: {options.file}: {type(error).__name__}: {error}", file=sys.stderr)
        return UNREADABLE
    wrong = disagreements(cases)
    if options.json:
        print(json.dumps({"cases": len(cases), "disagreements": [_row(each) for each in wrong]}, indent=2))
    else:
        _print(wrong, len(cases))
    return FOUND if wrong else 0


def _print(wrong: Sequence[Disagreement], cases: int) -> None:
    for each in wrong:
        row = _row(each)
        print(
            f"#{row['case']} {row['calendar']} {row['opened']} +{row['minutes']} min: {row['due']} ≠ {row['computed']}"
        )
    print(f"cases: {cases}, disagreements: {len(wrong)}")


def _row(each: Disagreement) -> dict[str, object]:
    case, computed = each.case, each.computed
    return {
        "case": case.number,
        "calendar": case.calendar,
        "opened": case.opened.isoformat(),
        "minutes": case.minutes,
        "due": case.due.isoformat(),
        "computed": computed if isinstance(computed, str) else computed.isoformat(),
    }
