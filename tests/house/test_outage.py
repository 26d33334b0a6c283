"""The database goes away in the middle of a change: told as an outage, nothing half done."""

from __future__ import annotations

from datetime import UTC, datetime

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from farol.house.wrong import is_database_away
from farol.journal import actions as journal
from farol.journal.models import Entry
from farol.tickets.models import Ticket
from tests.calling import Program
from tests.world import World, build

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world() -> World:
    return build()


@pytest.fixture
def solved(world: World) -> Ticket:
    return world.solved(datetime.now(UTC))


@pytest.fixture
def dying(monkeypatch: pytest.MonkeyPatch, solved: Ticket) -> None:
    """The server cuts our connection right before the job is queued."""

    def cut(name: str) -> bool:
        known = settings.DATABASES["default"]
        with psycopg.connect(
            host=str(known["HOST"]), port=known["PORT"] or None, user=known["USER"], dbname="postgres", autocommit=True,
            password=known["PASSWORD"] or None,
        ) as other:  # fmt: skip
            other.execute("select pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
        return True

    monkeypatch.setattr(journal, "has_listener", cut)


def test_a_page_says_that_the_service_is_away_for_a_moment(world: World, solved: Ticket, dying: None) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(world.marina)
    answer = client.post(f"/chamados/{solved.pk}/recusa", {"reason": "O erro continua."})
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert "fora do ar por um momento" in answer.content.decode()
    connection.close()
    assert Ticket.objects.get(pk=solved.pk).state == "awaiting_acceptance"
    assert not Entry.objects.filter(name="ticket.rejected").exists()


def test_a_program_gets_a_problem_that_says_try_again(world: World, solved: Ticket, dying: None) -> None:
    program = Program.of(world.marina)
    program.client = Client(raise_request_exception=False)
    answer = program.send("POST", f"/tickets/{solved.pk}/acceptance", headers={"Idempotency-Key": "k"})
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "server.unavailable"
    connection.close()
    assert Ticket.objects.get(pk=solved.pk).state == "awaiting_acceptance"


def test_a_bug_stays_a_bug(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("farol.api.shapes.tickets", None)
    program = Program.of(world.marina)
    program.client = Client(raise_request_exception=False)
    assert program.send("GET", "/tickets").status_code == 500
    assert not is_database_away(ValueError())
