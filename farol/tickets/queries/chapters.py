"""What is read in a ticket though it was said in another: merged conversations, and what a split quotes.

Nothing is copied: an entry belongs to its ticket for ever, and is shown where it is needed with that number.
"""

from __future__ import annotations

from dataclasses import dataclass

from farol.files.models import Attachment
from farol.journal import queries as journal
from farol.journal.models import Entry
from farol.kernel.actor import Actor
from farol.tickets.models import Ticket
from farol.tickets.queries import reading, ties


@dataclass(frozen=True, slots=True)
class Chapter:
    """Another ticket's entries, with its own people, hours and files."""

    ticket: Ticket
    entries: list[Entry]
    attachments: list[Attachment]


def chapters(ticket: Ticket, *, by: Actor) -> list[Chapter]:
    """The conversations that are read along with the ticket's own, as far as `by` may see them."""
    if not ticket.has_ties:
        return []
    found = [
        Chapter(other, reading.history(other, by=by), reading.own_attachments(other, by=by))
        for other in reading.merged(ticket, by=by)
    ]
    return [*found, *filter(None, [_quoted(ticket, by)])]


def _quoted(ticket: Ticket, by: Actor) -> Chapter | None:
    """The parent's entries that the split named."""
    split = ties.split_of(ticket.pk)
    parent = reading.ticket(split.target_id, by=by) if split else None
    if split is None or parent is None:
        return None
    named = journal.entries_by_id(split.entries or ())
    entries = [entry for _, entry in sorted(named.items()) if by.reads_inner or not entry.is_internal]
    return Chapter(parent, entries, reading.own_attachments(parent, by=by))
