"""Do the queued work: mail, what the journal tells, and whatever falls due."""

from __future__ import annotations

import argparse

from farol.house.embedded.troubles import Trouble

NEEDS = "database"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--concurrency", type=int, default=4, help="jobs done at the same time (default 4)")


def run(options: argparse.Namespace) -> int:
    import asyncio

    from procrastinate.exceptions import ConnectorException

    from farol.house.worker import work

    try:
        asyncio.run(work(concurrency=options.concurrency))
    except ConnectorException as error:
        raise Trouble(f"The worker lost its database: {error.__cause__}") from error
    return 0
