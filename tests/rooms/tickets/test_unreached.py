"""Silence is no consent when the reminder never arrived."""

from __future__ import annotations

from datetime import timedelta

import pytest

from farol.tickets import actions, queries
from farol.tickets.jobs import run_deadlines
from farol.tickets.models import Task, Ticket, Window
from farol.tickets.rules.lifecycle import State
from tests.world import World, at

SENT = at("2026-11-24 15:20")
REMINDED = at("2026-12-07 09:00")
LAPSED = at("2026-12-10 00:00")


def missed(world: World) -> Window:
    ticket = world.solved(SENT)
    run_deadlines(REMINDED)
    window = Window.objects.get(ticket=ticket)
    assert actions.miss_customer(window.pk, now=REMINDED, words="marina@serraazul.example: 550")
    return window


@pytest.mark.rule("R-070", "R-073")
def test_a_person_has_a_task_and_nothing_is_accepted(world: World) -> None:
    window = missed(world)
    assert not actions.miss_customer(window.pk, now=REMINDED)
    run_deadlines(LAPSED + timedelta(days=9))
    assert Ticket.objects.get().state == State.AWAITING_ACCEPTANCE
    task = Task.objects.get()
    assert (task.kind, task.ticket_id) == ("unreached", window.ticket_id)


@pytest.mark.rule("R-070", "R-071", "R-073")
def test_the_customer_may_still_answer_after_the_last_day(world: World) -> None:
    window = missed(world)
    actions.accept_solution(window.ticket_id, by=world.by(world.marina), now=LAPSED + timedelta(days=2))
    assert Ticket.objects.get().state == State.CLOSED_ACCEPTED


@pytest.mark.rule("R-070", "R-073")
def test_once_somebody_reached_them_the_days_count_anew(world: World) -> None:
    window = missed(world)
    reached = LAPSED + timedelta(days=2)  # 12 December
    actions.finish_task(Task.objects.get().pk, outcome="Liguei.", by=world.by(world.rafael), now=reached)
    window.refresh_from_db()
    assert (str(window.last_day), str(window.reminder_on)) == ("2026-12-27", "2026-12-25")
    run_deadlines(at("2026-12-25 08:00"))
    assert [entry.name for entry in queries.history(Ticket.objects.get(), by=world.by(world.marina))].count(
        "ticket.reminded"
    ) == 2
    run_deadlines(at("2026-12-28 00:00"))
    assert Ticket.objects.get().state == State.CLOSED_SILENT


def test_what_was_answered_meanwhile_needs_nobody(world: World) -> None:
    ticket = world.solved(SENT)
    actions.accept_solution(ticket.pk, by=world.by(world.marina), now=SENT)
    assert not actions.miss_customer(Window.objects.get().pk, now=REMINDED)
    assert not Task.objects.exists()
