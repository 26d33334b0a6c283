"""What rules and hooks hear."""

from __future__ import annotations

from datetime import UTC, datetime

from farol.automation import actions
from farol.automation.rules.matching import Event
from farol.journal.hearing import hears
from farol.journal.models import Entry


@hears(*Event)
def follow_rules(entry: Entry) -> None:
    actions.hear(entry, now=datetime.now(UTC))


@hears(*Event)
def tell_programs(entry: Entry) -> None:
    actions.queue_messages(entry, now=datetime.now(UTC))
