"""What the house does by itself with tickets, and when."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import QuerySet
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from farol.files import queries as files
from farol.tickets import queries
from farol.tickets.actions import acceptance, batches, drafts, environment, finding, targets

log = logging.getLogger(__name__)


@app.task(name=batches.RUN, queue="tickets", retry=RetryStrategy(max_attempts=5, exponential_wait=3))
def run_batch(batch_id: int) -> None:
    """Safe to repeat: a ticket that has its outcome is left alone."""
    batches.run_batch(batch_id, now=datetime.now(UTC))


@app.task(name=finding.REFIND, queue="tickets", retry=RetryStrategy(max_attempts=5, exponential_wait=3))
def make_company_findable(organization_id: int, after: int = 0) -> None:
    """Safe to repeat; a company with many tickets is gone through in several jobs."""
    last = finding.make_company_findable(organization_id, after=after)
    if last is not None:
        app.configure_task(finding.REFIND, queue="tickets").defer(organization_id=organization_id, after=last)


@dataclass(frozen=True, slots=True)
class Done:
    """How many customers were reminded, tickets closed by silence, and warnings given to the staff."""

    reminded: int = 0
    closed: int = 0
    warned: int = 0


def run_deadlines(now: datetime) -> Done:
    """Whatever was due up to `now` is done: reminders, closing, warnings (R-066, R-070, R-073 to R-075).

    Safe to repeat and to run late; another run at the same time does no harm. What
    failed is raised when all the rest is done.
    """
    troubles: list[Exception] = []
    done = Done(
        reminded=_each(queries.windows_to_remind(now), acceptance.remind, now, troubles),
        closed=_each(queries.lapsed_windows(now), acceptance.close_if_silent, now, troubles),
        warned=_each(queries.targets_to_warn(now), targets.warn, now, troubles),
    )
    _each(queries.copies_to_delete(now), environment.miss_deletion, now, troubles)
    if troubles:
        raise troubles[0]
    return done


@dataclass(frozen=True, slots=True)
class Swept:
    """How many files were thrown away, and how many bytes they had."""

    files: int = 0
    octets: int = 0


def sweep_trays(before: datetime) -> Swept:
    """What was uploaded before that instant and never used is gone. Safe to repeat, and to be interrupted."""
    sizes = [drafts.sweep_file(file, before=before) for file in files.left_in_trays(before).iterator(chunk_size=200)]
    return Swept(files=sum(size > 0 for size in sizes), octets=sum(sizes))


def _each(due: QuerySet[Any], verb: Callable[..., bool], now: datetime, troubles: list[Exception]) -> int:
    """How many of the rows that are due the verb applied to; one that fails does not hold up the others."""
    count = 0
    for pk in list(due.values_list("pk", flat=True)):
        try:
            count += verb(pk, now=now)
        except Exception as trouble:  # the next minute tries it again; until then it is in the log
            log.exception("%s %s failed", verb.__name__, pk)
            troubles.append(trouble)
    return count
