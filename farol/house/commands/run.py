"""Run everything under one supervisor: database, web, worker, live updates, telephone. Ctrl-C stops all of it."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from signal import SIGTERM

from farol.house import environment, leash
from farol.house.embedded.at_hand import embedded_server
from farol.house.embedded.troubles import Trouble
from farol.house.supervisor.child import Database, Program
from farol.house.supervisor.ports import free_beside, require_free
from farol.house.supervisor.watch import LOOK, Watch, say

FAROL = [sys.executable, "-m", "farol.house.command_line"]


def web(application: str, address: str, port: int) -> list[str]:
    """The command of a web server for `application`."""
    return [
        *(sys.executable, "-m", "granian", application),
        *("--interface", "wsgi", "--no-ws", "--workers", "2", "--blocking-threads", "4"),
        *("--respawn-failed-workers", "--workers-kill-timeout", "15", "--log-level", "warning"),
        *("--host", address, "--port", str(port)),
    ]


WEB = web("farol.house.wsgi:application", environment.BIND, environment.PORT)


def arguments(parser: argparse.ArgumentParser) -> None:
    """None: `FAROL_PORT`, `FAROL_HOME` and `DATABASE_URL` say what differs."""


def run(options: argparse.Namespace) -> int:
    _end_with_make()
    os.environ["FAROL_SUPERVISED"] = "1"
    watch = Watch()
    try:
        _start_database(watch)
        _prepare(watch)
        watch.start(Program("web", WEB))
        watch.start(Program("worker", [*FAROL, "worker"]))
        _announce(watch)
        if environment.live_port() and not watch.is_stopping:  # pages wait for it, nobody else does
            watch.start(Program("live", [*FAROL, "live"]))
        if environment.phone_port() and not watch.is_stopping:
            watch.start(Program("phone", [*FAROL, "phone"]))
        if os.environ.get("FAROL_AMI") and not watch.is_stopping:
            watch.start(Program("switchboard", [*FAROL, "switchboard"]))
        watch.until_stopped()
    finally:
        watch.stop_all()
    return 0


def _end_with_make() -> None:
    """Under `make`, end when it ends, even by kill -9."""
    if os.environ.get("MAKELEVEL"):
        leash.die_with_parent(SIGTERM)


def _start_database(watch: Watch) -> None:
    """Claim what only one can have, the folder and the port, before anything is changed."""
    server = None if os.environ.get("DATABASE_URL") else embedded_server()
    if server:
        server.claim()
    require_free(environment.BIND, environment.PORT)
    if "FAROL_LIVE_PORT" not in os.environ:
        os.environ["FAROL_LIVE_PORT"] = str(free_beside(environment.BIND, environment.PORT))
    elif environment.live_port():
        require_free(environment.BIND, environment.live_port())
    _claim_telephone()
    if server:
        watch.start(Database(server))


def _claim_telephone() -> None:
    """A port that was asked for must be free; the usual one is left to whoever has it already."""
    if "FAROL_PHONE_PORT" not in os.environ:
        try:
            require_free(environment.PHONE_BIND, environment.phone_port())
        except Trouble:
            say(
                f"port {environment.phone_port()} is taken, the telephone is left out; FAROL_PHONE_PORT chooses another"
            )
            os.environ["FAROL_PHONE_PORT"] = "0"
    elif environment.phone_port():
        require_free(environment.PHONE_BIND, environment.phone_port())


def _prepare(watch: Watch) -> None:
    preparing = subprocess.Popen(leash.leashed([*FAROL, "prepare"], signal=SIGTERM), start_new_session=True)
    while preparing.poll() is None:
        if watch.is_stopping:
            preparing.terminate()
            preparing.wait()
            return
        watch.look()
        time.sleep(LOOK / 4)
    if preparing.returncode and not watch.is_stopping:
        raise Trouble("The database could not be brought up to date; the reason stands above. Nothing was started.")


def _announce(watch: Watch) -> None:
    """Say the address once somebody answers there."""
    while not watch.is_stopping and not _answers():
        watch.look()
        time.sleep(LOOK / 2)
    if not watch.is_stopping:
        say(f"ready at http://127.0.0.1:{environment.PORT}  (Ctrl-C stops it)")


def _answers() -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{environment.PORT}/healthz", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
