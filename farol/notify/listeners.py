"""What the post room hears."""

from __future__ import annotations

from farol.journal.hearing import hears
from farol.journal.models import Entry
from farol.notify import access, actions
from farol.notify.rules import ACCESS_LETTERS, LETTERS


@hears(*LETTERS)
def write_letters(entry: Entry) -> None:
    actions.write_letters(entry)


@hears(*ACCESS_LETTERS)
def write_access_letters(entry: Entry) -> None:
    for kind, person, address in access.readers(entry):
        actions.write_letter(entry, kind, person, address)
