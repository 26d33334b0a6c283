"""Listen to the switchboard's manager interface (AMI): who takes calls, at whom one rings, who gave up waiting."""

from __future__ import annotations

import argparse
import logging

from farol.house.embedded.troubles import Trouble

NEEDS = "database"
log = logging.getLogger(__name__)


def arguments(parser: argparse.ArgumentParser) -> None:
    """None: `FAROL_AMI` says where it is, `FAROL_AMI_USER` and `_SECRET` who asks."""


def run(options: argparse.Namespace) -> int:
    import asyncio

    from django.conf import settings

    host, colon, port = settings.PHONE_AMI.rpartition(":")
    if not (colon and port.isascii() and port.isdecimal()):
        raise Trouble("FAROL_AMI says where the manager interface is, as in 127.0.0.1:5038.")
    asyncio.run(_listen(host, int(port)))
    return 0


async def _listen(host: str, port: int) -> None:
    """Until asked to stop."""
    import asyncio
    from signal import SIGINT, SIGTERM

    from django.conf import settings

    from farol.phone.doors.ami import Ear
    from farol.phone.rules.ami import Heard

    waiting: asyncio.Queue[Heard] = asyncio.Queue()
    manager = Ear(host, port, settings.PHONE_AMI_USER, settings.PHONE_AMI_SECRET, waiting.put_nowait)
    asked = asyncio.Event()
    for signal in (SIGINT, SIGTERM):
        asyncio.get_running_loop().add_signal_handler(signal, asked.set)
    endless = [asyncio.create_task(each) for each in (manager.run(), _write(waiting), _orders(manager))]
    await asked.wait()
    for task in endless:
        task.cancel()


async def _write(waiting: object) -> None:
    """Each piece of news in its order; one that cannot be written is told and left."""
    import asyncio
    from datetime import UTC, datetime

    from farol.house.live.readers import aside
    from farol.phone.actions.switchboard import take

    assert isinstance(waiting, asyncio.Queue)
    while True:
        news = await waiting.get()
        try:
            await aside(lambda news=news: take(news, now=datetime.now(UTC)))  # type: ignore[misc]
        except Exception:
            log.exception("what the switchboard said could not be written down: %s", news.kind)


async def _orders(ear: object) -> None:
    """What the desk asks is passed on; asked while the database is away it is lost, as on a telephone."""
    import asyncio

    import psycopg

    from farol.house.live.listening import direct
    from farol.phone.actions.desk import ORDERS
    from farol.phone.doors.ami import Ear

    assert isinstance(ear, Ear)
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(**direct(), autocommit=True) as listener:
                await listener.execute(f"LISTEN {ORDERS}")
                async for notification in listener.notifies():
                    if not ear.order(notification.payload):
                        log.warning("the switchboard was not told: %s", notification.payload[:60])
        except psycopg.Error as error:
            log.warning("orders for the switchboard lost the database: %s", error)
        await asyncio.sleep(1)
