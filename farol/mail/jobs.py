"""Sorting the mails that wait, after the commit that kept them."""

from __future__ import annotations

from datetime import UTC, datetime

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from farol.mail import actions
from farol.mail.actions.receiving import SORT

ATTEMPTS = 6


@app.task(name=SORT, queue="mail", retry=RetryStrategy(max_attempts=ATTEMPTS, exponential_wait=4))
def sort(mail_id: int) -> None:
    """Safe to repeat: what was decided stays decided."""
    actions.sort_mail(mail_id, now=datetime.now(UTC))
