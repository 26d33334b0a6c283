"""What was tried, authorised, copied and looked at in a customer's environment (R-080 to R-083)."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import QuerySet, Sum

from farol.journal import queries as journal
from farol.journal.models import Entry
from farol.tickets.models import DatabaseCopy, RemoteSession, Ticket, Window
from farol.tickets.rules.windows import Asked, Outcome, day_of


def attempts(ticket: Ticket) -> list[Entry]:
    return list(journal.about(f"ticket:{ticket.pk}").filter(name="ticket.reproduction_tried"))


def has_failed_attempt(ticket: Ticket) -> bool:
    return any(not attempt.facts["reproduced"] for attempt in attempts(ticket))


def database_windows(ticket: Ticket) -> list[Window]:
    """Every time the customer was asked for their database, the newest first."""
    asked = ticket.windows.filter(asked=Asked.AUTHORIZATION, statement__has_key="access")
    return list(asked.order_by("-sent_at", "-id"))


def authorised_until(ticket: Ticket) -> date | None:
    """The last day of the last authorisation that the customer gave."""
    for window in database_windows(ticket):
        if window.outcome == Outcome.APPROVED:
            return window.access_until
    return None


def copies(ticket: Ticket) -> list[DatabaseCopy]:
    return list(DatabaseCopy.objects.select_related("made_by", "deleted_by").filter(ticket=ticket).order_by("id"))


def copies_to_delete(now: datetime) -> QuerySet[DatabaseCopy]:
    """Those that should be gone and about which nobody has been told yet."""
    late = DatabaseCopy.objects.filter(deleted_at=None, expires_on__lt=day_of(now), reported_at=None)
    return late.order_by("expires_on", "id")


def sessions(ticket: Ticket) -> list[RemoteSession]:
    return list(RemoteSession.objects.select_related("tool", "analyst").filter(ticket=ticket).order_by("started_at"))


def preparation_minutes(ticket: Ticket) -> int:
    """What preparing for tools that are not approved adds to the bill (R-082)."""
    billed = RemoteSession.objects.filter(ticket=ticket, is_billed=True)
    return int(billed.aggregate(total=Sum("preparation_minutes", default=0))["total"])


def preparation_announced(ticket: Ticket, tool_id: int, *, before: datetime) -> bool:
    told = journal.about(f"ticket:{ticket.pk}").filter(name="ticket.preparation_announced")
    return told.filter(facts__tool=tool_id, happened_at__lte=before).exists()
