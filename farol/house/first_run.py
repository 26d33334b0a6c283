"""What has to be true before the first page: tables, static files, and something to look at."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection

from farol.hours.actions import seed_hours
from farol.house.command_line import execute, knows

ONE_AT_A_TIME = 7_262_405
"""Of two copies that start on one database, one migrates and the other waits."""


def prepare() -> None:
    with _one_at_a_time():
        _lay_tables()
        if not get_user_model()._default_manager.exists():
            _furnish()
    collect_static()


def show_sign_ins() -> None:
    """Say who can sign in to the demonstration, if there is one."""
    if knows("demo") and _wants_demo():
        execute(["demo", "people"])


def prepare_tables() -> None:
    """As much as a command needs that no page stands behind."""
    with _one_at_a_time():
        _lay_tables()


def collect_static() -> bool:
    """Gather the static files, unless they are those of the last time."""
    stamp = Path(settings.STATIC_ROOT) / ".stamp"
    current = _static_state()
    if stamp.exists() and stamp.read_text() == current:
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(current)
    return True


def _lay_tables() -> None:
    """Tables, and the calendars that no deadline can do without."""
    call_command("migrate", interactive=False, verbosity=0)
    seed_hours()


def _furnish() -> None:
    """The first run: a catalogue, and the demonstration company unless `FAROL_DEMO=0`."""
    if knows("catalog"):
        execute(["catalog", "seed"])
    if knows("demo") and _wants_demo():
        execute(["demo", "load"])


def _wants_demo() -> bool:
    return os.environ.get("FAROL_DEMO", "1") != "0"


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s)", [ONE_AT_A_TIME])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_unlock(%s)", [ONE_AT_A_TIME])


def _static_state() -> str:
    state = hashlib.sha256(repr(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = Path(storage.path(path)).stat()
            state.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    return state.hexdigest()
