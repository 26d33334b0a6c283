"""/healthz and /readyz, as the public contract says."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client


def test_a_living_process_says_so_without_a_database(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_without_a_worker_it_is_not_ready(client: Client) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"status": "unavailable", "database": True, "migrations": True, "worker": False}


@pytest.mark.django_db
def test_with_a_worker_that_was_heard_lately_it_is_ready(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("insert into procrastinate_workers (last_heartbeat) values (now())")
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_a_migration_that_waits_keeps_it_from_being_ready(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("delete from django_migrations where app = 'survey'")
    assert client.get("/readyz").json()["migrations"] is False
