"""What tickets hear of themselves: work that need not hold up whoever changed them."""

from __future__ import annotations

from farol.journal.hearing import hears
from farol.journal.models import Entry
from farol.tickets.actions import finding
from farol.tickets.rules.finding import CHANGES_WORDS


@hears(*CHANGES_WORDS, history=True)
def make_findable(entry: Entry) -> None:
    finding.make_findable(int(entry.subject.partition(":")[2]))
