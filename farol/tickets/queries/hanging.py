"""What hangs from many tickets, in as many queries as from one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Q, Sum

from farol.kernel.actor import Actor
from farol.tickets.models import Ticket, Window, WorkEntry
from farol.tickets.queries import ties
from farol.tickets.queries.reading import Tied, linked
from farol.tickets.queries.seeing import visible_to
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
    links: list[Tied] = field(default_factory=list)


def hanging(tickets: Sequence[Ticket], *, by: Actor) -> dict[int, Hanging]:
    """What hangs from each of these tickets, as far as `by` may know it."""
    hung = {ticket.pk: Hanging() for ticket in tickets}
    if by.is_staff:
        _add_work(tickets, hung)
    _add_solutions(tickets, hung, is_staff=by.is_staff)
    _add_links(tickets, hung, by)
    return hung


def _add_work(tickets: Sequence[Ticket], hung: dict[int, Hanging]) -> None:
    """What was merged into a ticket brings its hours along."""
    of = {ticket.pk: [ticket.pk, *(ties.merged_into(ticket.pk) if ticket.has_ties else ())] for ticket in tickets}
    every = {number for numbers in of.values() for number in numbers}
    billable = WorkEntry.objects.filter(ticket__in=every, is_billable=True, is_corrected=False)
    minutes = dict(billable.values_list("ticket_id").annotate(total=Sum("minutes")))
    for number, here in hung.items():
        here.billable_minutes = sum(minutes.get(one, 0) for one in of[number])


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
            hung[number].links.append(Tied("continues", other))
        if other.continues_id in hung:
            hung[other.continues_id].links.append(Tied("continued_by", other))
    for number, found in linked([ticket.pk for ticket in tickets if ticket.has_ties], by=by).items():
        hung[number].links += found
