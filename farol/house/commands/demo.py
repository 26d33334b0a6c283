"""Load the demonstration company, or print its sign-ins."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import datetime

NEEDS = "database"


def arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    load = verbs.add_parser("load", help="companies, people and half a year of tickets; a second time does nothing")
    load.add_argument("--tickets", type=int, default=300, metavar="N", help="how many (default 300)")
    load.add_argument("--now", type=datetime.fromisoformat, metavar="ISO", help="where it ends (default: this minute)")
    people = verbs.add_parser("people", help="the sign-ins; with --json a fresh token for each")
    phone = verbs.add_parser("phone", help="customers, contacts and access codes to try the telephone with")
    for verb in (load, people, phone):
        verb.add_argument("--json", action="store_true", help="for programs")


def run(options: argparse.Namespace) -> int:
    if options.verb == "phone":
        return _phone(options)
    return _people(options) if options.verb == "people" else _load(options)


def _phone(options: argparse.Namespace) -> int:
    from django.utils import timezone

    from farol.house.seeding.telephone import load

    callers = load(now=timezone.now())
    if options.json:
        print(json.dumps(callers, ensure_ascii=False, indent=2))
    else:
        for caller in callers:
            print(f"{caller['document']:16} {caller['name']:8} {caller['pin']}  {', '.join(caller['services'])}")
    return 0


def _load(options: argparse.Namespace) -> int:
    from django.utils import timezone

    from farol.house.seeding.demo.loading import load

    is_new = load(options.tickets, now=options.now or timezone.now())
    if options.json:
        print(json.dumps({"loaded": is_new}))
    else:
        print(f"demonstration: {options.tickets} tickets" if is_new else "demonstration: already there")
    return 0


def _people(options: argparse.Namespace) -> int:
    from django.utils import timezone

    from farol.house.seeding.demo.loading import keys, passwords

    people = keys(timezone.now()) if options.json else passwords()
    if not people:
        print("farol: the demonstration is not loaded. Run: farol demo load", file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps(people, ensure_ascii=False, indent=2))
    else:
        for part, person in people.items():
            print(f"{part:14} {person['email']:34} {person['password']}")
    return 0
