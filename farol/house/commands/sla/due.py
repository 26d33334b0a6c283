"""Reckon one due date on a calendar of the house, with its ledger."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date, datetime

from farol.worktime.errors import ClockError
from farol.worktime.ledger import Ledger, LedgerSpan, ledger
from farol.worktime.schedule import Schedule
from farol.worktime.spans import Pause, minute_of

NEEDS = "database"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--calendar", required=True, metavar="NAME")
    parser.add_argument("--minutes", required=True, type=int, metavar="N")
    parser.add_argument("--from", required=True, type=_instant, dest="since", metavar="ISO")
    parser.add_argument("--pause", action="append", default=[], type=_pause, metavar="ISO/ISO", dest="pauses")
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> int:
    schedule = _schedule(options.calendar, options.since.date())
    try:
        account = ledger(schedule, options.since, options.minutes, options.pauses)
    except ClockError as error:
        print(f"farol: {error}", file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps(_clock(options, account), indent=2, ensure_ascii=False))
    else:
        _print(account)
    return 0


def _schedule(calendar: str, on: date) -> Schedule:
    from django.db import ProgrammingError

    from farol.hours import queries as hours
    from farol.house.first_run import prepare_tables

    try:
        return hours.schedule_of(calendar, on)
    except ProgrammingError:  # no tables yet: asked before the first `make run`
        prepare_tables()
        return hours.schedule_of(calendar, on)


def _print(account: Ledger) -> None:
    for span in account.spans:
        row = _row(span)
        print(f"{row['from']}  {row['to']}  {row['kind']:<7}  {row['minutes']:>6}  {row['why']}")
    print(account.due.isoformat())


def _clock(options: argparse.Namespace, account: Ledger) -> dict[str, object]:
    return {
        "calendar": options.calendar,
        "allowance_minutes": options.minutes,
        "consumed_minutes": account.consumed,
        "remaining_minutes": account.remaining,
        "due_at": account.due.isoformat(),
        "spans": [_row(span) for span in account.spans],
    }


def _row(span: LedgerSpan) -> dict[str, object]:
    from farol.api.clockwork import why

    return {
        "from": span.start.isoformat(),
        "to": span.end.isoformat(),
        "kind": span.kind.value,
        "minutes": span.minutes,
        "why": why(span),
    }


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
        minute_of(instant, text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return instant


def _pause(text: str) -> Pause:
    start, _, end = text.partition("/")
    try:
        return Pause(_instant(start), _instant(end))
    except ClockError as error:
        raise argparse.ArgumentTypeError(f"{text}: {error}") from None
