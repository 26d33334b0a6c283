"""Make a token for the API and print it; it is shown this once."""

from __future__ import annotations

import argparse
import json
from datetime import UTC, datetime

from farol.house.embedded.troubles import Trouble

NEEDS = "database"
SCOPES = ("import",)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("email", help="whose token it is")
    parser.add_argument("--scope", action="append", default=[], choices=SCOPES, help="what it may do besides")
    parser.add_argument("--name", default="", help="what it is for, to be told apart from others")
    parser.add_argument("--json", action="store_true", help="with its person, scopes and expiry")


def run(options: argparse.Namespace) -> int:
    from farol.people.actions import TOKEN_LIFE, issue_token
    from farol.people.queries import person_by_email

    person = person_by_email(options.email)
    if person is None:
        raise Trouble(f"Nobody signs in as {options.email}.")
    now = datetime.now(UTC)
    scopes = sorted(set(options.scope))
    token = issue_token(person, now=now, scopes=scopes, name=options.name)
    expires_at = (now + TOKEN_LIFE).isoformat(timespec="seconds")
    if options.json:
        print(json.dumps({"token": token, "email": person.email, "scopes": scopes, "expires_at": expires_at}))
    else:
        print(token)
    return 0
