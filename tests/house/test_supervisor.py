"""Start, crash, stop: with real processes, in folders of their own."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.house.running import Copy, eventually


@pytest.fixture(scope="module")
def farol(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copy]:
    copy = Copy(tmp_path_factory.mktemp("farol") / "var").start()
    yield copy.ready()
    copy.stop()
    assert copy.everything() == []


def rows(copy: Copy, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(host=str(copy.sockets), user="postgres", dbname="farol") as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def test_it_says_where_it_is(farol: Copy) -> None:
    eventually(lambda: f"http://127.0.0.1:{farol.port}" in farol.said, "the address")


def test_a_killed_database_comes_back_with_what_was_acknowledged(farol: Copy) -> None:
    rows(farol, "create table if not exists acknowledged as select 7 as number")
    farol.kill(farol.postgres)
    eventually(farol.is_ready, "ready again")
    assert rows(farol, "select number from acknowledged") == [(7,)]


def test_a_killed_web_server_comes_back_and_leaves_nobody_on_its_port(farol: Copy) -> None:
    parent, *workers = farol.programs("granian")
    farol.kill(parent)
    eventually(farol.is_ready, "ready again")
    assert not set(workers) & set(farol.everything())


def test_a_killed_web_worker_is_replaced(farol: Copy) -> None:
    eventually(lambda: len(farol.programs("granian")) == 3, "a parent and two workers")
    _, worker, _ = farol.programs("granian")
    farol.kill(worker)
    eventually(lambda: len(farol.programs("granian")) == 3, "a parent and two workers again")
    eventually(farol.is_ready, "ready")


def test_a_killed_worker_comes_back(farol: Copy) -> None:
    (worker,) = farol.programs("command_line worker")
    farol.kill(worker)
    eventually(lambda: farol.programs("command_line worker"), "another worker")


def test_a_killed_live_process_comes_back(farol: Copy) -> None:
    eventually(lambda: farol.programs("command_line live"), "the live process")
    (live,) = farol.programs("command_line live")
    farol.kill(live)
    eventually(lambda: farol.programs("command_line live"), "another live process")


def test_a_second_start_in_the_same_folder_names_the_first_and_the_next_step(farol: Copy) -> None:
    second = Copy(farol.home).start()
    assert second.ended() == 2
    assert f"process {farol.pid}" in second.said
    assert "FAROL_HOME=" in second.said
    assert farol.is_ready()


def test_a_taken_port_is_named_with_its_holder_and_the_next_step(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port = holder.getsockname()[1]
        copy = Copy(folder / "var", port).start()
        assert copy.ended() == 2
    assert f"Port {port}" in copy.said
    assert "taken by process" in copy.said
    assert f"FAROL_PORT={port + 1}" in copy.said
    assert copy.everything() == []


def test_two_copies_live_side_by_side_and_one_killed_leaves_nothing_behind(farol: Copy, folder: Path) -> None:
    other = Copy(folder / "var").start().ready()
    assert farol.is_ready()
    rows(other, "create table acknowledged as select 8 as number")

    other.kill(other.pid)
    other.ended()
    eventually(lambda: not other.everything(), "nothing left behind")
    assert farol.is_ready()

    started = time.monotonic()
    other.start().ready()
    seconds = time.monotonic() - started
    assert rows(other, "select number from acknowledged") == [(8,)]
    assert other.stop() == 0
    assert other.everything() == []
    assert seconds < 10, f"a second start took {seconds:.1f} s"


def test_a_database_of_ones_own_takes_the_place_of_the_embedded_one(farol: Copy, folder: Path) -> None:
    with psycopg.connect(host=str(farol.sockets), user="postgres", autocommit=True) as connection:
        connection.execute("create database elsewhere")
    url = f"postgresql://postgres@/elsewhere?host={farol.sockets}&application_name=farol-elsewhere"
    copy = Copy(folder / "var", DATABASE_URL=url).start().ready()
    assert copy.programs("postgres") == []
    assert copy.stop() == 0
    assert not (copy.home / "postgres").exists()


def test_a_database_that_is_none_of_ours_is_refused_in_words(folder: Path) -> None:
    copy = Copy(folder / "var", DATABASE_URL="mysql://root@localhost/farol").start()
    assert copy.ended() == 2
    assert "PostgreSQL 15" in copy.said
    assert "Traceback" not in copy.said


def test_all_of_it_killed_at_once_starts_again(farol: Copy) -> None:
    for pid in farol.everything():
        farol.kill(pid)
    farol.ended()
    farol.start().ready()
