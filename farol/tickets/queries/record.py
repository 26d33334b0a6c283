"""The history of a ticket and what hangs from it, for a page that shows all of it."""

from __future__ import annotations

from dataclasses import dataclass

from farol.journal.models import Entry
from farol.kernel.actor import Actor
from farol.tickets.models import Ticket, Window, WorkEntry
from farol.tickets.queries import reading
from farol.tickets.queries.chapters import Chapter, chapters
from farol.tickets.queries.reading import Tied

OWED = {f"ticket.{name}" for name in ("information_asked", "quote_sent", "authorization_asked", "solution_sent")}


@dataclass(frozen=True, slots=True)
class Record:
    """The history of a ticket, and the rows behind its entries."""

    entries: list[Entry]
    windows: list[Window]
    work: list[WorkEntry]
    links: list[Tied]
    chapters: list[Chapter]


def record(ticket: Ticket, *, by: Actor) -> Record:
    """The journal is read first: it says whether there is anything else to read."""
    entries = reading.history(ticket, by=by)
    names = {entry.name for entry in entries}
    return Record(
        entries=entries,
        windows=reading.windows(ticket) if names & OWED else [],
        work=reading.work(ticket) if "ticket.work_logged" in names else [],
        links=reading.links(ticket, by=by)
        if ticket.continues_id or ticket.has_ties or "ticket.continued" in names
        else [],
        chapters=chapters(ticket, by=by),
    )
