"""The two sites under measure: real web servers, started alike on one scratch database."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from signal import SIGKILL

from farol.house import leash
from farol.house.commands.run import web
from farol.house.embedded.troubles import Trouble

FAROL = "farol.house.wsgi:application"
PLAIN = "farol.house.measure.plain.site:application"
PLAIN_SETTINGS = {"DJANGO_SETTINGS_MODULE": "farol.house.measure.plain.settings"}
PATIENCE = 60


@dataclass(frozen=True, slots=True)
class Site:
    """Where it answers, and the process above those that do."""

    port: int
    pid: int


@contextmanager
def serving(application: str, port: int, *, settings: dict[str, str] | None = None) -> Iterator[Site]:
    """The application answers on that port, by the same server and the same number of workers as the house."""
    environment = os.environ | (settings or {})
    process = subprocess.Popen(
        leash.leashed(web(application, "127.0.0.1", port), signal=SIGKILL),
        env=environment,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait_for(port, process)
        yield Site(port, process.pid)
    finally:
        process.terminate()
        process.wait()


@contextmanager
def plain_tables(tickets: int) -> Iterator[None]:
    """The plain site's tables, as full as the house's."""
    _tables(["create", str(tickets)])
    try:
        yield
    finally:
        _tables(["drop"])


def _tables(arguments: Sequence[str]) -> None:
    command = [sys.executable, "-m", "farol.house.measure.plain.tables", *arguments]
    subprocess.run(command, env=os.environ | PLAIN_SETTINGS, check=True)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise Trouble(f"The web server on port {port} did not start.")
