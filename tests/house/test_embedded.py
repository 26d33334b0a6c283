"""The embedded database: what a crash, a taken folder and another version leave to deal with."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from signal import SIGKILL

import psycopg
import pytest

from farol.house import environment, leash
from farol.house.embedded import tenant
from farol.house.embedded.server import Server
from farol.house.embedded.troubles import DoesNotStart, FolderTaken, OtherMajor
from tests.house.running import eventually


@pytest.fixture
def server(folder: Path) -> Iterator[Server]:
    server = Server(folder / "postgres", folder / "postgres" / "run", durable=False)
    yield server
    server.stop()


def answers(server: Server) -> bool:
    with psycopg.connect(host=str(server.sockets), user="postgres") as connection:
        return connection.execute("select 1").fetchone() == (1,)


def test_a_folder_has_one_supervisor(server: Server) -> None:
    server.claim()
    with pytest.raises(FolderTaken, match=f"process {os.getpid()}"):
        Server(server.home, server.sockets).claim()


def test_a_deep_folder_gets_a_short_path_for_its_socket(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = folder / ("d" * 60) / ("e" * 60)
    monkeypatch.setattr(environment, "HOME", deep)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    with Server(deep / "postgres", environment.socket_folder(), durable=False) as server:
        assert answers(server)


def test_data_of_another_major_is_left_alone(server: Server) -> None:
    data = server.home / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("16\n")
    with pytest.raises(OtherMajor, match=r"PostgreSQL 16.*docs/runbook"):
        server.start()
    assert os.listdir(data) == ["PG_VERSION"]


def test_a_creation_that_was_killed_is_begun_again(server: Server) -> None:
    (server.home / "data.fresh" / "base").mkdir(parents=True)
    server.start()
    assert answers(server)


def test_a_pid_file_of_a_program_that_is_no_database_is_cleared(server: Server) -> None:
    server.start()
    server.stop()
    (server.home / "data" / "postmaster.pid").write_text(f"{os.getpid()}\n")
    server.start()
    assert answers(server)


def test_a_pid_file_of_a_zombie_is_cleared(server: Server) -> None:
    server.start()
    server.stop()
    with subprocess.Popen(["true"]) as zombie:
        eventually(lambda: ") Z " in Path(f"/proc/{zombie.pid}/stat").read_text(), "a zombie")
        (server.home / "data" / "postmaster.pid").write_text(f"{zombie.pid}\n")
        server.start()
        assert answers(server)


def test_an_orphan_on_the_same_data_is_stopped_first(server: Server) -> None:
    server.start()
    orphan, server.process = server.process, None
    assert orphan is not None
    server.start()
    assert answers(server)
    assert orphan.wait() is not None


def test_a_killed_server_starts_again(server: Server) -> None:
    server.start()
    assert server.process is not None
    server.process.kill()
    server.start()
    assert answers(server)


def test_what_it_said_is_shown_when_it_does_not_start(server: Server) -> None:
    server.settings = {"shared_buffers": "nonsense"}
    with pytest.raises(DoesNotStart, match="nonsense"):
        server.start()


def test_its_processes_die_with_their_parent(folder: Path) -> None:
    home = folder / "postgres"
    code = (
        "import sys, pathlib, time; from farol.house.embedded.server import Server\n"
        f"home = pathlib.Path({str(home)!r}); Server(home, home / 'run', durable=False).start()\n"
        "print('up', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"up\n"
        pid = int((home / "data" / "postmaster.pid").read_text().split()[0])
        parent.kill()
    eventually(lambda: not Path(f"/proc/{pid}").exists(), "the database gone")


def test_a_leashed_command_whose_parent_is_gone_does_not_begin() -> None:
    command = leash.leashed(["true"], signal=SIGKILL)
    command[command.index(str(os.getpid()))] = "1" if os.getpid() != 1 else "2"
    assert subprocess.run(command, check=False).returncode == -SIGKILL


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs, and may make, the system user")
def test_root_without_user_namespaces_uses_a_system_user(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tenant, "SYSTEM_FOLDER", Path("/var/lib/farol-test"))
    monkeypatch.setattr(tenant, "_may_unshare", lambda: False)
    try:
        server.start()
        assert answers(server)
        assert (tenant.SYSTEM_FOLDER).stat().st_mode & 0o777 == 0o755
    finally:
        server.stop()
        subprocess.run(["rm", "-rf", str(tenant.SYSTEM_FOLDER)], check=True)
