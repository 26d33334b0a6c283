"""What is charged: causes, prices, and what is ready to be invoiced."""

from __future__ import annotations

from ninja import Query, Router, Status

from farol.api import answers, asked, cursors, shapes
from farol.api.callers import Caller, Request
from farol.api.views import found, talk
from farol.billing import queries as billed
from farol.billing.models import BillingEntry
from farol.contracts import queries as contracts
from farol.contracts.rules.prices import Price
from farol.tickets import actions, queries
from farol.tickets.models import Quote
from farol.tickets.rules.quotes import QuoteState
from farol.tickets.rules.windows import day_of

router = Router(tags=["charges"])


@router.post("/tickets/{int:number}/triage", response={201: answers.Ticket}, summary="Right area? A question?")
def triage(request: Request, number: found.Number, payload: asked.Triage) -> Status[answers.Ticket]:
    """R-056: both answers are kept on the ticket; the clock does not notice."""
    by, now = request.auth.acting(payload)
    actions.triage_ticket(
        number, is_right_area=payload.right_area, is_question=payload.question, by=by, now=now, seen=payload.seen
    )
    return found.changed(number, request.auth)


@router.put("/tickets/{int:number}/responsibility", response=answers.Ticket, summary="Whose the cause was")
def record_responsibility(request: Request, number: found.Number, payload: asked.Cause) -> answers.Ticket:
    """R-081, R-094: what the vendor caused is not charged."""
    by, now = request.auth.acting(payload)
    actions.record_responsibility(
        number, responsibility=payload.responsibility, reason=payload.reason, by=by, now=now, seen=payload.seen
    )
    return shapes.ticket(found.ticket(number, request.auth), request.auth)


@talk.router.get(
    "/tickets/{int:number}/quotes",
    response=answers.Listed[answers.Quote],
    summary="Every version of the quote, newest first",
)
def list_quotes(request: Request, number: found.Number) -> answers.Listed[answers.Quote]:
    """R-193: a version is approved once its documents were opened; a newer one replaces it, approved or not."""
    ticket = found.ticket(number, request.auth)
    items = [_quote(quote, request.auth) for quote in queries.quotes(ticket)]
    return answers.Listed[answers.Quote](items=items, next=None)


def _quote(quote: Quote, caller: Caller) -> answers.Quote:
    unread = queries.unopened(quote.window, person_id=caller.person.pk)
    return answers.Quote(
        version=quote.version,
        state=QuoteState(quote.state),
        sent_at=quote.window.sent_at,
        last_day=quote.window.last_day,
        documents=[shapes.attachment(document) for document in queries.documents(quote.window)],
        unopened=[document.pk for document in unread],
    )


@router.post(
    "/tickets/{int:number}/severity-contests",
    response={201: answers.Ticket},
    summary="Say that the severity is not right",
)
def contest_severity(request: Request, number: found.Number, payload: asked.Reason) -> Status[answers.Ticket]:
    """R-065: the team has a task to answer; the clock goes on."""
    by, now = request.auth.acting(payload)
    actions.contest_severity(number, reason=payload.reason, by=by, now=now, seen=payload.seen)
    return found.changed(number, request.auth)


@router.get("/prices", response=answers.Listed[answers.Price], summary="What charged time costs today")
def list_prices(request: Request) -> answers.Listed[answers.Price]:
    """R-093."""
    items = [_price(price) for price in contracts.prices_in_force(day_of(request.auth.now)).values()]
    return answers.Listed[answers.Price](items=items, next=None)


@router.get(
    "/billing-entries", response=answers.Listed[answers.Billed], summary="Tickets ready to be invoiced, newest first"
)
def list_billing_entries(request: Request, wanted: Query[asked.Page]) -> answers.Listed[answers.Billed]:
    """R-095: one for each accepted ticket with something to bill."""
    found.refuse_unknown(request, asked.Page)
    before = cursors.entry_id(wanted.cursor) if wanted.cursor else 0
    rows = billed.ready(request.auth.by, before=before, limit=wanted.limit + 1)
    page, more = rows[: wanted.limit], len(rows) > wanted.limit
    return answers.Listed[answers.Billed](
        items=[_billed(row) for row in page], next=cursors.of_entry(page[-1].pk) if more else None
    )


def _billed(row: BillingEntry) -> answers.Billed:
    return answers.Billed(
        id=row.pk,
        ticket=row.ticket_number,
        organization=shapes.ref(row.organization),
        title=row.title,
        minutes=row.minutes,
        total_cents=row.total_cents,
        prices=[_price(Price.read(charge["price"])) for charge in row.charges if charge["price"]],
        ready_at=row.ready_at,
    )


def _price(price: Price) -> answers.Price:
    return answers.Price(
        service=price.service,
        unit=price.unit,
        rate_cents=price.rate_cents,
        minimum_minutes=price.minimum_minutes,
        round_up_to=price.round_up_to,
    )
