"""What debt shuts of the API: all calls about tickets and their files, but those named here (R-014)."""

from __future__ import annotations

from farol.access import queries as access
from farol.access.rules import Action
from farol.api.callers import Request
from farol.tickets.rules.windows import day_of

TICKETS, FILES = "/api/v1/tickets", "/api/v1/attachments/"
DECIDED_BY_OPENING = frozenset({"open_ticket", "continue_ticket"})  # the action asks the gate, product and kind known
ANSWERS = frozenset({"create_message", "answer_survey"})


def needed(path: str, call: str) -> Action | None:
    """What a call needs, by its address and its name; a new call about tickets is shut until somebody says otherwise.

    >>> needed("/api/v1/tickets/7/clock", "show_clock"), needed("/api/v1/prices", "list_prices")
    (<Action.VIEW_TICKETS: 'view_tickets'>, None)
    """
    if call in DECIDED_BY_OPENING:
        return None
    if call in ANSWERS:
        return Action.ANSWER_TICKET
    if path.startswith(FILES):
        return Action.OPEN_FILE
    return Action.VIEW_TICKETS if path.startswith(TICKETS) else None


def admit(request: Request, call: str) -> None:
    """Raises what the gate says to this call being made by this caller."""
    action = needed(request.path_info, call)
    if action:
        access.admit(request.auth.person, action, on=day_of(request.auth.now))
