"""One thing done to many tickets: each in its own transaction, by the same verb as alone, with a report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django import app

from farol.kernel.actor import Actor, Channel
from farol.kernel.errors import FieldsRefused, Refusal, gettext_noop
from farol.people import queries as people
from farol.people.models import Area, Person
from farol.tickets import queries
from farol.tickets.actions.work import assign_ticket, transfer_ticket
from farol.tickets.models import Batch, BatchItem, Ticket
from farol.tickets.rules import opening
from farol.tickets.rules.batches import MOST, TAKEN_BACK, BatchNotFound, BatchStillRuns, NothingChosen, TooManyChosen
from farol.tickets.rules.lifecycle import NotYoursToDo
from farol.tickets.rules.opening import TicketNotFound

RUN = "tickets.batch"
Chosen = Sequence[tuple[int, int]]
"""Numbers of tickets, each with the last entry that was seen of it."""


@transaction.atomic
def assign_many(chosen: Chosen, *, to: Person | None, by: Actor, now: datetime) -> Batch:
    """A job puts these tickets in that analyst's hands. Raises NothingChosen, TooManyChosen, NotYoursToDo."""
    return _begun(chosen, Batch(verb=Batch.Verb.ASSIGN, assignee=to), by=by, now=now)


@transaction.atomic
def transfer_many(chosen: Chosen, *, area: Area, reason: str, by: Actor, now: datetime) -> Batch:
    """A job passes these tickets on to that area. Raises FieldsRefused too."""
    reason = opening.text(reason, field="reason", missing=gettext_noop("Diga por que os chamados mudam de área."))
    return _begun(chosen, Batch(verb=Batch.Verb.TRANSFER, area=area, reason=reason), by=by, now=now)


@transaction.atomic
def undo_batch(batch_id: int, *, by: Actor, now: datetime) -> Batch:
    """A job puts back what the batch did, but where somebody went on since; asked twice, it is one.

    Raises BatchNotFound, BatchStillRuns, NothingChosen.
    """
    batch = Batch.objects.select_for_update().filter(pk=batch_id, person=by.person_id).first()
    if batch is None:
        raise BatchNotFound
    if batch.ended_at is None:
        raise BatchStillRuns
    if earlier := Batch.objects.filter(undoes=batch).first():
        return earlier
    done = batch.items.filter(outcome=BatchItem.Outcome.DONE)
    chosen = [(item.number, item.entry_id or 0) for item in done]
    undoing = _begun(chosen, Batch(verb=Batch.Verb.RESTORE, undoes=batch), by=by, now=now)
    before = {item.number: item for item in done}
    for item in undoing.items.all():
        item.assignee_before, item.area_before = before[item.number].assignee_before, before[item.number].area_before
        item.save(update_fields=["assignee_before", "area_before"])
    return undoing


def run_batch(batch_id: int, *, now: datetime) -> None:
    """Every ticket of the batch has its outcome. Safe to repeat: what was done is not done again."""
    batch = Batch.objects.select_related("person", "assignee", "area").get(pk=batch_id)
    by = people.actor_of(batch.person, Channel.PORTAL)
    waiting = batch.items.filter(outcome=BatchItem.Outcome.WAITING).order_by("id")
    for pk in list(waiting.values_list("pk", flat=True)):
        try:
            _do(batch, pk, by=by, now=now)
        except Refusal as refusal:
            BatchItem.objects.filter(pk=pk).update(outcome=BatchItem.Outcome.REFUSED, why=_why(refusal))
    Batch.objects.filter(pk=batch_id, ended_at=None).update(ended_at=now)


@transaction.atomic
def _do(batch: Batch, item_id: int, *, by: Actor, now: datetime) -> None:
    item = BatchItem.objects.select_for_update().get(pk=item_id)
    if item.outcome != BatchItem.Outcome.WAITING:
        return
    ticket = queries.held_ticket(item.number, by=by)
    if ticket is None:
        raise TicketNotFound
    last = ticket.last_entry_id
    if batch.verb == Batch.Verb.RESTORE:
        ticket = _restored(ticket, item, by=by, now=now)
    else:
        item.assignee_before, item.area_before = ticket.assignee_id, ticket.area_id
        ticket = _changed(batch, item, by=by, now=now)
    item.entry_id = ticket.last_entry_id
    item.outcome = BatchItem.Outcome.DONE if item.entry_id != last else BatchItem.Outcome.UNCHANGED
    item.save()


def _changed(batch: Batch, item: BatchItem, *, by: Actor, now: datetime) -> Ticket:
    if batch.area:
        return transfer_ticket(item.number, area=batch.area, reason=batch.reason, by=by, now=now, seen=item.seen)
    return assign_ticket(item.number, to=batch.assignee, by=by, now=now, seen=item.seen)


def _restored(ticket: Ticket, item: BatchItem, *, by: Actor, now: datetime) -> Ticket:
    seen = item.seen
    if item.area_before and ticket.area_id != item.area_before:
        area = next(area for area in people.areas() if area.pk == item.area_before)
        ticket = transfer_ticket(item.number, area=area, reason=TAKEN_BACK, by=by, now=now, seen=seen)
        seen = ticket.last_entry_id
    owner = people.people_by_id([item.assignee_before]).get(item.assignee_before or 0)
    return assign_ticket(item.number, to=owner, by=by, now=now, seen=seen)


def _begun(chosen: Chosen, batch: Batch, *, by: Actor, now: datetime) -> Batch:
    if not by.is_staff:
        raise NotYoursToDo
    wanted = dict(chosen)
    if not wanted:
        raise NothingChosen
    if len(wanted) > MOST:
        raise TooManyChosen(most=MOST)
    batch.person_id, batch.asked_at = by.person_id, now
    batch.save()
    BatchItem.objects.bulk_create(BatchItem(batch=batch, number=number, seen=seen) for number, seen in wanted.items())
    app.configure_task(RUN, queue="tickets").defer(batch_id=batch.pk)
    return batch


def _why(refusal: Refusal) -> str:
    errors = refusal.errors if isinstance(refusal, FieldsRefused) else {}
    return next((texts[0] for texts in errors.values()), str(refusal))[:300]
