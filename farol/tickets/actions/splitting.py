"""One ticket that turned out to be two (R-052)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from farol.access.rules import Action
from farol.journal import queries as journal
from farol.kernel.actor import Actor
from farol.kernel.errors import FieldsRefused, gettext_noop
from farol.tickets import queries
from farol.tickets.actions.following import copy_watchers
from farol.tickets.actions.locking import locked
from farol.tickets.actions.opening import open_ticket
from farol.tickets.actions.ties import tie
from farol.tickets.models import Ticket
from farol.tickets.queries import Subject
from farol.tickets.rules.lifecycle import NotYoursToDo, State, refuse_closed
from farol.tickets.rules.severity import Kind
from farol.tickets.rules.ties import Tie


@transaction.atomic
def split_ticket(
    number: int,
    *,
    subject: str,
    description: str,
    entries: Collection[int],
    by: Actor,
    now: datetime,
    seen: int | None = None,
) -> Ticket:
    """Another ticket has the second subject, with a clock of its own from now, and quotes what was said of it (R-052).

    The entries stay where they were said. Raises FieldsRefused, TicketClosed, NotYoursToDo, and what opening raises.
    """
    parent = locked(number, by=by, now=now, seen=seen)
    if not by.is_staff:
        raise NotYoursToDo
    refuse_closed(State(parent.state))
    quoted = _quoted(parent, entries)
    child = open_ticket(
        Subject.of(parent),
        contact=parent.contact,
        kind=Kind(parent.kind),
        subject=subject,
        description=description,
        impact=queries.impact_of(parent),
        by=by,
        now=now,
        action=Action.SPLIT_TICKET,
    )
    copy_watchers(parent, child, now=now)
    tie(child, parent, Tie.SPLIT, ("split_off", "split"), by=by, now=now, entries=quoted)
    return child


def _quoted(parent: Ticket, wanted: Collection[int]) -> list[int]:
    """Entries with words of this very ticket, in their order."""
    said = journal.about(f"ticket:{parent.pk}").filter(pk__in=wanted)
    found = [entry.pk for entry in said if entry.body or entry.name == "ticket.opened"]
    if len(found) != len(set(wanted)) or not found:
        raise FieldsRefused({"entries": [gettext_noop("Escolha as mensagens que tratam do outro assunto.")]})
    return found
