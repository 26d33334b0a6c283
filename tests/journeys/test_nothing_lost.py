"""Whatever is killed, whenever: no acknowledged ticket is lost, and each is told once.

A database of its own that really writes to the disk, real processes, kill -9.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import psycopg
import pytest

from farol.house.embedded.server import Server
from farol.house.environment import ROOT
from farol.house.supervisor.child import Database
from tests.house.running import eventually

pytestmark = pytest.mark.slow
OPENINGS = 1_000


class Place:
    """A database with a world in it, a folder of letters, and the processes that work on both."""

    def __init__(self, home: Path) -> None:
        self.home, self.mail = home, home / "mail"
        self.database = Database(Server(home / "postgres", home / "run", database="farol"))
        self.acknowledgements = home / "acknowledged"
        self.processes: list[subprocess.Popen[bytes]] = []

    def start(self, *command: str, backend: str = "farol.notify.outbox.FolderBackend") -> subprocess.Popen[bytes]:
        ours = {
            "DATABASE_URL": f"postgresql://postgres@/farol?host={self.home / 'run'}",
            "FAROL_HOME": str(self.home),
            "FAROL_MAIL_BACKEND": backend,
            "FAROL_WORKER_SILENCE": "4",
            "DJANGO_SETTINGS_MODULE": "farol.house.settings",
        }
        with (self.home / "said.log").open("ab") as said:
            process = subprocess.Popen(
                [sys.executable, "-m", *command], cwd=ROOT, env=os.environ | ours, stdout=said, stderr=said
            )
        self.processes.append(process)
        return process

    def run(self, *command: str) -> None:
        assert self.start(*command).wait(60) == 0, self.said

    def worker(self, backend: str = "farol.notify.outbox.FolderBackend") -> subprocess.Popen[bytes]:
        return self.start("farol.house.command_line", "worker", backend=backend)

    @property
    def said(self) -> str:
        return (self.home / "said.log").read_text(errors="replace")[-4000:]

    def rows(self, statement: str) -> list[tuple[object, ...]]:
        with psycopg.connect(host=str(self.home / "run"), user="postgres", dbname="farol") as connection:
            return connection.execute(statement.encode()).fetchall()

    def tickets(self) -> set[int]:
        return {int(str(number)) for (number,) in self.rows("select id from tickets_ticket")}

    def acknowledged(self) -> list[int]:
        if not self.acknowledgements.exists():
            return []
        return [int(line) for line in self.acknowledgements.read_text().splitlines() if line.isdecimal()]

    def letters(self) -> list[Path]:
        return list(self.mail.glob("*.eml"))

    def waiting(self) -> int:
        """How many jobs are queued or being done, but for what the timetable brings round again."""
        ((count,),) = self.rows(
            "select count(*) from procrastinate_jobs where task_name in ('journal.hear', 'notify.post')"
            " and status in ('todo', 'doing')"
        )
        return int(str(count))

    def unfinished(self) -> list[tuple[object, ...]]:
        return self.rows(
            "select id, task_name, status, attempts, worker_id, scheduled_at - now() from procrastinate_jobs"
        )

    def deliver(self, workers: int) -> None:
        """Have so many workers deliver everything, for as long as there is progress.

        A worker that stood still for longer than its silence is given up by the others and ends;
        it is replaced, as the supervisor would.
        """
        working = [self.worker() for _ in range(workers)]

        def is_going_on() -> bool:
            working[:] = [worker if worker.poll() is None else self.worker() for worker in working]
            return self.waiting() < waiting or len(self.letters()) > posted

        while waiting := self.waiting():
            posted = len(self.letters())
            try:
                eventually(is_going_on, f"{waiting} jobs go on after {posted} letters")
            except AssertionError as stuck:
                stuck.add_note(f"unfinished: {self.unfinished()}; said: {self.said}")
                raise
        for worker in working:
            worker.terminate()
            assert worker.wait(20) in {0, -signal.SIGTERM}, self.said

    def end(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                process.kill()
            process.wait(20)
        self.database.server.stop()


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    home = Path(tempfile.mkdtemp(prefix="farol-"))
    place = Place(home)
    try:
        place.database.start()
        place.run("django", "migrate", "-v0")
        place.run("tests.journeys.openings", "build")
        yield place
    finally:
        place.end()
        shutil.rmtree(home, ignore_errors=True)


def told(place: Place) -> Counter[int]:
    """How often each ticket's number was told as opened, as the mails themselves say it."""
    counted: Counter[int] = Counter()
    identities = set()
    for path in place.letters():
        mail = message_from_bytes(path.read_bytes(), policy=default)
        identities.add(mail["Message-ID"])
        counted[int(str(mail["Subject"]).split()[1])] += 1
    assert len(identities) == len(place.letters())
    return counted


@pytest.mark.rule("R-051")
def test_a_worker_killed_between_the_change_and_its_mail_loses_and_doubles_nothing(place: Place) -> None:
    place.run("tests.journeys.openings", "open", "6", str(place.acknowledgements))
    assert len(place.acknowledged()) == 6
    for instant in ("BeforeSending", "AfterSending", "AfterSending"):
        assert place.worker(f"tests.journeys.deadly.{instant}").wait(60) == -signal.SIGKILL, place.said
    assert place.rows("select count(*) from notify_letter where state = 'sent'") == [(0,)]
    assert place.letters(), "sent, and the worker died before it could note it"

    place.deliver(workers=1)
    assert told(place) == dict.fromkeys(place.acknowledged(), 1)
    assert place.rows("select distinct state from notify_letter") == [("sent",)]
    assert place.rows("select count(*) from journal_entry") == [(6,)], "what was rolled back was told to nobody"


@pytest.mark.rule("R-051")
def test_a_database_killed_among_a_thousand_openings_loses_none_that_was_acknowledged(place: Place) -> None:
    before = len(place.acknowledged())
    opening = place.start("tests.journeys.openings", "open", str(OPENINGS), str(place.acknowledgements))
    eventually(lambda: len(place.acknowledged()) > before + OPENINGS // 3, "a third of them opened")
    postgres = place.database.server.process
    assert postgres is not None
    postgres.kill()
    postgres.wait(20)
    assert not place.database.is_alive
    place.database.start()
    assert opening.wait(300) == 0, place.said

    acknowledged = place.acknowledged()
    assert len(acknowledged) == len(set(acknowledged))
    assert before + OPENINGS // 3 < len(acknowledged) < before + OPENINGS, "some were cut off"
    lost = set(acknowledged) - place.tickets()
    assert lost == set()

    first = place.worker()
    eventually(lambda: len(place.letters()) > before + 100, "some letters posted")
    first.kill()
    place.deliver(workers=2)
    assert told(place) == dict.fromkeys(place.tickets(), 1)
