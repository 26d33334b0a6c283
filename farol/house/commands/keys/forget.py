"""Take away the second factors of somebody who has lost them, after they were identified by another way.

The password stays, their browsers are signed out, and the audit trail keeps who it was done for and why.
"""

from __future__ import annotations

import argparse
import sys

NEEDS = "database"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("email", help="of the person")
    parser.add_argument("--reason", required=True, help="how they were identified")


def run(options: argparse.Namespace) -> int:
    from farol.kernel.actor import HOUSE
    from farol.people.actions.factors import forget_factors
    from farol.people.queries import person_by_email

    person = person_by_email(options.email)
    if person is None:
        print(f"farol: nobody active has the address {options.email}.", file=sys.stderr)
        return 1
    forget_factors(person, reason=options.reason, by=HOUSE)
    print(f"{person.name}: no second factor, no passkey, signed out everywhere.")
    return 0
