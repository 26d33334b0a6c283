"""The worker, with the reaper beside it."""

from __future__ import annotations

import asyncio
import logging
import os

from procrastinate import App
from procrastinate.contrib.django import app as house_app

SILENCE = float(os.environ.get("FAROL_WORKER_SILENCE", "20"))
"""Seconds without a sign of life of a worker after which its jobs are given to another."""
HEARTBEAT = SILENCE / 4
"""Seconds between two signs."""

log = logging.getLogger(__name__)


async def work(*, concurrency: int) -> None:
    """Work until asked to stop; then finish what was begun, for ten seconds at most."""
    with house_app.replace_connector(house_app.connector.get_worker_connector()) as app:  # type: ignore[attr-defined]
        async with app.open_async():
            reaper = asyncio.create_task(_reap_for_ever(app))
            try:
                await app.run_worker_async(
                    concurrency=concurrency,
                    update_heartbeat_interval=HEARTBEAT,
                    stalled_worker_timeout=SILENCE,
                    shutdown_graceful_timeout=10,
                    delete_jobs="successful",
                )
            finally:
                reaper.cancel()


async def reap(app: App) -> int:
    """Give back the jobs of workers that were killed, which would stay `doing` for ever. Every job may run twice.

    Procrastinate reads the stalled jobs and then retries them one by one: of two reapers, the second fails at a job
    that the first has given back, or takes it from the worker that goes on with it. One statement does neither.
    """
    await app.job_manager.prune_stalled_workers(SILENCE)
    given_back = await app.connector.execute_query_all_async(
        "update procrastinate_jobs set status = 'todo', attempts = attempts + 1, scheduled_at = now()"
        " where status = 'doing' and worker_id is null returning id"
    )
    return len(given_back)


async def _reap_for_ever(app: App) -> None:
    while True:
        try:
            if count := await reap(app):
                log.warning("%s jobs of a worker that was killed are done again", count)
        except Exception:  # the reaper outlives a database that restarts
            log.exception("the reaper could not look")
        await asyncio.sleep(HEARTBEAT)
