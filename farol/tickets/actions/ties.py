"""Tickets that belong together: related, child of a parent, merged into one (R-052)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from farol.journal import queries as journal
from farol.journal.actions import NOTHING
from farol.journal.models import Entry
from farol.kernel.actor import Actor
from farol.kernel.errors import FieldsRefused, gettext_noop
from farol.tickets import queries
from farol.tickets.actions import following, quotes
from farol.tickets.actions.conversation import end
from farol.tickets.actions.locking import locked, move, open_window, put_down, reckon
from farol.tickets.models import Link, Ticket, Window
from farol.tickets.rules import ties
from farol.tickets.rules.lifecycle import NotYoursToDo, State, Step, refuse_closed
from farol.tickets.rules.opening import TicketNotFound
from farol.tickets.rules.ties import Tie
from farol.tickets.rules.windows import Outcome, day_of

UNKNOWN = gettext_noop("Não encontramos este chamado.")


@transaction.atomic
def merge_ticket(
    number: int, *, into: int, by: Actor, now: datetime, reason: str = "", seen: int | None = None
) -> Ticket:
    """The ticket has ended and is read in the one that stays, with its files and hours; that one's clock is untouched.

    Merged twice into the same, it is merged once. Raises TiedToItself, OfAnotherCustomer, TiedInCircle,
    TargetClosed, and what a step raises.
    """
    source, target = hold_pair(number, into, field="into", by=by, now=now, seen=seen)
    if (made := queries.merge_of(number)) and made.target_id == into:
        return source
    ties.refuse_circle(number, queries.above(into))
    refuse_closed(State(source.state))
    if target.is_closed:
        raise ties.TargetClosed(number=into)
    window = open_window(source, now=now)
    before = _as_it_is(source, window) | {"follows": following.carry_over(source, target, now=now)}
    facts = move(source, Step.MERGE, by=by, at=now)
    if window:
        end(window, Outcome.CANCELLED, at=now)
    tie(source, target, Tie.DUPLICATE, ("merged", "absorbed"), by=by, now=now, facts=facts, body=reason, before=before)
    return source


@transaction.atomic
def link_ticket(
    number: int, *, to: int, by: Actor, now: datetime, is_child: bool = False, seen: int | None = None
) -> Ticket:
    """The tickets stand beside each other; or this one is a part of the other.

    Raises TiedToItself, OfAnotherCustomer, AlreadyTied, HasAParent, TiedInCircle.
    """
    ticket, other = hold_pair(number, to, field="ticket", by=by, now=now, seen=seen)
    kind = Tie.PARENT if is_child else Tie.RELATED
    source, target = (ticket, other) if is_child or number < to else (other, ticket)
    here = list(queries.links_of([source.pk]))
    if any((made.kind, made.source_id, made.target_id) == (kind, source.pk, target.pk) for made in here):
        raise ties.AlreadyTied
    if is_child:
        for made in here:
            if made.source_id == number and made.kind in {Tie.PARENT, Tie.SPLIT}:
                raise ties.HasAParent(number=made.target_id)
        ties.refuse_circle(number, queries.above(to))
    tie(source, target, kind, ("linked", "linked"), by=by, now=now)
    return ticket


@transaction.atomic
def undo_link(number: int, link_id: int, *, by: Actor, now: datetime) -> Ticket:
    """The tickets are each for itself again; one that was merged goes on as if its clock had never stopped.

    Raises TicketNotFound, NotTied, AnsweredSince, MovedOn.
    """
    if queries.ticket(number, by=by) is None:
        raise TicketNotFound
    made = queries.link(link_id)
    if made is None or number not in {made.source_id, made.target_id}:
        raise ties.NotTied
    other = made.target_id if number == made.source_id else made.source_id
    pair = hold_pair(number, other, field="ticket", by=by, now=now)
    source, target = pair if number == made.source_id else reversed(pair)
    made.refresh_from_db()
    if made.ended_at:
        raise ties.NotTied
    facts = UNDOING[Tie(made.kind)](made, source, target, by, now)
    names = ("unmerged", "released") if made.kind == Tie.DUPLICATE else ("unlinked", "unlinked")
    _tell_both(source, target, Tie(made.kind), names, by=by, now=now, facts=facts)
    made.ended_at = now
    made.save(update_fields=["ended_at"])
    return pair[0]


def tie(
    source: Ticket,
    target: Ticket,
    kind: Tie,
    names: tuple[str, str],
    *,
    by: Actor,
    now: datetime,
    facts: Mapping[str, object] = NOTHING,
    body: str = "",
    **kept: Any,
) -> Link:
    """The link holds, and both tickets tell of it: the source under the first of `names`, the target the second."""
    source.has_ties = target.has_ties = True
    entry = _tell_both(source, target, kind, names, by=by, now=now, facts=facts, body=body)
    return Link.objects.create(
        source=source,
        target=target,
        kind=kind,
        entry_id=entry.pk,
        made_by_id=by.person_id or None,
        made_at=now,
        **kept,
    )


def hold_pair(
    number: int, other: int, *, field: str, by: Actor, now: datetime, seen: int | None = None
) -> tuple[Ticket, Ticket]:
    """Both tickets, held in the order of their numbers; no other link of this customer is made meanwhile.

    Raises TicketNotFound, NotYoursToDo, TiedToItself, OfAnotherCustomer; FieldsRefused naming `field` when the
    other does not exist.
    """
    companies = dict(queries.visible_to(by).filter(pk__in=(number, other)).values_list("pk", "organization_id"))
    if number not in companies:
        raise TicketNotFound
    if not by.is_staff:
        raise NotYoursToDo
    if number == other:
        raise ties.TiedToItself
    if other not in companies:
        raise FieldsRefused({field: [UNKNOWN]})
    if companies[number] != companies[other]:
        raise ties.OfAnotherCustomer(number=other)
    with connection.cursor() as cursor:  # a circle may be closed by tickets that neither of two links holds
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('tickets_link', %s))", [companies[number]])
    held = {one: locked(one, by=by, now=now, seen=seen if one == number else None) for one in sorted((number, other))}
    return held[number], held[other]


def answered_since(ticket: Ticket, entry_id: int) -> bool:
    """Whether one side has spoken to the other after the entry."""
    later = journal.about(f"ticket:{ticket.pk}").filter(pk__gt=entry_id, name__in=ties.ANSWERS)
    return later.exists()


def _tell_both(
    source: Ticket,
    target: Ticket,
    kind: Tie,
    names: tuple[str, str],
    *,
    by: Actor,
    now: datetime,
    facts: Mapping[str, object],
    body: str = "",
) -> Entry:
    """Each ticket has its line, naming the other; how the staff sorts its work is the staff's. Answers the target's."""
    is_internal = kind in {Tie.RELATED, Tie.PARENT}
    mine = {**facts, "tie": ties.word(kind, is_source=True), "other": target.pk}
    theirs = {"tie": ties.word(kind, is_source=False), "other": source.pk}
    put_down(source, names[0], by=by, at=now, is_internal=is_internal, body=body.strip(), facts=mine)
    return put_down(target, names[1], by=by, at=now, is_internal=is_internal, facts=theirs)


def _as_it_is(ticket: Ticket, window: Window | None) -> dict[str, object]:
    open_targets = ticket.targets.filter(ended_at=None).values_list("pk", flat=True)
    return {"state": ticket.state, "window": window.pk if window else None, "targets": list(open_targets)}


def _take_out(made: Link, source: Ticket, target: Ticket, by: Actor, now: datetime) -> dict[str, object]:
    """The merged ticket stands where it stood: same state, same date.

    The customer has as many days left as when it was merged: silence where nobody could answer says nothing (R-074).
    """
    if target.is_closed:
        raise ties.MovedOn(number=target.pk)
    if answered_since(target, made.entry_id):
        raise ties.AnsweredSince(number=target.pk)
    before = made.before or {}
    facts: dict[str, object] = {"state": [source.state, before["state"]]}
    source.state, source.closed_at = before["state"], None
    if window := Window.objects.filter(pk=before["window"]).first():
        away = day_of(now) - day_of(made.made_at)
        window.ended_at, window.outcome = None, ""
        window.last_day, window.reminder_on = window.last_day + away, window.reminder_on + away
        window.save(update_fields=["ended_at", "outcome", "last_day", "reminder_on"])
        quotes.reopen(window)
    source.targets.filter(pk__in=before["targets"]).update(ended_at=None)
    if before.get("follows"):
        following.let_go(source)
    return facts | reckon(source)


def _take_back(made: Link, source: Ticket, target: Ticket, by: Actor, now: datetime) -> dict[str, object]:
    """What was split off ends; its subject is treated in the parent again."""
    if source.is_closed:
        raise ties.MovedOn(number=source.pk)
    if answered_since(source, queries.opened_with(source)):
        raise ties.AnsweredSince(number=source.pk)
    if window := open_window(source, now=now):
        end(window, Outcome.CANCELLED, at=now)
    return move(source, Step.CANCEL, by=by, at=now)


def _untie(made: Link, source: Ticket, target: Ticket, by: Actor, now: datetime) -> dict[str, object]:
    return {}


UNDOING = {Tie.RELATED: _untie, Tie.PARENT: _untie, Tie.DUPLICATE: _take_out, Tie.SPLIT: _take_back}
