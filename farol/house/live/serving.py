"""The live process: the web server that is there anyway, inside the loop of this process."""

from __future__ import annotations

import asyncio
from signal import SIGINT, SIGTERM

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.embed import Server

from farol.house.live.door import Door

MOST = 20_000
"""Pages at a time; a page waits on its connection for as long as it is open."""


async def serve(address: str, port: int) -> None:
    """Until asked to stop."""
    door = Door()
    door.listening.start()
    server = Server(
        door,
        address=address,
        port=port,
        interface=Interfaces.ASGINL,
        websockets=False,
        backlog=2_048,
        backpressure=MOST,
        log_level=LogLevels.warning,
    )
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    for signal in (SIGINT, SIGTERM):
        loop.add_signal_handler(signal, asked.set)
    serving = asyncio.create_task(server.serve())
    await asyncio.wait({serving, asyncio.create_task(asked.wait())}, return_when=asyncio.FIRST_COMPLETED)
    if not serving.done():
        server.stop()  # type: ignore[no-untyped-call]
        await asyncio.wait({serving}, timeout=2)
    door.listening.stop()
