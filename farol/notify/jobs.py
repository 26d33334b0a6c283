"""Posting the letters that wait, after the commit that wrote them."""

from __future__ import annotations

from datetime import UTC, datetime

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from farol.notify import actions
from farol.notify.rules import ATTEMPTS


@app.task(name=actions.POST, queue="mail", retry=RetryStrategy(max_attempts=ATTEMPTS - 1, exponential_wait=3))
def post(letter_id: int) -> None:
    """Safe to repeat: what was sent is not sent again."""
    actions.post_letter(letter_id, now=datetime.now(UTC))
