"""Erase a person: what only they need is gone, what law needs stays without their name. There is no way back."""

from __future__ import annotations

import argparse
import json
from datetime import UTC, datetime

from farol.house.embedded.troubles import Trouble

NEEDS = "database"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("email", help="who")
    parser.add_argument("--yes", action="store_true", help="really")


def run(options: argparse.Namespace) -> int:
    from farol.house.privacy.erasing import erase
    from farol.kernel.actor import HOUSE
    from farol.people.models import Person

    person = Person.objects.filter(email=options.email.strip().lower()).first()
    if person is None:
        raise Trouble(f"Nobody is known as {options.email}.")
    if not options.yes:
        raise Trouble("Nothing was done: say --yes.")
    print(json.dumps(erase(person.pk, by=HOUSE, now=datetime.now(UTC)), indent=1))
    return 0
