"""Acceptance as a contract: solution, reminder, one postponement, silence that ends (section 7)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from farol.access import queries as access
from farol.access.rules import Action
from farol.journal import queries as journal
from farol.kernel.actor import HOUSE, Actor, Channel
from farol.kernel.errors import gettext_noop
from farol.people import queries as people
from farol.people.rules.acting import refuse_acting
from farol.tickets import queries
from farol.tickets.actions import charges, quotes, tasks
from farol.tickets.actions.conversation import end, wait
from farol.tickets.actions.locking import give_back, has_lapsed, locked, move, open_window, put_down
from farol.tickets.models import Ticket, Window
from farol.tickets.rules import opening, windows
from farol.tickets.rules.charges import Service
from farol.tickets.rules.lifecycle import State, Step, StepRefused, after
from farol.tickets.rules.tasks import TaskKind
from farol.tickets.rules.windows import Asked, Outcome


@transaction.atomic
def send_solution(
    number: int, *, body: str, by: Actor, now: datetime, attachments: Sequence[int] = (), seen: int | None = None
) -> Ticket:
    """The customer has a solution to judge, with the hours to bill frozen beside it (R-070, R-076)."""
    body = opening.text(body, missing=gettext_noop("Descreva a solução."))
    ticket = locked(number, by=by, now=now, seen=seen)
    ticket.answered_at = now
    statement = charges.statement_of(ticket, now=now)
    wait(ticket, Asked.ACCEPTANCE, body=body, by=by, now=now, attachments=attachments, statement=statement)
    return ticket


@transaction.atomic
def accept_solution(number: int, *, by: Actor, now: datetime, seen: int | None = None) -> Ticket:
    """The ticket is closed, and who accepted which text from where is on record (R-071, R-077, R-242)."""
    return _answer(number, Step.ACCEPT, Outcome.ACCEPTED, "accepted", by=by, now=now, seen=seen)


@transaction.atomic
def reject_solution(number: int, *, reason: str, by: Actor, now: datetime, seen: int | None = None) -> Ticket:
    """The ticket is back in analysis with the customer's reason, and the clock resumes (R-071)."""
    reason = opening.text(reason, field="reason", missing=gettext_noop("Conte o que ainda não funciona."))
    return _answer(number, Step.REJECT, Outcome.REJECTED, "rejected", by=by, now=now, body=reason, seen=seen)


@transaction.atomic
def approve(number: int, *, by: Actor, now: datetime, seen: int | None = None) -> Ticket:
    """The customer agrees to the quote or to the charge; work goes on (R-090, R-193).

    To a charge for consulting only whoever may ask for consulting agrees: raises ServiceNotReleased (R-011).
    A quote is agreed to once its documents were opened: raises QuoteUnopened (R-193).
    """
    return _answer(number, Step.APPROVE, Outcome.APPROVED, "approved", by=by, now=now, seen=seen)


@transaction.atomic
def decline(number: int, *, by: Actor, now: datetime, reason: str = "", seen: int | None = None) -> Ticket:
    """The customer does not agree: a refused quote goes back to analysis, a refused charge ends at no cost (R-090)."""
    return _answer(number, Step.DECLINE, Outcome.DECLINED, "declined", by=by, now=now, body=reason.strip(), seen=seen)


@transaction.atomic
def postpone_acceptance(number: int, *, by: Actor, now: datetime, seen: int | None = None) -> Ticket:
    """The customer has 45 days in all, from sending, to judge the solution; once only (R-072)."""
    refuse_acting(by)
    ticket = locked(number, by=by, now=now, seen=seen)
    facts = move(ticket, Step.POSTPONE, by=by, at=now)
    window = _owed(ticket, now=now)
    span = window.span.postponed(windows.day_of(now))
    window.is_postponed, window.last_day, window.reminder_on = True, span.last_day, span.reminder_on
    window.reminded_at = None
    window.save(update_fields=["is_postponed", "last_day", "reminder_on", "reminded_at"])
    put_down(ticket, "postponed", by=by, at=now, facts={**facts, "last_day": span.last_day.isoformat()})
    return ticket


@transaction.atomic
def cancel_ticket(number: int, *, reason: str, by: Actor, now: datetime, seen: int | None = None) -> Ticket:
    """The ticket ends because nobody needs it any more; the reason says why."""
    refuse_acting(by)
    reason = opening.text(reason, field="reason", missing=gettext_noop("Diga por que o chamado não é mais necessário."))
    ticket = locked(number, by=by, now=now, seen=seen)
    window = open_window(ticket, now=now)
    facts = move(ticket, Step.CANCEL, by=by, at=now)
    if window:
        end(window, Outcome.CANCELLED, at=now)
    put_down(ticket, "cancelled", by=by, at=now, body=reason, facts=facts)
    return ticket


@transaction.atomic
def remind(window_id: int, *, now: datetime) -> bool:
    """The customer is reminded once, two days before the end, if still waiting (R-070). Safe to repeat."""
    window, ticket = _held(window_id)
    if window.ended_at or window.reminded_at or windows.day_of(now) < window.reminder_on:
        return False
    if give_back(window, ticket, now=now) and windows.day_of(now) < window.reminder_on:
        return False
    window.reminded_at = windows.start_of(window.reminder_on)
    window.save(update_fields=["reminded_at"])
    facts = {"asked": window.asked, "window": window.pk, "last_day": window.last_day.isoformat()}
    facts["statement"] = _billed(window)
    put_down(ticket, "reminded", by=HOUSE, at=window.reminded_at, facts=facts)
    return True


@transaction.atomic
def close_if_silent(window_id: int, *, now: datetime) -> bool:
    """The ticket is closed if its window ended without an answer (R-073, R-074).

    Safe to run late and twice: the question is asked again under the lock, and
    the instant on record is the end of the last day, whenever the job came (R-075).
    A window whose reminder never arrived waits for a person instead.
    """
    window, ticket = _held(window_id)
    if window.ended_at or not has_lapsed(window, now) or give_back(window, ticket, now=now):
        return False
    ended = windows.end_of(window.last_day)
    facts = move(ticket, Step.EXPIRE, by=HOUSE, at=ended)
    if window.asked == Asked.ACCEPTANCE:
        window.evidence = _evidence(window, by=HOUSE, at=ended)
    end(window, Outcome.EXPIRED, at=ended)
    charges.bill_authorized(ticket, window.statement if window.asked == Asked.ACCEPTANCE else None, by=HOUSE, at=ended)
    facts |= {"asked": window.asked, "statement": _billed(window)}
    put_down(ticket, ticket.state, by=HOUSE, at=ended, facts=facts)
    return True


@transaction.atomic
def extend_if_shut_out(window_id: int, *, now: datetime) -> bool:
    """The customer can see the ticket again, and has the days back that debt took (section 7). Safe to repeat."""
    window, ticket = _held(window_id)
    return window.ended_at is None and give_back(window, ticket, now=now)


@transaction.atomic
def miss_customer(window_id: int, *, now: datetime, words: str = "") -> bool:
    """The reminder did not reach the customer: silence is no consent, a person of the staff has a task instead.

    Safe to repeat. What was answered meanwhile needs nobody.
    """
    window, _ticket = _held(window_id)
    if window.ended_at or window.unreached_at:
        return False
    window.unreached_at = now
    window.save(update_fields=["unreached_at"])
    source = f"window:{window.pk}:{window.last_day.isoformat()}"
    tasks.raise_task(window.ticket_id, kind=TaskKind.UNREACHED, source=source, now=now, words=words)
    return True


def _answer(
    number: int,
    step: Step,
    outcome: Outcome,
    name: str,
    *,
    by: Actor,
    now: datetime,
    body: str = "",
    seen: int | None = None,
) -> Ticket:
    """A page older than the last word decides nothing: what is agreed to costs money, what is refused is not undone."""
    refuse_acting(by)
    ticket = locked(number, by=by, now=now, seen=seen)
    after(State(ticket.state), step, by.side)
    window = _owed(ticket, now=now)
    if step is Step.APPROVE:
        _refuse_unreleased(ticket, window, by, now)
        quotes.refuse_unopened(window, by)
    window.evidence = _evidence(window, by=by, at=now)
    end(window, outcome, at=now)
    facts = move(ticket, step, by=by, at=now) | _money(window)
    if outcome is Outcome.REJECTED:
        ticket.answered_at = None
    if outcome is Outcome.ACCEPTED:
        charges.bill(ticket, window.statement, by=by, at=now)
    put_down(ticket, name, by=by, at=now, body=body, facts={**facts, "asked": window.asked})
    return ticket


def _billed(window: Window) -> dict[str, object] | None:
    """Of the frozen hours, what the customer reads in the history: those that nobody bills are the staff's (R-076)."""
    if window.statement is None or "lines" not in window.statement:
        return window.statement
    return {**window.statement, "lines": [line for line in window.statement["lines"] if line["is_billable"]]}


def _money(window: Window) -> dict[str, object]:
    """Of what was frozen, what the history says in a sentence."""
    statement = window.statement or {}
    return {key: statement[key] for key in ("billable_minutes", "total_cents", "price") if key in statement}


def _refuse_unreleased(ticket: Ticket, window: Window, by: Actor, now: datetime) -> None:
    if window.asked == Asked.AUTHORIZATION and ticket.service == Service.CONSULTING:
        for person in people.people_by_id([by.person_id]).values():
            access.admit(person, Action.AGREE_TO_CONSULTING, on=windows.day_of(now))


def _owed(ticket: Ticket, *, now: datetime) -> Window:
    window = open_window(ticket, now=now)
    if window is None:
        raise StepRefused
    return window


def _held(window_id: int) -> tuple[Window, Ticket]:
    """The window and its ticket, under the ticket's lock."""
    number = Window.objects.values_list("ticket_id", flat=True).get(pk=window_id)
    ticket = Ticket.objects.select_for_update().get(pk=number)
    return Window.objects.get(pk=window_id), ticket


def _evidence(window: Window, *, by: Actor, at: datetime) -> dict[str, object]:
    """A simple signature: who, from where, when, to which text (R-242; Lei 14.063/2020 art. 4)."""
    body = journal.about(f"ticket:{window.ticket_id}").get(pk=window.entry_id).body
    evidence: dict[str, object] = {
        "person": by.person_id,
        "name": by.name,
        "channel": Channel(by.channel),
        "address": by.address,
        "at": at.isoformat(),
        "text_sha256": hashlib.sha256(body.encode()).hexdigest(),
    }
    if window.statement and ("price" in window.statement or window.statement["billable_minutes"]):
        evidence["statement_sha256"] = _sealed(window.statement)
    if window.given_back:
        evidence["days_given_back"] = window.given_back
    if window.asked == Asked.QUOTE:
        evidence["documents"] = [document.sha256 for document in queries.documents(window)]
    return evidence


def _sealed(statement: object) -> str:
    """Hours and prices are part of what was agreed to; keys in order, so that anybody can reckon the hash again."""
    text = json.dumps(statement, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
