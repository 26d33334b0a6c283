"""Eight visitors with one connection each, in one thread, so that the client costs little beside the server.

Speaks just enough HTTP/1.1 for that: requests are bytes made beforehand, of an
answer only its status and its end are read.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from statistics import median, quantiles

Requests = Iterator[bytes]


class BadAnswer(Exception):
    """An answer that is not a success; the figures would mean nothing."""


@dataclass(slots=True)
class Figures:
    """What one round of one side gave."""

    seconds: float
    latencies: list[float] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        return len(self.latencies) / self.seconds

    @property
    def p50_ms(self) -> float:
        return median(self.latencies) * 1000

    @property
    def p95_ms(self) -> float:
        return quantiles(self.latencies, n=20)[-1] * 1000


def request(method: str, path: str, *, body: bytes = b"", headers: dict[str, str] | None = None) -> bytes:
    """The bytes of a request on a connection that stays open."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


def drive(port: int, requests: Requests, *, clients: int, seconds: float) -> Figures:
    """`clients` visitors ask, one request after another, for `seconds`. Raises BadAnswer."""
    return asyncio.run(_drive(port, requests, clients, seconds))


async def _drive(port: int, requests: Requests, clients: int, seconds: float) -> Figures:
    loop = asyncio.get_running_loop()
    begun = time.perf_counter()
    figures = Figures(seconds)
    visitors = []
    for _ in range(clients):
        _, visitor = await loop.create_connection(
            lambda: Visitor(requests, begun + seconds, figures.latencies, loop.create_future()), "127.0.0.1", port
        )
        visitors.append(visitor)
    try:
        await asyncio.gather(*(visitor.done for visitor in visitors))
        figures.seconds = time.perf_counter() - begun
    finally:
        for visitor in visitors:
            visitor.transport.abort()
        await asyncio.sleep(0)  # the loop closes the sockets in its next round, not after its end
    return figures


class Visitor(asyncio.Protocol):
    """Sends the next request when the answer to the last is whole."""

    transport: asyncio.Transport

    def __init__(self, requests: Requests, until: float, latencies: list[float], done: asyncio.Future[None]) -> None:
        self.requests, self.until, self.latencies, self.done = requests, until, latencies, done
        self.answer = bytearray()
        self.length = -1
        self.is_chunked = False
        self.sent_at = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self._ask()

    def data_received(self, data: bytes) -> None:
        self.answer += data
        if self.length < 0 and not self.is_chunked and not self._head_is_read():
            return
        if self.is_chunked:
            if not self.answer.endswith(b"0\r\n\r\n"):
                return
        elif len(self.answer) < self.length:
            return
        now = time.perf_counter()
        self.latencies.append(now - self.sent_at)
        if now < self.until:
            self._ask()
        else:
            self._end(None)

    def connection_lost(self, exc: Exception | None) -> None:
        self._end(BadAnswer("the server closed the connection"))

    def _ask(self) -> None:
        self.answer.clear()
        self.length, self.is_chunked = -1, False
        self.sent_at = time.perf_counter()
        self.transport.write(next(self.requests))

    def _head_is_read(self) -> bool:
        """Whether the head is whole; from it the end of the answer is known."""
        end = self.answer.find(b"\r\n\r\n")
        if end < 0:
            return False
        head = bytes(self.answer[:end]).lower()
        if not head.startswith(b"http/1.1 2"):
            self._end(BadAnswer(bytes(self.answer[:600]).decode(errors="replace")))
            return False
        self.is_chunked = b"transfer-encoding: chunked" in head
        if not self.is_chunked:
            self.length = end + 4 + int(head.partition(b"content-length:")[2].split(b"\r\n")[0])
        return True

    def _end(self, error: Exception | None) -> None:
        if self.done.done():
            return
        if error:
            self.done.set_exception(error)
        else:
            self.done.set_result(None)
        self.transport.close()


def repeat(make: Callable[[int], bytes]) -> Requests:
    """Requests without end, each made from its number."""
    number = 0
    while True:
        yield make(number)
        number += 1
