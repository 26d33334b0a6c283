"""What the house does by the clock. The worker loads this; nobody else needs it."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

from django.conf import settings
from procrastinate.contrib.django import app

from farol.audit.actions import link_waiting
from farol.automation.actions import forget_deliveries, forget_runs, wake_hooks
from farol.billing.actions import announce_blocks, forget_sheets
from farol.files.jobs import look_at_held
from farol.house.privacy import orders as orders
from farol.house.privacy.retention import sweep_terms
from farol.journal.actions import forget_receipts
from farol.mail.mailbox import fetch
from farol.people.actions import forget_guesses, forget_sessions
from farol.people.actions.entering import sweep_mistakes
from farol.people.actions.pacing import sweep_paces
from farol.people.actions.passwords import remind
from farol.people.actions.requests import forget_requests
from farol.phone.actions import lose_silent_calls
from farol.phone.actions import recordings as tapes
from farol.tickets.jobs import run_deadlines, sweep_trays

TRACES_KEPT = timedelta(days=30)
"""For how long a job that failed for good can be looked at."""

log = logging.getLogger(__name__)


@app.periodic(cron="* * * * *")
@app.task(name="house.deadlines", queueing_lock="house.deadlines")
def deadlines(timestamp: int) -> None:
    """Every minute: whatever fell due (R-070, R-073, R-074); a minute that was missed is made up for (R-075)."""
    done = run_deadlines(datetime.now(UTC))
    if done.reminded or done.closed:
        log.info("%s reminded, %s closed", done.reminded, done.closed)


@app.periodic(cron="*/5 * * * *")
@app.task(name="house.debts", queueing_lock="house.debts")
def debts(timestamp: int) -> None:
    """Every five minutes: customers whom debt shuts out from today on are told so (R-101)."""
    if count := announce_blocks(datetime.now(UTC)):
        log.info("%s customers shut out by debt", count)


@app.periodic(cron="* * * * *")
@app.task(name="house.mailbox", queueing_lock="house.mailbox", lock="house.mailbox")
def mailbox(timestamp: int) -> None:
    """Every minute, where a mailbox is named (`FAROL_IMAP_HOST`): its new mails are kept here."""
    if settings.IMAP_HOST and (count := fetch(now=datetime.now(UTC))):
        log.info("%s mails fetched", count)


@app.periodic(cron="* * * * *")
@app.task(name="house.held_files", queueing_lock="house.held_files")
def held_files(timestamp: int) -> None:
    """Every minute, where a scanner is named (`FAROL_SCANNER`): files that it could not look at are looked at."""
    for verdict, count in look_at_held().items():
        log.info("%s held files are now %s", count, verdict or "free")


@app.periodic(cron="* * * * *")
@app.task(name="house.trail", queueing_lock="house.trail", lock="house.trail")
def trail(timestamp: int) -> None:
    """Every minute: what was put on the trail is taken into its chain."""
    link_waiting()


@app.periodic(cron="* * * * *")
@app.task(name="house.recordings", queueing_lock="house.recordings", lock="house.recordings")
def recordings(timestamp: int) -> None:
    """Every minute: recordings that the switchboard left in its folder are kept; missing and old ones are seen to."""
    tapes.gather(settings.RECORDINGS, now=datetime.now(UTC))
    tapes.sweep(now=datetime.now(UTC))


@app.periodic(cron="7 3 * * *")
@app.task(name="house.receipts", queueing_lock="house.receipts")
def receipts(timestamp: int) -> None:
    """Every night: answers kept for repeated requests, expired sessions, old mistakes, and what rules did and hooks
    were told long ago, are forgotten.
    """
    forget_receipts(datetime.now(UTC))
    forget_runs(datetime.now(UTC))
    forget_deliveries(datetime.now(UTC))
    forget_sessions(datetime.now(UTC))
    forget_sheets(datetime.now(UTC))
    forget_guesses(datetime.now(UTC))
    sweep_mistakes(datetime.now(UTC))
    sweep_paces(datetime.now(UTC))
    forget_requests(datetime.now(UTC))


@app.periodic(cron="37 8 * * *")
@app.task(name="house.passwords", queueing_lock="house.passwords")
def passwords(timestamp: int) -> None:
    """Every morning: whoever may agree to consulting is told that their password gets too old (R-017)."""
    remind(datetime.now(UTC))


@app.periodic(cron="3 * * * *")
@app.task(name="house.calls", queueing_lock="house.calls")
def calls(timestamp: int) -> None:
    """Every hour: a call of which nothing was heard for half a day is over."""
    lose_silent_calls(datetime.now(UTC))


@app.periodic(cron="*/10 * * * *")
@app.task(name="house.hooks", queueing_lock="house.hooks")
def hooks(timestamp: int) -> None:
    """Every ten minutes: no message to another program waits without a job that sends it."""
    wake_hooks()


@app.periodic(cron="17 3 * * *")
@app.task(name="house.sweep", queueing_lock="house.sweep")
async def sweep(timestamp: int) -> None:
    """Every night: the traces of jobs that failed long ago are gone."""
    await app.job_manager.delete_old_jobs(
        nb_hours=int(TRACES_KEPT / timedelta(hours=1)),
        include_failed=True,
        include_cancelled=True,
        include_aborted=True,
    )


@app.periodic(cron="37 3 * * *")
@app.task(name="house.terms", queueing_lock="house.terms", lock="house.terms")
def retention(timestamp: int) -> None:
    """Every night: what is past its term is gone, and the trail proves what was (R-238)."""
    log.info("past their term: %s", sweep_terms(datetime.now(UTC)))


@app.periodic(cron="27 3 * * *")
@app.task(name="house.trays", queueing_lock="house.trays")
def trays(timestamp: int) -> None:
    """Every night: files that somebody uploaded and never used (`FAROL_TRAY_DAYS`) are gone."""
    swept = sweep_trays(datetime.now(UTC) - timedelta(days=settings.TRAY_DAYS))
    log.info("%s files left in trays deleted, %s bytes", swept.files, swept.octets)
