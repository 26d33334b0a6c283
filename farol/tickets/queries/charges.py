"""What the customer agreed to pay."""

from __future__ import annotations

from farol.tickets.models import Ticket, Window
from farol.tickets.rules.windows import Asked, Outcome


def agreed_charge(ticket: Ticket) -> Window | None:
    """The last charge that the customer authorised, with the terms they read (R-090)."""
    agreed = ticket.windows.filter(asked=Asked.AUTHORIZATION, outcome=Outcome.APPROVED, statement__isnull=False)
    return agreed.order_by("ended_at", "id").last()
