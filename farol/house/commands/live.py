"""Pass on what happens to the pages that are open, by server-sent events."""

from __future__ import annotations

import argparse

from farol.house import environment

NEEDS = "database"


def arguments(parser: argparse.ArgumentParser) -> None:
    """None: `FAROL_LIVE_PORT` and `FAROL_BIND` say where."""


def run(options: argparse.Namespace) -> int:
    import asyncio

    from farol.house.live.serving import serve

    asyncio.run(serve(environment.BIND, environment.live_port()))
    return 0
