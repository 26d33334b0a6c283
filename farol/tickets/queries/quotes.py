"""Quotes of a ticket, and what of them is still unread."""

from __future__ import annotations

from farol.files import queries as files
from farol.files.models import Attachment
from farol.tickets.models import Quote, QuoteOpening, Ticket, Window


def quotes(ticket: Ticket) -> list[Quote]:
    """Every version, the newest first."""
    return list(Quote.objects.select_related("window").filter(ticket=ticket).order_by("-version"))


def documents(window: Window) -> list[Attachment]:
    """The files that came with what was asked."""
    return list(files.attached_to(f"ticket:{window.ticket_id}").filter(entry_id=window.entry_id))


def unopened(window: Window, *, person_id: int) -> list[Attachment]:
    """The documents of a quote that this contact has not opened yet (R-193)."""
    attached = documents(window)
    if not attached:
        return []
    known = QuoteOpening.objects.filter(quote__window=window, person=person_id)
    opened = set(known.values_list("attachment_id", flat=True))
    return [document for document in attached if document.pk not in opened]
