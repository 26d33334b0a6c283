"""The house served by a thread of the tests, and people's browsers in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Thread
from typing import TypeVar
from wsgiref.simple_server import WSGIServer, make_server

from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, Page

from farol.people.models import Person
from tests.surfaces.ui.conftest import Silent

T = TypeVar("T")


def beside(do: Callable[[], T]) -> T:
    """Outside the loop that the browser runs in."""

    def done() -> T:
        try:
            return do()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(done).result()


@contextmanager
def served() -> Iterator[str]:
    """The house's address, for a test that keeps what it writes (`transactional_db`)."""
    with make_server("127.0.0.1", 0, StaticFilesHandler(get_wsgi_application()), handler_class=Silent) as server:
        thread = Thread(target=_serve, args=[server], daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def _serve(server: WSGIServer) -> None:
    server.serve_forever(poll_interval=0.05)
    connections.close_all()


def enter(browser: Browser, base: str, person: Person, *, width: int = 1280) -> Page:
    """A page of somebody who is signed in."""
    context = browser.new_context(
        base_url=base, viewport={"width": width, "height": 900}, locale="pt-BR", reduced_motion="reduce"
    )
    context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": beside(lambda: _session(person)), "url": base}]
    )
    page = context.new_page()
    page.set_default_timeout(20_000)
    return page


def _session(person: Person) -> str:
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value
