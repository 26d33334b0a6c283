"""What the house cannot do, a person does: raised once, finished once, never told to the customer."""

from __future__ import annotations

from datetime import timedelta

import pytest

from farol.journal.models import Entry
from farol.kernel.errors import FieldsRefused
from farol.tickets import actions, queries
from farol.tickets.models import Task
from farol.tickets.rules.lifecycle import NotYoursToDo
from farol.tickets.rules.opening import TicketNotFound
from farol.tickets.rules.tasks import TaskDone, TaskKind
from tests.world import World, at

NOW = at("2026-11-24 10:00")
LATER = NOW + timedelta(hours=1)


def raised(world: World) -> Task:
    ticket = world.open(at("2026-11-24 09:00"))
    return actions.raise_task(ticket.pk, kind=TaskKind.SURVEY, source="survey:9", now=NOW, words="Nota 1 de 5.")[0]


def test_the_same_source_raises_one_task(world: World) -> None:
    task = raised(world)
    again, is_new = actions.raise_task(task.ticket_id, kind=TaskKind.SURVEY, source="survey:9", now=LATER)
    assert (again.pk, is_new, Task.objects.count()) == (task.pk, False, 1)
    assert Entry.objects.filter(name="ticket.task_raised").count() == 1


def test_it_waits_in_its_area_until_somebody_says_what_was_done(world: World) -> None:
    task = raised(world)
    staff = world.by(world.rafael)
    assert queries.open_tasks(staff, areas=[world.fiscal.pk]) == [task]
    assert queries.open_tasks(staff, areas=[world.factory.pk]) == []
    with pytest.raises(FieldsRefused):
        actions.finish_task(task.pk, outcome="  ", by=staff, now=LATER)

    done = actions.finish_task(task.pk, outcome="Liguei para Marina.", by=staff, now=LATER)

    assert (done.done_by_id, done.outcome) == (world.rafael.pk, "Liguei para Marina.")
    assert queries.open_tasks(staff) == []
    with pytest.raises(TaskDone):
        actions.finish_task(task.pk, outcome="Eu também.", by=staff, now=LATER)


def test_a_closed_ticket_may_have_a_task_and_stays_closed(world: World) -> None:
    ticket = world.solved(at("2026-11-24 09:00"))
    actions.accept_solution(ticket.pk, by=world.by(world.marina), now=NOW)
    actions.raise_task(ticket.pk, kind=TaskKind.SURVEY, source="survey:1", now=LATER)
    assert queries.ticket(ticket.pk, by=world.by(world.rafael)).state == "closed_accepted"  # type: ignore[union-attr]


def test_a_customer_neither_sees_nor_finishes_it(world: World) -> None:
    task = raised(world)
    marina = world.by(world.marina)
    assert queries.open_tasks(marina) == []
    with pytest.raises(NotYoursToDo):
        actions.finish_task(task.pk, outcome="Feito.", by=marina, now=LATER)
    names = [entry.name for entry in queries.history(task.ticket, by=marina)]
    assert "ticket.task_raised" not in names


def test_no_such_task_is_an_answer(world: World) -> None:
    with pytest.raises(TicketNotFound):
        actions.finish_task(999, outcome="Feito.", by=world.by(world.rafael), now=LATER)
