"""What hangs from many tickets, in as many queries as from one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Q, Sum

from farol.kernel.actor import Actor
from farol.tickets.models import Ticket, Window, WorkEntry
from farol.tickets.queries.reading import visible_to
from farol.tickets.rules.lifecycle import State
from farol.tickets.rules.windows import Asked, Outcome

JUDGED = frozenset({State.AWAITING_ACCEPTANCE, State.CLOSED_ACCEPTED, State.CLOSED_SILENT})


@dataclass(slots=True)
class Hanging:
    """`acceptance`: the window of the solution under judgement, or of the one that was accepted.

    `billable_minutes`: as frozen with that solution (R-076); before one, what the staff has
    logged so far, of which the customer knows what the last solution stated.
    """

    acceptance: Window | None = None
    billable_minutes: int = 0
    links: list[tuple[str, Ticket]] = field(default_factory=list)


def hanging(tickets: Sequence[Ticket], *, by: Actor) -> dict[int, Hanging]:
    """What hangs from each of these tickets, as far as `by` may know it."""
    hung = {ticket.pk: Hanging() for ticket in tickets}
    if by.is_staff:
        _add_work(hung)
    _add_solutions(tickets, hung, is_staff=by.is_staff)
    _add_links(tickets, hung, by)
    return hung


def _add_work(hung: dict[int, Hanging]) -> None:
    billable = WorkEntry.objects.filter(ticket__in=hung, is_billable=True, is_corrected=False).values_list("ticket_id")
    for number, minutes in billable.annotate(total=Sum("minutes")):
        hung[number].billable_minutes = minutes


def _add_solutions(tickets: Sequence[Ticket], hung: dict[int, Hanging], *, is_staff: bool) -> None:
    states = {ticket.pk: ticket.state for ticket in tickets if ticket.state != State.OPEN}
    if not states:
        return
    sent = Window.objects.filter(ticket__in=states, asked=Asked.ACCEPTANCE)
    for window in sent.order_by("ticket_id", "-sent_at", "-id").distinct("ticket_id"):
        here = hung[window.ticket_id]
        is_judged = states[window.ticket_id] in JUDGED and window.outcome != Outcome.REJECTED
        if is_judged:
            here.acceptance = window
        if is_judged or not is_staff:
            here.billable_minutes = (window.statement or {}).get("billable_minutes", 0)


def _add_links(tickets: Sequence[Ticket], hung: dict[int, Hanging], by: Actor) -> None:
    older: dict[int, list[int]] = {}
    for ticket in tickets:
        if ticket.continues_id:
            older.setdefault(ticket.continues_id, []).append(ticket.pk)
    for other in visible_to(by).filter(Q(continues__in=hung) | Q(pk__in=older)).order_by("id"):
        for number in older.get(other.pk, ()):
            hung[number].links.append(("continues", other))
        if other.continues_id in hung:
            hung[other.continues_id].links.append(("continued_by", other))
