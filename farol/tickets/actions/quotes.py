"""Quotes: versions, who opened which document, and what became of them (R-193)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from farol.kernel.actor import Actor, Side
from farol.tickets import queries
from farol.tickets.actions.locking import put_down
from farol.tickets.models import Quote, QuoteOpening, Ticket, Window
from farol.tickets.rules.quotes import QuoteState, QuoteUnopened, state_after
from farol.tickets.rules.windows import Asked, Outcome


def begin(window: Window) -> None:
    """The ticket has one more version of its quote; the earlier ones, accepted or not, hold no longer."""
    earlier = Quote.objects.filter(ticket=window.ticket_id)
    version = earlier.count() + 1
    earlier.filter(state__in=[QuoteState.SENT, QuoteState.ACCEPTED]).update(state=QuoteState.REPLACED)
    Quote.objects.create(ticket_id=window.ticket_id, window=window, version=version)


def settle(window: Window) -> None:
    """The quote is what its window became."""
    Quote.objects.filter(window=window).update(state=state_after(Outcome(window.outcome)))


def reopen(window: Window) -> None:
    """The quote waits for an answer again, as its window does."""
    Quote.objects.filter(window=window).update(state=QuoteState.SENT)


def refuse_unopened(window: Window, by: Actor) -> None:
    """Raise QuoteUnopened while one of the documents was not opened by whoever accepts."""
    if window.asked != Asked.QUOTE:
        return
    for document in queries.unopened(window, person_id=by.person_id):
        raise QuoteUnopened(name=document.name)


@transaction.atomic
def open_document(attachment_id: int, *, by: Actor, now: datetime) -> bool:
    """A contact has opened a document of a quote that waits for an answer; recorded once for each contact (R-193).

    Answers whether it was one. Whoever may not see the file has opened nothing.
    """
    document = queries.attachment(attachment_id, by=by) if by.side is Side.CUSTOMER else None
    if document is None or not document.entry_id or not document.subject.startswith("ticket:"):
        return False
    waiting = Quote.objects.filter(window__entry_id=document.entry_id, state=QuoteState.SENT)
    quote = waiting.filter(ticket=int(document.subject.partition(":")[2])).first()
    if quote is None:
        return False
    _, is_new = QuoteOpening.objects.get_or_create(
        quote=quote, attachment_id=document.pk, person_id=by.person_id, defaults={"opened_at": now}
    )
    if is_new:
        ticket = Ticket.objects.select_for_update().get(pk=quote.ticket_id)
        facts = {"attachment": document.pk, "file": document.name, "sha256": document.sha256, "version": quote.version}
        put_down(ticket, "quote_opened", by=by, at=now, facts=facts, is_only_said=True)
    return True
