"""A whole Farol in a folder of its own, as `make run` starts it."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

PATIENCE = 60.0


def eventually(look: Callable[[], object], what: str, patience: float = PATIENCE) -> None:
    """Wait until `look` finds something, and no longer."""
    deadline = time.monotonic() + patience
    while not look():
        assert time.monotonic() < deadline, f"not within {patience:.0f} s: {what}"
        time.sleep(0.02)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Copy:
    def __init__(self, home: Path, port: int | None = None, **environment: str) -> None:
        self.home, self.port, self.environment = home, port or free_port(), environment
        self.log = home.parent / f"said-on-{self.port}.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> Copy:
        inherited = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "MAKELEVEL"}}
        ours = {"FAROL_HOME": str(self.home), "FAROL_PORT": str(self.port), "FAROL_DEMO": "0"}
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "farol.house.command_line", "run"],
                env=inherited | ours | self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        return self

    def ready(self, patience: float = PATIENCE) -> Copy:
        eventually(lambda: self.is_ready() or self.has_ended(), "ready", patience)
        assert not self.has_ended(), self.said
        return self

    def has_ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    def ended(self) -> int:
        assert self.process is not None
        return self.process.wait(PATIENCE)

    def stop(self) -> int:
        assert self.process is not None
        self.process.terminate()
        return self.ended()

    @property
    def said(self) -> str:
        return self.log.read_text(errors="replace")

    @property
    def sockets(self) -> Path:
        return Path(self._pid_file()[4])

    @property
    def postgres(self) -> int:
        return int(self._pid_file()[0])

    def _pid_file(self) -> list[str]:
        return (self.home / "postgres" / "data" / "postmaster.pid").read_text().splitlines()

    def programs(self, part: str) -> list[int]:
        """The processes of this copy with `part` in their command, the parent first."""
        return [pid for pid, command in _processes(self.home) if part in command]

    def everything(self) -> list[int]:
        return [pid for pid, _ in _processes(self.home)]

    def kill(self, pid: int) -> None:
        with contextlib.suppress(ProcessLookupError):  # killed with its parent
            os.kill(pid, signal.SIGKILL)
        eventually(lambda: pid not in self.everything(), f"{pid} gone")


def _processes(home: Path) -> list[tuple[int, str]]:
    ours = f"FAROL_HOME={home}\0".encode()
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if ours in (process / "environ").read_bytes():
                command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                found.append((int(process.name), command))
    return sorted(found)
