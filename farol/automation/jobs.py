"""Carrying messages out, after the commit that queued them."""

from __future__ import annotations

from datetime import UTC, datetime

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from farol.automation import actions
from farol.automation.actions.hooking import DELIVER


@app.task(name=DELIVER, queue="hooks", retry=RetryStrategy(max_attempts=5, wait=30))
def deliver(hook_id: int) -> None:
    """Safe to repeat: what arrived is not sent again. Tries again of itself; the retries are for our own troubles."""
    wait = actions.deliver(hook_id, now=datetime.now(UTC))
    if wait is not None:
        actions.go_on_later(hook_id, wait=wait)
