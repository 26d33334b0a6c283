"""The database of this copy, for as long as somebody needs it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

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

    server = None if os.environ.get("DATABASE_URL") else _unless_running()
    with server or nullcontext():
        django.setup()
        try:
            if server:
                _prepare_tables()
            yield
        finally:
            _close_connections()


def _unless_running() -> Server | None:
    server = embedded_server()
    try:
        server.claim()
    except FolderTaken:  # by the Farol whose database we are going to use
        return None
    return server


def _prepare_tables() -> None:
    from farol.house.first_run import prepare_tables

    prepare_tables()


def _close_connections() -> None:
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]  # only PostgreSQL's has one
