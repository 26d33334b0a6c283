"""Reading tickets: the list, one of them, its history, its clock."""

from __future__ import annotations

from ninja import Query, Router

from farol.api import answers, asked, clockwork, cursors, shapes
from farol.api.callers import Caller, Request
from farol.api.views import found
from farol.tickets import queries
from farol.tickets.queries import Filters, Order, Place

router = Router(tags=["tickets"])


@router.get("/tickets", response=answers.Listed[answers.Ticket], summary="Tickets, newest first or by due date")
def list_tickets(request: Request, wanted: Query[asked.Search]) -> answers.Listed[answers.Ticket]:
    caller = request.auth
    found.refuse_unknown(request, asked.Search)
    after = cursors.place(wanted.cursor, wanted.order) if wanted.cursor else None
    if wanted.order is Order.NEWEST:
        page = queries.found_page(caller.by, _filters(wanted, caller), after=after, limit=wanted.limit)
        here = cursors.of_place(page.next, wanted.order) if page.next else None
        return answers.Listed[answers.Ticket](items=shapes.tickets(page.tickets, caller), next=here)
    rows = list(
        queries.listed(caller.by, _filters(wanted, caller), order=wanted.order, after=after)[: wanted.limit + 1]
    )
    shown, more = rows[: wanted.limit], len(rows) > wanted.limit
    here = cursors.of_place(Place.of(shown[-1], wanted.order), wanted.order) if more else None
    return answers.Listed[answers.Ticket](items=shapes.tickets(shown, caller), next=here)


def _filters(wanted: asked.Search, caller: Caller) -> Filters:
    assignee = wanted.assignee
    return Filters(
        states=wanted.state,
        areas=wanted.area,
        severities=wanted.severity,
        organization=wanted.organization,
        assignee=caller.person.pk if assignee == "me" else int(assignee) if assignee else None,
        text=wanted.q,
    )


@router.get("/tickets/{int:number}", response=answers.Ticket, summary="One ticket")
def show_ticket(request: Request, number: found.Number) -> answers.Ticket:
    return shapes.ticket(found.ticket(number, request.auth), request.auth)


@router.get(
    "/tickets/{int:number}/timeline", response=answers.Listed[answers.Entry], summary="What happened, oldest first"
)
def show_timeline(
    request: Request, number: found.Number, wanted: Query[asked.Timeline]
) -> answers.Listed[answers.Entry]:
    caller = request.auth
    found.refuse_unknown(request, asked.Timeline)
    ticket = found.ticket(number, caller)
    entries = queries.timeline(ticket, by=caller.by)
    if wanted.cursor:
        entries = entries.filter(pk__gt=cursors.entry_id(wanted.cursor))
    rows = list(entries[: wanted.limit + 1])
    page, more = rows[: wanted.limit], len(rows) > wanted.limit
    return answers.Listed[answers.Entry](
        items=shapes.entries(page, queries.attachments(ticket, by=caller.by), by=caller.by),
        next=cursors.of_entry(page[-1].pk) if more else None,
    )


@router.get("/tickets/{int:number}/clock", response=answers.Clock, by_alias=True, summary="The ledger of the due date")
def show_clock(request: Request, number: found.Number) -> answers.Clock:
    """The spans tile the time from opening to the due date; those that ran add up to the allowance.

    While the customer owes an answer, `due_at` stands where it stood, and `pause` says when it would be due
    if they answered now.
    """
    ticket = found.ticket(number, request.auth)
    return clockwork.told(queries.clock(ticket, now=request.auth.now))
