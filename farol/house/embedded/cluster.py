"""The data folder of the embedded database: who may use it, what is in it, what a crash left behind."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import subprocess
import time
from pathlib import Path
from signal import SIGINT, SIGKILL, SIGQUIT, Signals

from farol.house.embedded.tenant import MAJOR, Tenant
from farol.house.embedded.troubles import DoesNotStart, FolderTaken, OtherMajor

ENVIRONMENT = {**os.environ, "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def claim(home: Path) -> int:
    """The lock that makes us the only supervisor of `home`; gone with our process, however it ends."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = os.open(home / "supervisor.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        pid = os.read(lock, 20).decode().strip()
        os.close(lock)
        raise FolderTaken(home.parent, pid) from None
    os.ftruncate(lock, 0)
    os.write(lock, str(os.getpid()).encode())
    return lock


def prepare(tenant: Tenant, *, durable: bool = True) -> Path:
    """The data folder, made on the first start. A creation that was killed half-way never looks like a database."""
    data = tenant.place / "data"
    version = data / "PG_VERSION"
    if version.exists():
        if (found := version.read_text().strip()) != str(MAJOR):
            raise OtherMajor(data, found, MAJOR)
        return data
    shutil.rmtree(tenant.place / "data.fresh", ignore_errors=True)
    fresh = tenant.folder("data.fresh")
    options = ["--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=builtin"]
    options += ["--builtin-locale=PG_UNICODE_FAST", "--data-checksums", "--auth-local=trust"]
    options += ["--auth-host=scram-sha-256", "--no-instructions", *([] if durable else ["--no-sync"])]
    command = tenant.command("initdb", "-D", str(fresh), *options, signal=SIGKILL)
    done = subprocess.run(command, cwd="/", env=ENVIRONMENT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise DoesNotStart(fresh, done.stderr or done.stdout)
    fresh.rename(data)
    return data


def clear_traces(data: Path, sockets: Path, *, patience: float = 15) -> None:
    """Make way for a start after a crash.

    PostgreSQL clears a stale `postmaster.pid` itself, except when the process
    is a zombie that nobody reaps or the number was given to another program.
    We hold the lock of the folder, so a server that still runs on this data is
    an orphan on its way out: it is asked to hurry, then told.
    """
    asked_at = time.monotonic()
    asks = iter([(0.0, SIGINT), (patience / 2, SIGQUIT)])
    ask = next(asks, None)
    while (pid := _written_pid(data)) and _runs_on(pid, data):
        waited = time.monotonic() - asked_at
        if waited > patience:
            raise DoesNotStart(data, f"Process {pid} still runs on this data and does not stop.")
        if ask and waited >= ask[0]:
            _send(pid, ask[1])
            ask = next(asks, None)
        time.sleep(0.02)
    if pid:
        (data / "postmaster.pid").unlink(missing_ok=True)
        for trace in sockets.glob(".s.PGSQL.*"):
            trace.unlink(missing_ok=True)


def is_ready(data: Path, pid: int) -> bool:
    """Whether server `pid` says in the eighth line of its pid file that it takes connections."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except OSError:
        return False
    return len(lines) > 7 and lines[0] == str(pid) and lines[7].strip() == "ready"


def _written_pid(data: Path) -> int:
    try:
        return int((data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return 0


def _runs_on(pid: int, data: Path) -> bool:
    """Whether `pid` is a living server on this very data; a server's working folder is its data folder."""
    process = Path("/proc") / str(pid)
    try:
        state = (process / "stat").read_text().rpartition(")")[2].split()[0]
        return state != "Z" and Path(os.readlink(process / "cwd")) == data.resolve()
    except OSError:
        return False


def _send(pid: int, signal: Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal)
