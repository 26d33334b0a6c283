"""What the worker does by the clock, done by a worker that runs until nothing is left."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from farol.house import timetable
from farol.journal.models import Receipt
from farol.people.models import Session
from farol.tickets.models import Ticket
from tests.world import build


def run_worker() -> None:
    async def until_done() -> None:
        with app.replace_connector(app.connector.get_worker_connector()) as worker:
            async with worker.open_async():
                await worker.run_worker_async(wait=False, install_signal_handlers=False, listen_notify=False)

    asyncio.run(until_done())


@pytest.mark.django_db(transaction=True)
@pytest.mark.rule("R-073", "R-075")
def test_the_worker_does_what_fell_due_and_sweeps_what_is_old() -> None:
    world = build()
    long_ago = datetime.now(UTC) - timedelta(days=60)
    ticket = world.solved(long_ago)
    Receipt.objects.create(person_id=1, key="k", digest="d", status=201, answer={}, given_at=long_ago)
    for key, days in (("gone", -1), ("here", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=datetime.now(UTC) + timedelta(days=days))
    with connection.cursor() as cursor:
        cursor.execute("delete from procrastinate_jobs")
        cursor.execute(
            "insert into procrastinate_jobs (task_name, queue_name, status) values ('old', 'default', 'doing')"
        )
        cursor.execute("update procrastinate_jobs set status = 'failed'")
        cursor.execute("update procrastinate_events set at = at - interval '40 days'")
    for task in (timetable.deadlines, timetable.receipts, timetable.sweep):
        task.defer(timestamp=0)
    run_worker()
    assert Ticket.objects.get(pk=ticket.pk).state == "closed_silent"
    assert not Receipt.objects.exists()
    assert [session.session_key for session in Session.objects.all()] == ["here"]
    assert not ProcrastinateJob.objects.filter(status="failed").exists()


def test_every_entry_of_the_timetable_is_known_to_the_worker() -> None:
    assert app.import_paths == ["farol.house.timetable"]
    periodic = {task.task.name for task in app.periodic_registry.periodic_tasks.values()}
    assert periodic >= {"house.deadlines", "house.receipts", "house.sweep"}
