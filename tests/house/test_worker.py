"""What a killed worker leaves behind is done by another."""

from __future__ import annotations

import asyncio

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from farol.house.worker import SILENCE, reap


@pytest.mark.django_db(transaction=True)
def test_the_job_of_a_silent_worker_is_given_back_once_and_that_of_a_living_one_is_not() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into procrastinate_workers (last_heartbeat) "
            "values (now() - %s * interval '1 s'), (now()) returning id",
            [SILENCE + 1],
        )
        (dead,), (living,) = cursor.fetchall()
        cursor.execute(
            "insert into procrastinate_jobs (task_name, queue_name, status, worker_id, attempts) "
            "values ('of the dead', 'default', 'doing', %s, 0), ('of the living', 'default', 'doing', %s, 0)",
            [dead, living],
        )

    async def by_two_at_once() -> int:
        with app.replace_connector(app.connector.get_worker_connector()) as worker:
            async with worker.open_async():
                return sum(await asyncio.gather(reap(worker), reap(worker)))

    assert asyncio.run(by_two_at_once()) == 1
    with connection.cursor() as cursor:
        cursor.execute("select task_name, status::text from procrastinate_jobs where task_name like 'of %' order by id")
        assert cursor.fetchall() == [("of the dead", "todo"), ("of the living", "doing")]
