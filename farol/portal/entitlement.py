"""What debt shuts of the portal: all under the tickets' and the files' addresses but what is named here (R-014).

A new address there is shut until somebody says otherwise; every other address is open.
"""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest

from farol.access import queries as access
from farol.access.rules import Action
from farol.people.models import Person

SHUT = {"chamados": Action.VIEW_TICKETS, "chamados.csv": Action.VIEW_TICKETS, "arquivos": Action.OPEN_FILE}
DECIDED_BY_OPENING = frozenset(
    {"opening", "draft", "draft_step", "draft_files", "draft_removal", "forecast"}
)  # what is being opened is not known yet: the action asks the gate
ANSWERS = frozenset({"message", "unsent", "unsent_discarded"})


def needed(address: str, name: str) -> Action | None:
    """What a page needs: by the first word of its address, and the name that the address has."""
    if name in DECIDED_BY_OPENING:
        return None
    first = address.strip("/").partition("/")[0]
    return Action.ANSWER_TICKET if name in ANSWERS else SHUT.get(first)


def admit(request: HttpRequest, person: Person, *, on: date) -> None:
    """Raises what the gate says to this page being read by this contact."""
    match = request.resolver_match
    action = needed(request.path_info, (match.url_name if match else "") or "")
    if action:
        access.admit(person, action, on=on)
