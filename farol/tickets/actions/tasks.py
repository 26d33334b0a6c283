"""Tasks for people: raised once, finished once, both on record."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from farol.kernel.actor import HOUSE, Actor
from farol.kernel.errors import gettext_noop
from farol.people.models import Area
from farol.tickets import queries
from farol.tickets.actions.locking import put_down
from farol.tickets.models import Task, Ticket
from farol.tickets.rules import opening, windows
from farol.tickets.rules.lifecycle import NotYoursToDo
from farol.tickets.rules.opening import TicketNotFound
from farol.tickets.rules.tasks import TITLES, TaskDone, TaskKind

LONGEST = 500


@transaction.atomic
def raise_task(
    number: int,
    *,
    kind: TaskKind,
    source: str,
    now: datetime,
    words: str = "",
    by: Actor = HOUSE,
    area: Area | None = None,
) -> tuple[Task, bool]:
    """The ticket's area, or another one, has something to do; answers also whether that is new.

    One `source` raises one task, however often it is asked for. A closed ticket may
    have tasks too: they are about people, not about its state.
    """
    ticket = Ticket.objects.select_for_update().get(pk=number)
    task, is_new = Task.objects.get_or_create(
        source=source,
        defaults={
            "ticket": ticket,
            "kind": kind,
            "area_id": area.pk if area else ticket.area_id,
            "words": words.strip()[:LONGEST],
            "raised_at": now,
        },
    )
    if is_new:
        facts = {"task": task.pk, "kind": kind}
        body = words.strip() or TITLES[kind]
        put_down(ticket, "task_raised", by=by, at=now, body=body, is_internal=True, facts=facts, is_only_said=True)
    return task, is_new


@transaction.atomic
def finish_task(task_id: int, *, outcome: str, by: Actor, now: datetime) -> Task:
    """Somebody did it, and said what came of it. Raises TicketNotFound, TaskDone, FieldsRefused."""
    if not by.is_staff:
        raise NotYoursToDo
    outcome = opening.text(outcome, field="outcome", missing=gettext_noop("Diga o que foi feito."))
    known = queries.task(task_id)
    if known is None:
        raise TicketNotFound
    ticket = Ticket.objects.select_for_update().get(pk=known.ticket_id)
    task = Task.objects.select_related("done_by").get(pk=task_id)
    if task.done_at:
        raise TaskDone(name=task.done_by.name if task.done_by else "Farol")
    task.done_at, task.done_by_id, task.outcome = now, by.person_id or None, outcome[:LONGEST]
    task.save(update_fields=["done_at", "done_by", "outcome"])
    if task.kind == TaskKind.UNREACHED:
        _wait_anew(ticket, now=now)
    if task.kind == TaskKind.CONTESTED and not ticket.is_closed:  # the customer asked, and is answered
        put_down(ticket, "severity_upheld", by=by, at=now, body=outcome, facts={"severity_now": ticket.severity})
    facts = {"task": task.pk, "kind": task.kind}
    put_down(ticket, "task_done", by=by, at=now, body=outcome, is_internal=True, facts=facts, is_only_said=True)
    return task


def answered(ticket: Ticket, kind: TaskKind, *, outcome: str, by: Actor, now: datetime) -> None:
    """What was done in another way needs no task any more."""
    done = {"done_at": now, "done_by_id": by.person_id or None, "outcome": outcome[:LONGEST]}
    ticket.tasks.filter(kind=kind, done_at=None).update(**done)


def _wait_anew(ticket: Ticket, *, now: datetime) -> None:
    """Somebody reached the customer: the days to answer are counted from now, with a reminder of their own (R-070)."""
    window = ticket.windows.filter(ended_at=None, unreached_at__isnull=False).first()
    if window is None:
        return
    span = windows.Window(windows.day_of(now))
    window.unreached_at = window.reminded_at = None
    window.last_day, window.reminder_on = max(window.last_day, span.last_day), max(window.reminder_on, span.reminder_on)
    window.save(update_fields=["unreached_at", "reminded_at", "last_day", "reminder_on"])
