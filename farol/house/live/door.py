"""The address of live updates: server-sent events by raw ASGI.

`GET /ao-vivo?areas=1,2&minha=1&chamado=118471` is what a page shows, with `telefone=1` all calls too; `desde` is the
last event it had heard.
`POST /ao-vivo/escrita?chamado=118471` says that its reader is writing. The reader is known by the session's cookie,
which ignores the port; pages of another site cannot send it (SameSite), nor read what is answered (the origin must
have this host's name).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.db import DatabaseError
from django.http.cookie import parse_cookie
from django.http.request import split_domain_port, validate_host

from farol.house.live.hub import BEAT, Hub, Page, Presence
from farol.house.live.listening import Listening
from farol.house.live.readers import aside, reader_of

Scope = Mapping[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

PATH, WRITES = "/ao-vivo", "/ao-vivo/escrita"
BETWEEN_BEATS = 20.0
RETRY = b"retry: 2000\n\n"
MOST_PAGES = 40
"""Pages of one session; a browser opens one connection for each tab."""


class Door:
    def __init__(self) -> None:
        self.hub = Hub()
        self.presence = Presence(self.hub)
        self.listening = Listening(self.hub, self.presence)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._answer(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        path, asked = scope["path"], parse_qs(scope["query_string"].decode("latin-1"))
        if not _is_welcome(headers):
            await _say(send, 403)
        elif path == PATH and scope["method"] == "GET":
            await self._stream(headers, asked, receive, send)
        elif path == WRITES and scope["method"] == "POST":
            await self._writes(headers, asked, send)
        elif path == "/healthz":
            await _say(send, 200)
        else:
            await _say(send, 404)

    async def _stream(self, headers: dict[str, str], asked: dict[str, list[str]], receive: Receive, send: Send) -> None:
        session, ticket = _session(headers), _number(asked, "chamado")
        try:
            reader = await aside(lambda: reader_of(session, ticket=ticket)) if session else None
        except DatabaseError:
            await _say(send, 503, _cors(headers))
            return
        if reader is None or self._pages_of(session) >= MOST_PAGES:
            await _say(send, 204, _cors(headers))  # the browser does not come back by itself
            return
        areas = _areas(asked) if reader.is_staff else frozenset()
        page = Page(reader, areas, "minha" in asked, ticket, shows_calls="telefone" in asked)
        await send({"type": "http.response.start", "status": 200, "headers": [*STREAM, *_cors(headers)]})
        self.hub.enter(page, at=time.monotonic(), last=_number(asked, "desde") or None)
        try:
            if ticket and reader.is_staff:
                await self.listening.moved(ticket)
            await _pour(page, receive, send)
        finally:
            self.hub.leave(page)
            if ticket and reader.is_staff:
                await self.listening.moved(ticket)

    async def _writes(self, headers: dict[str, str], asked: dict[str, list[str]], send: Send) -> None:
        """Only from a page that is open here; nothing is asked of the database."""
        session, ticket = _session(headers), _number(asked, "chamado")
        pages = self.hub.looking_at(ticket)
        page = next((page for page in pages if page.reader.session == session), None)
        if page and self.presence.write(ticket, page.reader.person, at=time.monotonic()):
            await self.listening.moved(ticket)
        await _say(send, 204, _cors(headers))

    def _pages_of(self, session: str) -> int:
        return sum(page.reader.session == session for page in self.hub.pages)


STREAM: Headers = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


async def _pour(page: Page, receive: Receive, send: Send) -> None:
    """What waits for the page is sent until one of the two goes; a beat now and then keeps the way open."""
    gone = asyncio.ensure_future(_until_gone(receive))
    try:
        await send({"type": "http.response.body", "body": RETRY, "more_body": True})
        while not gone.done():
            ready = asyncio.ensure_future(page.waiting.get())
            await asyncio.wait({ready, gone}, timeout=BETWEEN_BEATS, return_when=asyncio.FIRST_COMPLETED)
            if gone.done():
                ready.cancel()
                return
            if not ready.done():
                ready.cancel()
            body = ready.result() if ready.done() and not ready.cancelled() else BEAT
            await send({"type": "http.response.body", "body": body, "more_body": True})
            if page.is_over and page.waiting.empty():
                await send({"type": "http.response.body", "body": b"", "more_body": False})
                return
    finally:
        gone.cancel()


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _say(send: Send, status: int, headers: Headers | None = None) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers or []})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


def _is_welcome(headers: dict[str, str]) -> bool:
    """The host is one of ours, and the page that asks comes from it, on whatever port."""
    host = split_domain_port(headers.get("host", ""))[0]
    origin = headers.get("origin", "")
    ours = {host, urlsplit(settings.PUBLIC_URL).hostname or host}
    is_same = not origin or _name_of(origin) in {name.strip("[]") for name in ours}
    return is_same and validate_host(host, settings.ALLOWED_HOSTS)


def _name_of(origin: str) -> str:
    try:
        return urlsplit(origin).hostname or ""
    except ValueError:
        return ""


def _cors(headers: dict[str, str]) -> Headers:
    if not (origin := headers.get("origin", "")):
        return []
    return [
        (b"access-control-allow-origin", origin.encode("latin-1")),
        (b"access-control-allow-credentials", b"true"),
        (b"vary", b"Origin"),
    ]


def _session(headers: dict[str, str]) -> str:
    key = parse_cookie(headers.get("cookie", "")).get(settings.SESSION_COOKIE_NAME, "")
    return key if len(key) <= 40 else ""


def _number(asked: dict[str, list[str]], name: str) -> int:
    text = asked.get(name, [""])[0]
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0


def _areas(asked: dict[str, list[str]]) -> frozenset[int]:
    parts = asked.get("areas", [""])[0].split(",")[:200]
    return frozenset(int(part) for part in parts if part.isascii() and part.isdecimal() and len(part) < 19)
