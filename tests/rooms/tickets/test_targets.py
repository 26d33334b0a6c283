"""The dates that the staff keeps, and the warnings on the way (R-066)."""

from __future__ import annotations

import pytest

from farol.journal.models import Entry
from farol.tickets import actions, queries
from farol.tickets.jobs import run_deadlines
from farol.tickets.models import Target, Ticket
from tests.world import CRITICAL, World, at

PROMISES = {
    "first_reply": {"calendar": "support_tech_07_19", "minutes": {"critical": 60, "high": 120}},
    "next_reply": {"calendar": "support_08_18", "minutes": {"critical": 120, "high": 240}},
    "area:fabrica": {"calendar": "support_08_18", "minutes": {"critical": 300, "high": 600}},
}


@pytest.fixture
def promising(world: World) -> World:
    world.plan.promises = PROMISES
    world.plan.save()
    return world


def target(ticket: Ticket, promise: str) -> Target:
    return Target.objects.filter(ticket=ticket, promise=promise).latest("id")


@pytest.mark.rule("R-066")
def test_the_first_human_answer_has_its_date_and_is_kept_by_a_reply_not_a_note(promising: World) -> None:
    ticket = promising.open(at("2026-11-23 09:00"), impact=CRITICAL)
    rafael = promising.by(promising.rafael)
    assert target(ticket, "first_reply").due_at == at("2026-11-23 10:00")
    actions.note(ticket.pk, body="Ver.", by=rafael, now=at("2026-11-23 09:10"))
    assert target(ticket, "first_reply").ended_at is None
    actions.reply(ticket.pk, body="Estou vendo.", by=rafael, now=at("2026-11-23 09:20"))
    assert target(ticket, "first_reply").ended_at == at("2026-11-23 09:20")


@pytest.mark.rule("R-066")
def test_the_next_answer_runs_on_a_calendar_of_its_own(promising: World) -> None:
    ticket = promising.open(at("2026-11-23 09:00"), impact=CRITICAL)
    actions.reply(ticket.pk, body="Estou vendo.", by=promising.by(promising.rafael), now=at("2026-11-23 09:20"))
    for minute in (30, 40):
        actions.reply(ticket.pk, body="E?", by=promising.by(promising.marina), now=at(f"2026-11-23 17:{minute}"))
    assert target(ticket, "next_reply").due_at == at("2026-11-24 09:30")
    assert Target.objects.filter(promise="next_reply").count() == 1


@pytest.mark.rule("R-004", "R-066", "R-067")
def test_an_area_answers_within_its_own_time(promising: World) -> None:
    ticket = promising.open(at("2026-11-23 09:00"), impact=CRITICAL)
    rafael = promising.by(promising.rafael)
    actions.transfer_ticket(
        ticket.pk, area=promising.factory, reason="Correção.", by=rafael, now=at("2026-11-23 10:00")
    )
    assert target(ticket, "area").due_at == at("2026-11-23 15:00")
    actions.transfer_ticket(ticket.pk, area=promising.fiscal, reason="Pronto.", by=rafael, now=at("2026-11-23 11:00"))
    assert target(ticket, "area").ended_at == at("2026-11-23 11:00")


@pytest.mark.rule("R-062", "R-066")
def test_warnings_come_at_their_shares_once_and_stand_still_while_paused(world: World) -> None:
    ticket = world.open(at("2026-11-23 09:00"), impact=CRITICAL)
    assert run_deadlines(at("2026-11-23 13:59")).warned == 0
    assert run_deadlines(at("2026-11-23 14:00")).warned == 1
    assert run_deadlines(at("2026-11-23 14:00")).warned == 0
    actions.ask_customer(ticket.pk, body="Qual?", by=world.by(world.rafael), now=at("2026-11-23 15:00"))
    assert run_deadlines(at("2026-11-25 10:00")).warned == 0
    actions.reply(ticket.pk, body="Este.", by=world.by(world.marina), now=at("2026-11-25 10:00"))
    assert target(ticket, "solution").warn_at == at("2026-11-25 12:00")
    run_deadlines(at("2026-11-26 10:00"))
    shares = Entry.objects.filter(name="ticket.target_warned").order_by("id").values_list("facts__share", flat=True)
    assert list(shares) == [50, 100]


def test_a_warning_is_internal_and_no_change_for_whoever_is_writing(world: World) -> None:
    ticket = world.open(at("2026-11-23 09:00"), impact=CRITICAL)
    run_deadlines(at("2026-11-23 14:00"))
    assert not queries.timeline(ticket, by=world.by(world.marina)).filter(name="ticket.target_warned").exists()
    actions.reply(
        ticket.pk, body="Oi", by=world.by(world.rafael), now=at("2026-11-23 14:01"), seen=ticket.last_entry_id
    )


def test_a_closed_ticket_keeps_no_dates(world: World) -> None:
    ticket = world.solved(at("2026-11-23 10:00"))
    actions.accept_solution(ticket.pk, by=world.by(world.marina), now=at("2026-11-23 11:00"))
    assert not Target.objects.filter(ended_at=None).exists()


def test_the_audit_names_the_ticket_whose_stored_date_is_wrong(world: World) -> None:
    tickets = [world.open(at("2026-11-23 09:00")), world.solved(at("2026-11-23 10:00"))]
    assert not list(queries.disagreements())
    Ticket.objects.filter(pk=tickets[0].pk).update(due_at=at("2026-11-30 09:00"))
    (wrong,) = queries.disagreements()
    assert (wrong.number, wrong.reckoned) == (tickets[0].pk, at("2026-11-24 17:00"))
