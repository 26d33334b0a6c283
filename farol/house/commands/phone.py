"""Answer the telephone: the FastAGI server that an Asterisk asks what to do with a call."""

from __future__ import annotations

import argparse
import sys
from ipaddress import ip_address, ip_network

from farol.house import environment
from farol.house.embedded.troubles import Trouble

NEEDS = "database"
POOL_PATIENCE = 1.2
"""Seconds for a connection: a caller waits for it."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """None: `FAROL_PHONE_PORT`, `_BIND`, `_PEERS` and `_SECRET` say where, for whom and with what."""


def run(options: argparse.Namespace) -> int:
    import asyncio

    from django.conf import settings
    from django.db import connections

    if not ip_address(environment.PHONE_BIND).is_loopback and not settings.PHONE_SECRET:
        raise Trouble(
            f"FAROL_PHONE_BIND={environment.PHONE_BIND} lets other machines connect: give them a secret "
            "(FAROL_PHONE_SECRET) and say which they are (FAROL_PHONE_PEERS)."
        )
    sys.setswitchinterval(0.001)  # callers wait for the loop, nobody for the threads beside it
    connections["default"].settings_dict["OPTIONS"]["pool"]["timeout"] = POOL_PATIENCE
    asyncio.run(_serve())
    return 0


async def _serve() -> None:
    """Until asked to stop."""
    import asyncio
    from signal import SIGINT, SIGTERM

    from django.conf import settings

    from farol.phone.doors.serving import Switchboard, Terms

    terms = Terms(
        peers=[ip_network(one) for one in settings.PHONE_PEERS],
        secret=settings.PHONE_SECRET,
        is_trying=settings.PHONE_TEST,
        sounds=settings.PHONE_SOUNDS,
    )
    switchboard = Switchboard(terms, settings.PHONE_UNWRITTEN)
    asked = asyncio.Event()
    for signal in (SIGINT, SIGTERM):
        asyncio.get_running_loop().add_signal_handler(signal, asked.set)
    await switchboard.start(environment.PHONE_BIND, environment.phone_port())
    await asked.wait()
    await switchboard.stop()
