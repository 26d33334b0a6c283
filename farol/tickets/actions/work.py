"""What the staff does with a ticket: take, pass on, reclassify, redirect."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from farol.kernel.actor import Actor
from farol.kernel.errors import FieldsRefused, gettext_noop
from farol.people.models import Area, Office, Person
from farol.tickets import queries
from farol.tickets.actions import targets, tasks
from farol.tickets.actions.finding import make_findable
from farol.tickets.actions.locking import locked, move, put_down, reckon
from farol.tickets.models import Ticket
from farol.tickets.rules import opening
from farol.tickets.rules.charges import Service
from farol.tickets.rules.lifecycle import NotYoursToDo, State, Step, refuse_closed
from farol.tickets.rules.severity import ContestPending, Impact, ImpactAnswered, Reason, Severity, graded, severity_of
from farol.tickets.rules.tasks import TaskKind
from farol.tickets.rules.windows import day_of

SERVICES = {Area.Kind.CONSULTING.value: Service.CONSULTING, Area.Kind.SUPPORT.value: Service.SUPPORT}
"""What a ticket becomes in an area of that kind; elsewhere it stays what it was."""


@transaction.atomic
def assign_ticket(number: int, *, to: Person | None, by: Actor, now: datetime, seen: int | None = None) -> Ticket:
    """The ticket is in this analyst's hands, or back in the queue when `to` is None.

    Taking what is already yours changes nothing. A paused ticket changes hands without a step.
    """
    ticket = locked(number, by=by, now=now, seen=seen)
    _staff_only(by, ticket)
    if ticket.assignee_id == (to.pk if to else None):
        return ticket
    facts: dict[str, object] = {}
    if not ticket.is_paused and (to is None or ticket.state == State.OPEN):
        facts = move(ticket, Step.ASSUME if to else Step.DROP, by=by, at=now)
    ticket.assignee = to
    name = "assumed" if to and to.pk == by.person_id else "assigned" if to else "dropped"
    if to:
        facts |= {"assignee": to.pk, "assignee_name": to.name}
    put_down(ticket, name, by=by, at=now, facts=facts)
    return ticket


@transaction.atomic
def transfer_ticket(
    number: int,
    *,
    area: Area,
    reason: str,
    by: Actor,
    now: datetime,
    expected_on: date | None = None,
    seen: int | None = None,
) -> Ticket:
    """The ticket waits in another area's queue; opening date and clock are untouched (R-004, R-067).

    `expected_on`: by when it is hoped back. Passed to consulting it is consulting, passed to support it is not.
    """
    reason = opening.text(reason, field="reason", missing=gettext_noop("Diga por que o chamado muda de área."))
    ticket = locked(number, by=by, now=now, seen=seen)
    facts = move(ticket, Step.TRANSFER, by=by, at=now)
    if ticket.area_id == area.pk:
        raise FieldsRefused({"area": [gettext_noop("O chamado já está nesta área.")]})
    source = ticket.area
    if expected_on and expected_on < day_of(now):
        raise FieldsRefused({"expected_on": [gettext_noop("Esta data já passou.")]})
    ticket.area, ticket.assignee = area, None
    ticket.service = SERVICES.get(area.kind, ticket.service)
    targets.passed_on(ticket, area, at=now)
    facts |= {"area": [source.pk, area.pk], "area_name": [source.name, area.name], "with_name": area.with_name}
    if expected_on:
        facts["expected_on"] = expected_on.isoformat()
    put_down(ticket, "transferred", by=by, at=now, body=reason, facts=facts)
    return ticket


@transaction.atomic
def triage_ticket(
    number: int, *, is_right_area: bool, is_question: bool, by: Actor, now: datetime, seen: int | None = None
) -> Ticket:
    """Whether the area was right and whether it is a question is on record; the clock does not notice (R-056).

    Answered again, the newer answers stand, and the history keeps both.
    """
    ticket = locked(number, by=by, now=now, seen=seen)
    _staff_only(by, ticket)
    ticket.is_right_area, ticket.is_question = is_right_area, is_question
    facts = {"is_right_area": is_right_area, "is_question": is_question}
    put_down(ticket, "triaged", by=by, at=now, is_internal=True, facts=facts)
    return ticket


@transaction.atomic
def reclassify_ticket(
    number: int, *, severity: Severity, reason: str, by: Actor, now: datetime, seen: int | None = None
) -> Ticket:
    """The ticket has another severity; its due date follows from the opening, even into the past (R-063, R-065)."""
    reason = opening.text(reason, field="reason", missing=gettext_noop("Diga por que a severidade muda."))
    ticket = locked(number, by=by, now=now, seen=seen)
    _staff_only(by, ticket)
    if ticket.severity == severity:
        raise FieldsRefused({"severity": [gettext_noop("O chamado já tem esta severidade.")]})
    old = ticket.severity
    ticket.severity = severity
    ticket.reasons = [Reason.RECLASSIFIED]
    ticket.rank = opening.rank(severity, queries.channel_of(ticket))
    ticket.allowance_minutes = ticket.plan.allowances[severity]
    facts = {"severity": [old, severity], **reckon(ticket)}
    put_down(ticket, "reclassified", by=by, at=now, body=reason, facts=facts)
    tasks.answered(ticket, TaskKind.CONTESTED, outcome=reason, by=by, now=now)
    return ticket


@transaction.atomic
def answer_impact(
    number: int, *, impact: Impact, by: Actor, now: datetime, subject: str = "", description: str = ""
) -> Ticket:
    """The questions that the opening left open are answered; severity and date follow from the opening (R-063, R-065).

    Of a call, the staff writes down along with them what it is about (R-029).
    Raises ImpactAnswered when they were, or when an analyst has decided meanwhile; FieldsRefused.
    """
    ticket = locked(number, by=by, now=now)
    refuse_closed(State(ticket.state))
    if Reason.UNANSWERED not in ticket.reasons:
        raise ImpactAnswered
    if by.is_staff and (subject or description):
        opening.check(subject, description)
        ticket.subject, ticket.description = opening.one_line(subject), description.replace("\x00", "").strip()
    grade, old = severity_of(impact), ticket.severity
    ticket.impact = graded(impact)
    ticket.severity, ticket.reasons = grade.severity, list(grade.reasons)
    ticket.rank = opening.rank(grade.severity, queries.channel_of(ticket))
    ticket.allowance_minutes = ticket.plan.allowances[grade.severity]
    facts = {"severity": [old, grade.severity], "reasons": list(grade.reasons), **reckon(ticket)}
    put_down(ticket, "impact_answered", by=by, at=now, facts=facts)
    make_findable(number)
    return ticket


@transaction.atomic
def contest_severity(number: int, *, reason: str, by: Actor, now: datetime, seen: int | None = None) -> Ticket:
    """The customer does not agree with the severity; the area has a task to answer, the clock goes on (R-065).

    Raises ContestPending while the last one is unanswered.
    """
    reason = opening.text(reason, field="reason", missing=gettext_noop("Conte por que a severidade não é essa."))
    ticket = locked(number, by=by, now=now, seen=seen)
    refuse_closed(State(ticket.state))
    if by.is_staff:
        raise NotYoursToDo
    if ticket.tasks.filter(kind=TaskKind.CONTESTED, done_at=None).exists():
        raise ContestPending
    facts = {"severity_now": ticket.severity}
    entry = put_down(ticket, "severity_contested", by=by, at=now, body=reason, facts=facts)
    tasks.raise_task(number, kind=TaskKind.CONTESTED, source=f"contest:{entry.pk}", now=now, words=reason, by=by)
    return queries.held_ticket(number, by=by) or ticket


@transaction.atomic
def redirect_ticket(
    number: int, *, guidance: str, by: Actor, now: datetime, seen: int | None = None, office: Office | None = None
) -> Ticket:
    """The ticket is closed with the address of whoever serves this request (R-096).

    With an `office` its contact stands under the words, or speaks for itself.
    """
    if office is None:
        guidance = opening.text(guidance, missing=gettext_noop("Diga a quem o cliente deve se dirigir."))
    ticket = locked(number, by=by, now=now, seen=seen)
    facts = move(ticket, Step.REDIRECT, by=by, at=now)
    if office:
        contact = {"name": office.name, "kind": office.kind, "telephone": office.telephone, "email": office.email}
        facts["office"] = contact
        guidance = "\n\n".join(filter(None, (guidance.strip(), _address(office))))
    put_down(ticket, "redirected", by=by, at=now, body=guidance, facts=facts)
    return ticket


def _address(office: Office) -> str:
    return "\n".join(filter(None, (office.name, office.telephone, office.email)))


def _staff_only(by: Actor, ticket: Ticket) -> None:
    refuse_closed(State(ticket.state))
    if not by.is_staff:
        raise NotYoursToDo
