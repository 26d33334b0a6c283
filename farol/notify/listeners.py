"""What the post room hears."""

from __future__ import annotations

from farol.journal.hearing import hears
from farol.journal.models import Entry
from farol.notify import actions
from farol.notify.rules import LETTERS


@hears(*LETTERS)
def write_letters(entry: Entry) -> None:
    actions.write_letters(entry)
