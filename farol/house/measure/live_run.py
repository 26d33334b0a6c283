"""Many open pages, and how long a change takes to reach all of them while the desk works.

The pages are connections in this process; the changes are notes written in the database at hand, each timed from before
it is written. Whoever reads the clock reads one clock.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from farol.house.measure.desk_client import request

SETTLE = 1.5


@dataclass(slots=True)
class Heard:
    """When each change was heard, by entry, and how many connections were let in."""

    pages: int = 0
    at: dict[int, list[float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Delivery:
    """Seconds from before the change to each page, and what did not arrive."""

    seconds: list[float]
    missing: int

    def quantile(self, share: float) -> float:
        return sorted(self.seconds)[min(int(len(self.seconds) * share), len(self.seconds) - 1)]


async def listen(
    port: int, asked: Sequence[tuple[str, str]], change: Callable[[], int], *, changes: int, pause: float
) -> Delivery:
    """Open a connection for each of `asked` (cookie, query), make the changes, and wait until all heard of all."""
    heard = Heard()
    readers = [asyncio.create_task(_read(port, cookie, query, heard)) for cookie, query in asked]
    while heard.pages < len(asked):
        await asyncio.sleep(0.05)
        for reader in readers:
            if reader.done():
                reader.result()
    begun: dict[int, float] = {}
    for _ in range(changes):
        started = time.perf_counter()
        begun[await asyncio.to_thread(change)] = started
        await asyncio.sleep(pause)
    deadline = time.perf_counter() + 10
    while time.perf_counter() < deadline and sum(map(len, heard.at.values())) < changes * len(asked):
        await asyncio.sleep(0.05)
    for reader in readers:
        reader.cancel()
    await asyncio.gather(*readers, return_exceptions=True)
    seconds = [at - begun[entry] for entry, ats in heard.at.items() if entry in begun for at in ats]
    return Delivery(seconds, changes * len(asked) - len(seconds))


async def _read(port: int, cookie: str, query: str, heard: Heard) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(request("GET", f"/ao-vivo?{query}", headers={"Cookie": cookie, "Accept": "text/event-stream"}))
        status = await reader.readline()
        if b" 200 " not in status:
            raise ConnectionError(f"the live process answered {status.decode().strip()}")
        heard.pages += 1
        async for line in reader:
            if line.startswith(b"id: "):
                heard.at.setdefault(int(line[4:]), []).append(time.perf_counter())
    finally:
        writer.close()


def memory_mb(part: str, home: Path) -> list[float]:
    """Resident megabytes of this copy's processes with `part` in their command."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (
                int(process.name) == os.getpid()
                or f"FAROL_HOME={home}\0".encode() not in (process / "environ").read_bytes()
            ):
                continue
            if part in (process / "cmdline").read_bytes().replace(b"\0", b" ").decode():
                pages = int((process / "statm").read_text().split()[1])
                found.append(pages * os.sysconf("SC_PAGE_SIZE") / 2**20)
        except OSError:
            continue
    return found
