"""One POST to a program of somebody else, which may be slow, wrong, or meant for harm.

The address is looked up once, refused when it lies inside the house, and connected to
as it was looked up, so that a name cannot mean another place a moment later. Redirects
are not followed. However the other side dawdles, all of it ends at one instant.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from threading import Timer
from time import monotonic
from urllib.parse import SplitResult, urlsplit

from farol.automation.rules.hooks import is_named, is_reachable

LIMIT = 10.0
"""Seconds for all of it: looking up, connecting, sending, hearing."""
ANSWER_KEPT = 500
"""Bytes of the answer that the log keeps; more are not read."""


class NotDelivered(Exception):
    """Nobody answered there, or nobody may be asked there; the words are for the log."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    text: str

    @property
    def is_good(self) -> bool:
        return 200 <= self.status < 300


def post(
    url: str, body: bytes, headers: Mapping[str, str], *, networks: Sequence[str] = (), limit: float = LIMIT
) -> Answer:
    """What the receiver answered. Raises NotDelivered, at the latest after `limit` seconds."""
    until = monotonic() + limit
    parts = urlsplit(url)
    address = _looked_up(parts, networks, until)
    try:
        with socket.create_connection(address, timeout=_left(until)) as line:
            return _spoken(line, parts, body, headers, until)
    except NotDelivered:
        raise
    except (OSError, HTTPException, ValueError) as error:
        if monotonic() >= until:
            raise NotDelivered("timeout") from error
        raise NotDelivered(f"{type(error).__name__}: {error}") from error


def _looked_up(parts: SplitResult, networks: Sequence[str], until: float) -> tuple[str, int]:
    """Where the name leads, if news may go there: with one forbidden address the name is not trusted at all."""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    asking = ThreadPoolExecutor(max_workers=1, thread_name_prefix="lookup")
    try:
        found = asking.submit(socket.getaddrinfo, parts.hostname, port, 0, socket.SOCK_STREAM).result(_left(until))
    except TookTooLong:
        raise NotDelivered("timeout: DNS") from None
    except (OSError, UnicodeError) as error:
        raise NotDelivered(f"DNS: {error}") from error
    finally:
        asking.shutdown(wait=False)
    addresses = [str(entry[4][0]) for entry in found]
    if not addresses or not all(is_reachable(address, networks) for address in addresses):
        raise NotDelivered("forbidden address")
    if parts.scheme != "https" and not all(is_named(address, networks) for address in addresses):
        raise NotDelivered("https is needed")
    return addresses[0], port


def _spoken(line: socket.socket, parts: SplitResult, body: bytes, headers: Mapping[str, str], until: float) -> Answer:
    host = parts.hostname or ""
    if parts.scheme == "https":
        # the handshake comes when the watch can already hang up
        line = ssl.create_default_context().wrap_socket(line, server_hostname=host, do_handshake_on_connect=False)
    watch = Timer(_left(until), _hang_up, (line,))
    watch.daemon = True
    watch.start()
    try:
        if isinstance(line, ssl.SSLSocket):
            line.do_handshake()
        connection = HTTPConnection(host, parts.port)
        connection.sock = line
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", path, body, {"Host": _host(parts), **headers, "Connection": "close"})
        response = connection.getresponse()
        return Answer(response.status, _head(response))
    finally:
        watch.cancel()
        line.close()


def _head(response: HTTPResponse) -> str:
    """The first bytes of the answer, as far as they came: the status was what counted."""
    with suppress(OSError, HTTPException, ValueError):
        return response.read(ANSWER_KEPT).decode(errors="replace").replace("\x00", "")
    return ""


def _hang_up(line: socket.socket) -> None:
    with suppress(OSError):
        socket.socket.shutdown(line, socket.SHUT_RDWR)  # of the line itself: whoever waits on it hears the end


def _host(parts: SplitResult) -> str:
    return parts.netloc.rpartition("@")[2]


def _left(until: float) -> float:
    left = until - monotonic()
    if left <= 0:
        raise NotDelivered("timeout")
    return left
