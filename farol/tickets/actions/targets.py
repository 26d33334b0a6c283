"""Keeping the staff's dates: begun, kept, stood still, warned about (R-066)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from farol.contracts.rules import Promise, Terms, read
from farol.hours import queries as hours
from farol.hours.queries import Book
from farol.journal.actions import tell
from farol.kernel.actor import HOUSE
from farol.people.models import Area
from farol.statements.inserted import Insertion
from farol.tickets import queries
from farol.tickets.models import Target, Ticket
from farol.tickets.rules.targets import Warning, next_warning
from farol.tickets.rules.windows import day_of
from farol.worktime.spans import Pause

PUT = Insertion(Target)
REPLIES = (Promise.FIRST_REPLY, Promise.NEXT_REPLY)


def first_of(ticket: Ticket, *, at: datetime, book: Book) -> list[Target]:
    """The dates of a new ticket's solution and first reply, by the schedules it was promised with; not yet stored."""
    solution = Target(
        ticket=ticket,
        promise=Promise.SOLUTION,
        started_at=ticket.opened_at,
        calendar_version_id=ticket.calendar_version_id,
        minutes=ticket.allowance_minutes,
        due_at=ticket.due_at,
    )
    targets = [solution, _made(ticket, Promise.FIRST_REPLY, at=at, book=book)]
    return [_with_warning(target, book=book) for target in targets if target]


def expect_reply(ticket: Ticket, *, at: datetime) -> None:
    """The customer wrote; unless a reply is due already, the next one has its date."""
    if not ticket.targets.filter(promise__in=REPLIES, ended_at=None).exists():
        _start(ticket, Promise.NEXT_REPLY, at=at)


def replied(ticket: Ticket, *, at: datetime) -> None:
    """A person of the staff answered; whatever reply was due is given."""
    ticket.targets.filter(promise__in=REPLIES, ended_at=None).update(ended_at=at, warn_at=None)


def passed_on(ticket: Ticket, area: Area, *, at: datetime) -> None:
    """Another area has the ticket, and its own date if the plan sets one."""
    ticket.targets.filter(promise=Promise.AREA, ended_at=None).update(ended_at=at, warn_at=None)
    _start(ticket, Promise.AREA, at=at, area=area)


def stand_still(ticket: Ticket) -> None:
    """Nobody is warned while the customer owes an answer (R-062)."""
    ticket.targets.filter(ended_at=None).update(warn_at=None)


def run_again(ticket: Ticket) -> None:
    """Every open date follows from its start, its minutes and the pauses, as the ticket's does (R-062, R-063)."""
    pauses = queries.pauses_of(ticket)
    targets = list(ticket.targets.filter(ended_at=None))
    for target in targets:
        if target.promise == Promise.SOLUTION:
            target.minutes, target.calendar_version_id = ticket.allowance_minutes, ticket.calendar_version_id
        schedule = hours.schedule_kept(target.calendar_version_id)
        target.due_at = schedule.due(target.started_at, target.minutes, pauses)
        target.ticket = ticket
        _with_warning(target, pauses)
    Target.objects.bulk_update(targets, ["minutes", "calendar_version", "due_at", "warn_at"])


def end_all(ticket: Ticket, *, at: datetime) -> None:
    """A closed ticket keeps no dates."""
    ticket.targets.filter(ended_at=None).update(ended_at=at, warn_at=None)


@transaction.atomic
def warn(target_id: int, *, now: datetime) -> bool:
    """The staff is told once for each share of the allowance that is used up. Safe to repeat and to run late."""
    number = Target.objects.values_list("ticket_id", flat=True).get(pk=target_id)
    ticket = Ticket.objects.select_for_update(of=("self",)).select_related("plan").get(pk=number)
    target = Target.objects.get(pk=target_id)
    target.ticket = ticket
    if target.ended_at or target.warn_at is None or target.warn_at > now:
        return False
    pauses, at = queries.pauses_of(ticket), target.warn_at
    while (warning := _warning(target, pauses)) and warning.at <= now:  # late: only the last share is worth a letter
        target.warned_share, at = warning.share, warning.at
    _with_warning(target, pauses).save(update_fields=["warned_share", "warn_at"])
    facts = {
        "promise": target.promise,
        "share": target.warned_share,
        "due_at": target.due_at.isoformat(),
        "is_last": target.warn_at is None,
    }
    tell("ticket.target_warned", about=f"ticket:{ticket.pk}", by=HOUSE, at=at, is_internal=True, facts=facts)
    return True


def _start(ticket: Ticket, promise: Promise, *, at: datetime, area: Area | None = None) -> None:
    if target := _made(ticket, promise, at=at, area=area):
        _with_warning(target).save(force_insert=True)


def _made(
    ticket: Ticket, promise: Promise, *, at: datetime, area: Area | None = None, book: Book | None = None
) -> Target | None:
    terms = _terms(ticket, f"{promise}:{area.code}" if area else promise)
    if terms is None or (minutes := terms.minutes.get(ticket.severity)) is None:
        return None
    version_id, schedule = (book or hours.book()).in_force(terms.calendar_code, day_of(at))
    return Target(
        ticket=ticket,
        promise=promise,
        area=area,
        started_at=at,
        calendar_version_id=version_id,
        minutes=minutes,
        due_at=schedule.due(at, minutes),
    )


def _terms(ticket: Ticket, name: str) -> Terms | None:
    return read(ticket.plan.promises).get(name)


def _with_warning(target: Target, pauses: Sequence[Pause] = (), *, book: Book | None = None) -> Target:
    warning = _warning(target, pauses, book)
    target.warn_at = warning.at if warning else None
    return target


def _warning(target: Target, pauses: Sequence[Pause], book: Book | None = None) -> Warning | None:
    schedule = (book or hours.book()).kept(target.calendar_version_id)
    shares = target.ticket.plan.warn_shares
    return next_warning(schedule, target.started_at, target.minutes, shares, warned=target.warned_share, pauses=pauses)
