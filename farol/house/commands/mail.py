"""Mail that comes in: taken from the mail server's pipe, or fetched by IMAP."""

from __future__ import annotations

import argparse
import logging
import sys

TRY_AGAIN = 75
"""What a mail server calls EX_TEMPFAIL: it keeps the mail and offers it again."""

log = logging.getLogger(__name__)


def arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    receive = verbs.add_parser("receive", help="take one mail from standard input; exit 0 when kept, 75 to try again")
    receive.add_argument(
        "--from", dest="sender", metavar="ADDRESS", help="the envelope's sender; '' or '<>' for the null path"
    )
    receive.add_argument(
        "--to", dest="recipients", action="append", default=[], metavar="ADDRESS", help="a recipient of the envelope"
    )
    verbs.add_parser(
        "fetch", help="keep what is new in the mailbox of FAROL_IMAP_HOST, as the worker does every minute"
    )


def run(options: argparse.Namespace) -> int:
    if options.verb == "fetch":
        return _fetch()
    try:
        return _receive(options.sender, options.recipients)
    except Exception:  # whatever it is, the mail is not ours yet and must not be lost
        log.exception("the mail was not taken")
        return TRY_AGAIN


def _fetch() -> int:
    from farol.house.embedded.at_hand import database_at_hand

    with database_at_hand():
        from datetime import UTC, datetime

        from farol.mail.mailbox import fetch

        print(f"{fetch(now=datetime.now(UTC))} mails kept")
    return 0


def _receive(sender: str | None, recipients: list[str]) -> int:
    from farol.house.embedded.at_hand import database_at_hand

    raw = sys.stdin.buffer.read()
    with database_at_hand():
        from datetime import UTC, datetime

        from farol.mail import actions
        from farol.mail.models import Received

        actions.receive(
            raw, source=Received.Source.PIPE, now=datetime.now(UTC), envelope_from=sender, envelope_to=recipients
        )
    return 0
