"""What tickets hear of themselves: work that need not hold up whoever changed them."""

from __future__ import annotations

from procrastinate.contrib.django import app

from farol.journal.hearing import hears
from farol.journal.models import Entry
from farol.tickets import queries
from farol.tickets.actions import acceptance, finding
from farol.tickets.rules.finding import CHANGES_WORDS


@hears(*CHANGES_WORDS, history=True)
def make_findable(entry: Entry) -> None:
    finding.make_findable(int(entry.subject.partition(":")[2]))


@hears("billing.unblocked")
def give_days_back(entry: Entry) -> None:
    """What the customer owes an answer to may be answered as many days longer as debt hid it (section 7)."""
    customer = int(entry.subject.partition(":")[2])
    for window in list(queries.open_windows_of(customer)):
        acceptance.extend_if_shut_out(window, now=entry.happened_at)


@hears("customer.corrected")
def find_by_new_name(entry: Entry) -> None:
    """Its tickets bear the company's name: a job goes through them, some at a time."""
    app.configure_task(finding.REFIND, queue="tickets").defer(organization_id=int(entry.subject.partition(":")[2]))
