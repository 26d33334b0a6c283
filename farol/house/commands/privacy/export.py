"""Write a person's data, gathered from every room, into a zip file."""

from __future__ import annotations

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path

from farol.house.embedded.troubles import Trouble

NEEDS = "database"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("email", help="whose data")
    parser.add_argument("file", help="where the archive goes", type=Path)


def run(options: argparse.Namespace) -> int:
    from farol.audit.actions import record
    from farol.audit.rules import Act
    from farol.house.privacy.gathering import archive
    from farol.kernel.actor import HOUSE
    from farol.people.models import Person

    person = Person.objects.filter(email=options.email.strip().lower()).first()
    if person is None:
        raise Trouble(f"Nobody is known as {options.email}.")
    content, counts = archive(person, now=datetime.now(UTC))
    record(Act.PERSON_EXPORTED, HOUSE, f"person:{person.pk}", {"by": "command line"})
    options.file.write_bytes(content)
    options.file.chmod(0o600)
    print(json.dumps(counts))
    return 0
