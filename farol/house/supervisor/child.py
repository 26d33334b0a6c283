"""What the supervisor watches: processes, and the database, which is one with manners of its own."""

from __future__ import annotations

import contextlib
import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from signal import SIGKILL, SIGTERM
from typing import Protocol

from farol.house import leash
from farol.house.embedded.server import Server


class Child(Protocol):
    """Started, looked at, asked to stop, waited for."""

    name: str

    def start(self) -> None: ...

    @property
    def is_alive(self) -> bool: ...

    def ask_to_stop(self) -> None: ...

    def wait_stopped(self, deadline: float) -> None: ...


@dataclass
class Program:
    """A command in a session of its own: Ctrl-C reaches the supervisor alone, and its offspring can be found."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> None:
        self._clear_offspring()
        leashed = leash.leashed(self.command, signal=SIGKILL)  # without us there is no database to finish with
        self.process = subprocess.Popen(leashed, stdin=subprocess.DEVNULL, start_new_session=True)

    @property
    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def ask_to_stop(self) -> None:
        if self.process is not None and self.is_alive:
            self.process.send_signal(SIGTERM)

    def wait_stopped(self, deadline: float) -> None:
        if self.process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.1, deadline - time.monotonic()))
        self._clear_offspring()
        self.process.wait()

    def _clear_offspring(self) -> None:
        """What a killed parent left behind would still hold its port."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, SIGKILL)


@dataclass
class Database:
    """The embedded database as a child."""

    server: Server
    name: str = "database"

    def start(self) -> None:
        self.server.start()

    @property
    def is_alive(self) -> bool:
        return self.server.is_alive

    def ask_to_stop(self) -> None:
        """It stops last, when nobody writes any more: in `wait_stopped`."""

    def wait_stopped(self, deadline: float) -> None:
        self.server.stop()
