"""The database of this copy, for as long as somebody needs it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress

from farol.house import environment
from farol.house.embedded.server import Server
from farol.house.embedded.troubles import FolderTaken


def embedded_server() -> Server:
    """The embedded database of `FAROL_HOME`, to be started."""
    return Server(environment.HOME / "postgres", environment.socket_folder(), database="farol")


@contextmanager
def database_at_hand() -> Iterator[None]:
    """Django, with a database behind it: that of `DATABASE_URL`, of the Farol that runs here, or one for the moment."""
    import django

    with nullcontext() if os.environ.get("DATABASE_URL") else _running_or_started():
        django.setup()
        try:
            yield
        finally:
            _close_connections()


@contextmanager
def _running_or_started() -> Iterator[None]:
    server = embedded_server()
    with suppress(FolderTaken):  # by the Farol whose database we are going to use
        server.claim()
    with server if server.is_ours else nullcontext():
        yield


def _close_connections() -> None:
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]  # only PostgreSQL's has one
