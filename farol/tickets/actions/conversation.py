"""What is said: messages, internal notes, questions to the customer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from farol.contracts import queries as contracts
from farol.contracts.rules.prices import Sold
from farol.journal import queries as journal
from farol.journal.models import Entry
from farol.kernel.actor import Actor
from farol.kernel.errors import gettext_noop
from farol.people import queries as people
from farol.tickets.actions import quotes, targets
from farol.tickets.actions.locking import locked, move, open_window, put_down
from farol.tickets.models import Ticket, Window
from farol.tickets.rules import opening, windows
from farol.tickets.rules.lifecycle import NotYoursToDo, State, Step, refuse_closed
from farol.tickets.rules.windows import Asked, Outcome

STEPS = {
    Asked.INFORMATION: Step.ASK_CUSTOMER,
    Asked.QUOTE: Step.SEND_QUOTE,
    Asked.AUTHORIZATION: Step.ASK_AUTHORIZATION,
    Asked.ACCEPTANCE: Step.SEND_SOLUTION,
}
NAMES = {
    Asked.INFORMATION: "information_asked",
    Asked.QUOTE: "quote_sent",
    Asked.AUTHORIZATION: "authorization_asked",
    Asked.ACCEPTANCE: "solution_sent",
}
SAID_OF_MONEY = ("billable_minutes", "total_cents", "price", "is_conditional", "waiver", "access")
"""Of a frozen statement, what letters and the history tell."""


@transaction.atomic
def reply(
    number: int, *, body: str, by: Actor, now: datetime, attachments: Sequence[int] = (), seen: int | None = None
) -> Entry:
    """The message stands in the ticket. From the customer it ends whatever was being waited for (R-074, section 7).

    Sent twice from a page that had `seen` less, it stands there once.
    """
    body = opening.text(body)
    ticket = locked(number, by=by, now=now, seen=seen)
    if earlier := _said_since(ticket, seen, "replied", body, by):
        return earlier
    refuse_closed(State(ticket.state))
    facts: dict[str, object] = {}
    if by.is_staff:
        targets.replied(ticket, at=now)
    elif window := open_window(ticket, now=now):
        end(window, Outcome.ANSWERED, at=now)
        facts = move(ticket, Step.CUSTOMER_REPLIES, by=by, at=now)
    if not by.is_staff:
        targets.expect_reply(ticket, at=now)
    said: dict[str, object] = {**facts, "side": by.side}
    return put_down(
        ticket, "replied", by=by, at=now, body=body, attachments=attachments, facts=said, is_only_said=not facts
    )


@transaction.atomic
def note(
    number: int, *, body: str, by: Actor, now: datetime, attachments: Sequence[int] = (), seen: int | None = None
) -> Entry:
    """The staff has a note that no customer ever sees; nothing else changes."""
    body = opening.text(body)
    ticket = locked(number, by=by, now=now, seen=seen)
    refuse_closed(State(ticket.state))
    if not by.is_staff:
        raise NotYoursToDo
    if earlier := _said_since(ticket, seen, "noted", body, by):
        return earlier
    return put_down(
        ticket, "noted", by=by, at=now, body=body, attachments=attachments, is_internal=True, is_only_said=True
    )


@transaction.atomic
def ask_customer(
    number: int,
    *,
    body: str,
    by: Actor,
    now: datetime,
    asked: Asked = Asked.INFORMATION,
    attachments: Sequence[int] = (),
    seen: int | None = None,
) -> Ticket:
    """The clock stands still until the customer answers, 15 running days at most (R-062, R-074).

    A charge is announced with the price of consulting in force (R-090). Raises PriceMissing.
    """
    body = opening.text(body, missing=gettext_noop("Diga o que você precisa do cliente."))
    terms = announced(Sold.CONSULTING, now=now) if asked is Asked.AUTHORIZATION else None
    ticket = locked(number, by=by, now=now, seen=seen)
    wait(ticket, asked, body=body, by=by, now=now, attachments=attachments, statement=terms)
    return ticket


def announced(sold: Sold, *, now: datetime, is_conditional: bool = False) -> dict[str, object]:
    """Price, unit and conditions of a charge, as the customer reads and the record keeps them (R-090, R-093)."""
    price = contracts.price_of(sold, on=windows.day_of(now))
    return {"price": price.kept(), "is_conditional": is_conditional}


def _said_since(ticket: Ticket, seen: int | None, name: str, body: str, by: Actor) -> Entry | None:
    """The same words of the same person, newer than the page they come from: a second click of one button."""
    if seen is None or ticket.last_entry_id <= seen:
        return None
    newer = journal.about(f"ticket:{ticket.pk}").filter(pk__gt=seen, name=f"ticket.{name}", actor_id=by.person_id)
    return newer.filter(body=body).first()


def wait(
    ticket: Ticket,
    asked: Asked,
    *,
    body: str,
    by: Actor,
    now: datetime,
    attachments: Sequence[int] = (),
    statement: Mapping[str, object] | None = None,
) -> Window:
    """The customer owes what was asked: window, pause and journal line in one."""
    assume_if_open(ticket, by=by, now=now)
    targets.replied(ticket, at=now)
    if asked is Asked.QUOTE and (earlier := open_window(ticket, now=now)):
        end(earlier, Outcome.REPLACED, at=now)
    facts = move(ticket, STEPS[asked], by=by, at=now)
    for key in SAID_OF_MONEY:
        if statement and key in statement:
            facts[key] = statement[key]
    span = windows.Window(windows.day_of(now))
    facts["last_day"] = span.last_day.isoformat()
    entry = put_down(ticket, NAMES[asked], by=by, at=now, body=body, attachments=attachments, facts=facts)
    window = Window.objects.create(
        ticket=ticket,
        asked=asked,
        entry_id=entry.pk,
        sent_at=now,
        last_day=span.last_day,
        reminder_on=span.reminder_on,
        statement=statement,
    )
    if asked is Asked.QUOTE:
        quotes.begin(window)
    return window


def assume_if_open(ticket: Ticket, *, by: Actor, now: datetime) -> None:
    """Whoever writes first to a waiting customer has taken the ticket."""
    if ticket.state == State.OPEN and by.is_staff:
        facts = move(ticket, Step.ASSUME, by=by, at=now)
        facts |= {"assignee": by.person_id, "assignee_name": by.name}
        ticket.assignee = people.people_by_id([by.person_id]).get(by.person_id)
        put_down(ticket, "assumed", by=by, at=now, facts=facts)


def end(window: Window, outcome: Outcome, *, at: datetime) -> None:
    """The customer owes nothing any more; the pause is over."""
    window.ended_at = max(at, window.sent_at)
    window.outcome = outcome
    window.save(update_fields=["ended_at", "outcome", "evidence", "is_postponed", "last_day", "reminder_on"])
    if window.asked == Asked.QUOTE:
        quotes.settle(window)
