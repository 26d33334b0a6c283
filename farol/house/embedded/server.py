"""The embedded database as one child of ours: started, seen ready, stopped."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path
from signal import SIGINT, SIGQUIT
from types import TracebackType

import psycopg
from psycopg.sql import SQL, Identifier

from farol.house.embedded import cluster
from farol.house.embedded.tenant import Tenant, tenant_of
from farol.house.embedded.troubles import DoesNotStart, Trouble

LOG_LIMIT = 16 * 1024 * 1024

STEADY: dict[str, str] = {
    "max_connections": "200",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "random_page_cost": "1.1",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
FAST: dict[str, str] = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "4GB",
}
"""For tests only: nothing of it survives the machine."""


class Server:
    """The database under `home` (`FAROL_HOME/postgres`), listening in the folder `sockets` and nowhere else."""

    def __init__(self, home: Path, sockets: Path, *, database: str = "postgres", durable: bool = True) -> None:
        self.home, self.sockets, self.database, self.durable = home, sockets, database, durable
        self.settings = STEADY if durable else STEADY | FAST
        self.log = home / "postgres.log"
        self.process: subprocess.Popen[bytes] | None = None
        self._lock: int | None = None

    def __enter__(self) -> Server:
        self.claim()
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def claim(self) -> None:
        """Take the data folder, or say who has it."""
        if self._lock is None:
            self._lock = cluster.claim(self.home)

    @property
    def is_ours(self) -> bool:
        return self._lock is not None

    def start(self, *, patience: float = 60) -> None:
        """Start and wait until it takes connections. A crash's shared memory may take a moment to go: try again."""
        self.claim()
        self._end(SIGINT)
        tenant = tenant_of(self.home)
        data = cluster.prepare(tenant, durable=self.durable)
        self._open_sockets(tenant)
        deadline = time.monotonic() + patience
        while True:
            cluster.clear_traces(data, self.sockets)
            self._launch(tenant, data)
            if self._is_up(data, deadline):
                self._create_database()
                return
            said = self._last_words()
            self._end(SIGQUIT)
            if "still in use" not in said or time.monotonic() > deadline:
                raise DoesNotStart(self.log, said)
            time.sleep(0.2)

    @property
    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def stop(self, *, patience: float = 30) -> None:
        """Stop it in order (SIGINT ends open sessions), and let the folder go."""
        self._end(SIGINT if self.durable else SIGQUIT, patience)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _open_sockets(self, tenant: Tenant) -> None:
        if tenant.place != self.home:  # a system user cannot enter our folder; we can follow a link into its own
            target = tenant.folder("run")
            if not self.sockets.is_symlink():
                shutil.rmtree(self.sockets, ignore_errors=True)
                self.sockets.parent.mkdir(parents=True, exist_ok=True)
                self.sockets.symlink_to(target)
            return
        if self.sockets.is_symlink():
            self.sockets.unlink()
        self.sockets.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.sockets.stat().st_uid != os.geteuid():
            raise Trouble(f"{self.sockets} belongs to somebody else. Remove it, or choose another FAROL_HOME.")

    def _launch(self, tenant: Tenant, data: Path) -> None:
        settings = {
            "unix_socket_directories": str(self.sockets.resolve()),
            "unix_socket_permissions": "0700",
            "listen_addresses": "",
            "log_destination": "stderr",
            "logging_collector": "off",
            **self.settings,
        }
        arguments = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                tenant.command("postgres", "-D", str(data), *arguments, signal=SIGINT),
                cwd="/",
                env=cluster.ENVIRONMENT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def _is_up(self, data: Path, deadline: float) -> bool:
        while self.process and self.process.poll() is None and time.monotonic() < deadline:
            if cluster.is_ready(data, self.process.pid):
                return True
            time.sleep(0.01)
        return False

    def _create_database(self) -> None:
        with psycopg.connect(host=str(self.sockets), port=5432, user="postgres", autocommit=True) as connection:
            if not connection.execute("select 1 from pg_database where datname = %s", [self.database]).fetchone():
                connection.execute(SQL("create database {}").format(Identifier(self.database)))

    def _end(self, signal: int, patience: float = 10) -> None:
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.send_signal(signal)
            try:
                self.process.wait(patience)
            except subprocess.TimeoutExpired:
                self.process.send_signal(SIGQUIT)
                self.process.wait(10)
        self.process = None

    def _last_words(self) -> str:
        return self.log.read_text(errors="replace")[-1500:] if self.log.exists() else ""
