"""Money on a ticket: announced, agreed to, earned, waived, and put on the bill in the transaction that closes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from farol.billing import actions as billing
from farol.contracts import queries as contracts
from farol.contracts.rules.prices import Price, PriceMissing, Sold
from farol.kernel.actor import Actor
from farol.kernel.errors import gettext_noop
from farol.tickets import queries
from farol.tickets.actions.conversation import announced, wait
from farol.tickets.actions.locking import locked, put_down
from farol.tickets.models import Ticket, Window
from farol.tickets.rules import opening, windows, work
from farol.tickets.rules.charges import (
    ChargeNotAuthorized,
    OutcomeMissing,
    Responsibility,
    Service,
    Worked,
    is_waived,
    may_bill,
    total_of,
)
from farol.tickets.rules.lifecycle import NotYoursToDo, State, refuse_closed
from farol.tickets.rules.windows import Asked

Statement = dict[str, Any]
PREPARED = gettext_noop("Preparação de ambiente")


@transaction.atomic
def ask_authorization(
    number: int,
    *,
    body: str,
    by: Actor,
    now: datetime,
    sold: Sold = Sold.CONSULTING,
    is_conditional: bool = False,
    attachments: Sequence[int] = (),
    seen: int | None = None,
) -> Ticket:
    """The customer has price, unit and conditions before them, frozen, and nothing is billed until they agree (R-090).

    `is_conditional`: only if the cause turns out not to be the vendor's. Raises PriceMissing.
    """
    body = opening.text(body, missing=gettext_noop("Diga o que será feito e por que é cobrado."))
    terms = announced(sold, now=now, is_conditional=is_conditional)
    ticket = locked(number, by=by, now=now, seen=seen)
    wait(ticket, Asked.AUTHORIZATION, body=body, by=by, now=now, attachments=attachments, statement=terms)
    return ticket


@transaction.atomic
def record_responsibility(
    number: int, *, responsibility: Responsibility, reason: str, by: Actor, now: datetime, seen: int | None = None
) -> Ticket:
    """Whose the cause was is on record with the reason; the vendor's is never charged (R-081, R-094)."""
    reason = opening.text(reason, field="reason", missing=gettext_noop("Diga o que mostrou a causa."))
    ticket = locked(number, by=by, now=now, seen=seen)
    refuse_closed(State(ticket.state))
    if not by.is_staff:
        raise NotYoursToDo
    ticket.responsibility = responsibility
    facts = {"responsibility": responsibility}
    put_down(ticket, "responsibility_recorded", by=by, at=now, body=reason, facts=facts)
    return ticket


def refuse_unauthorized(ticket: Ticket, started_at: datetime) -> None:
    """Raise ChargeNotAuthorized for billable time that a consulting customer had not agreed to (R-090)."""
    if ticket.service != Service.CONSULTING:
        return
    agreed = queries.agreed_charge(ticket)
    if agreed is None or agreed.ended_at is None or started_at < agreed.ended_at:
        raise ChargeNotAuthorized


def statement_of(ticket: Ticket, *, now: datetime) -> Statement:
    """Hours and money as they stand now: what is logged later is not on this bill (R-076, R-093, R-094)."""
    lines = [
        work.Line(entry.activity, windows.day_of(entry.started_at), entry.minutes, entry.is_billable)
        for entry in queries.work(ticket)
    ]
    kept = [
        {
            "activity": line.activity,
            "day": line.day.isoformat(),
            "minutes": line.minutes,
            "is_billable": line.is_billable,
        }
        for line in lines
    ]
    kept += [
        {
            "activity": f"{PREPARED} · {session.tool.name}",
            "day": windows.day_of(session.started_at).isoformat(),
            "minutes": session.preparation_minutes,
            "is_billable": True,
        }
        for session in queries.sessions(ticket)
        if session.is_billed
    ]
    minutes, preparation = work.statement(lines).billable_minutes, queries.preparation_minutes(ticket)
    statement: Statement = {"lines": kept, "billable_minutes": minutes + preparation}
    if not minutes + preparation:
        return statement
    agreed, cause = queries.agreed_charge(ticket), _cause(ticket)
    if agreed and agreed.statement and agreed.statement["is_conditional"] and cause is None:
        raise OutcomeMissing
    worked = [_worked(minutes, agreed, now=now)] if minutes else []
    if preparation:
        worked.append(_priced(Sold.PREPARATION, preparation, now=now))
    statement["charges"] = [line.kept() for line in worked]
    statement["total_cents"] = total_of(worked, cause)
    return _waived(statement) if is_waived(cause) else statement


def bill(ticket: Ticket, statement: Mapping[str, Any] | None, *, by: Actor, at: datetime) -> None:
    """The accepted hours are ready to be invoiced, once (R-095); a waiver recorded meanwhile takes them off (R-094)."""
    if statement is None or not statement.get("billable_minutes") or is_waived(_cause(ticket)):
        return
    billing.charge(
        source=f"ticket:{ticket.pk}",
        organization_id=ticket.organization_id,
        title=ticket.subject,
        lines=[line for line in statement["lines"] if line["is_billable"]],
        charges=statement.get("charges", []),
        minutes=statement["billable_minutes"],
        total_cents=statement.get("total_cents"),
        ready_at=at,
        by=by,
    )


def bill_authorized(ticket: Ticket, statement: Mapping[str, Any] | None, *, by: Actor, at: datetime) -> None:
    """Silence agrees to nothing new: only what the customer had authorised is billed (R-074, R-095)."""
    agreed = queries.agreed_charge(ticket)
    if agreed is None or agreed.statement is None:
        return
    if may_bill(is_conditional=agreed.statement["is_conditional"], responsibility=_cause(ticket)):
        bill(ticket, statement or statement_of(ticket, now=at), by=by, at=at)


def _worked(minutes: int, agreed: Window | None, *, now: datetime) -> Worked:
    """At the price the customer agreed to; of support nobody announced, at the one in force, if any."""
    if agreed and agreed.statement:
        price = Price.read(agreed.statement["price"])
        return Worked(price.service, minutes, price)
    return _priced(Sold.CONSULTING, minutes, now=now)


def _priced(sold: Sold, minutes: int, *, now: datetime) -> Worked:
    try:
        return Worked(sold, minutes, contracts.price_of(sold, on=windows.day_of(now)))
    except PriceMissing:
        return Worked(sold, minutes, None)


def _waived(statement: Statement) -> Statement:
    """Every line stays to be read, and none is billed."""
    lines = [line | {"is_billable": False} for line in statement["lines"]]
    waived = {"waived_minutes": statement["billable_minutes"], "billable_minutes": 0}
    return statement | {"lines": lines, "waiver": Responsibility.VENDOR.value, **waived}


def _cause(ticket: Ticket) -> Responsibility | None:
    return Responsibility(ticket.responsibility) if ticket.responsibility else None
