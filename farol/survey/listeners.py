"""What the survey hears. It hears of a solution before the post room does, whose letter carries the question."""

from __future__ import annotations

from farol.journal.hearing import hears
from farol.journal.models import Entry
from farol.survey import actions


@hears("ticket.solution_sent")
def ask(entry: Entry) -> None:
    actions.ask(entry)
