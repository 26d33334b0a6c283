"""Who may see which ticket: one predicate."""

from __future__ import annotations

from datetime import timedelta

import pytest

from farol.kernel.errors import Refusal
from farol.tickets import actions, queries
from farol.tickets.jobs import run_deadlines
from farol.tickets.rules.lifecycle import NotYoursToDo
from farol.tickets.rules.opening import TicketNotFound
from tests.world import World, at

NOW = at("2026-11-23 10:00")


def test_a_contact_sees_the_tickets_of_their_company_and_no_other(world: World) -> None:
    ticket = world.open(NOW)
    assert list(queries.visible_to(world.by(world.joao))) == [ticket]
    assert not queries.visible_to(world.by(world.bruno)).exists()
    assert list(queries.visible_to(world.by(world.rafael))) == [ticket]


def test_somebody_elses_ticket_does_not_exist_for_any_verb(world: World) -> None:
    ticket = world.solved(NOW)
    stranger = world.by(world.bruno)
    for verb in (
        lambda: actions.reply(ticket.pk, body="Oi", by=stranger, now=NOW),
        lambda: actions.accept_solution(ticket.pk, by=stranger, now=NOW),
        lambda: actions.reject_solution(ticket.pk, reason="Não", by=stranger, now=NOW),
        lambda: actions.postpone_acceptance(ticket.pk, by=stranger, now=NOW),
        lambda: actions.cancel_ticket(ticket.pk, reason="Não", by=stranger, now=NOW),
        lambda: actions.continue_ticket(ticket.pk, by=stranger, now=NOW),
    ):
        with pytest.raises(TicketNotFound):
            verb()


def test_an_internal_note_is_never_in_the_customers_timeline(world: World) -> None:
    ticket = world.open(NOW)
    actions.note(ticket.pk, body="Parece o caso 117986.", by=world.by(world.rafael), now=NOW)
    assert "noted" not in str([e.name for e in queries.timeline(ticket, by=world.by(world.marina))])
    assert "ticket.noted" in [e.name for e in queries.timeline(ticket, by=world.by(world.rafael))]


def test_a_contact_cannot_do_the_staffs_work(world: World) -> None:
    ticket, marina = world.open(NOW), world.by(world.marina)
    for verb in (
        lambda: actions.note(ticket.pk, body="Oi", by=marina, now=NOW),
        lambda: actions.assign_ticket(ticket.pk, to=world.rafael, by=marina, now=NOW),
        lambda: actions.send_solution(ticket.pk, body="Oi", by=marina, now=NOW),
        lambda: actions.transfer_ticket(ticket.pk, area=world.factory, reason="Oi", by=marina, now=NOW),
    ):
        with pytest.raises(NotYoursToDo):
            verb()


def test_the_staff_does_not_accept_for_the_customer(world: World) -> None:
    ticket = world.solved(NOW)
    with pytest.raises(Refusal) as refused:
        actions.accept_solution(ticket.pk, by=world.by(world.rafael), now=NOW)
    assert refused.value.status == 403


@pytest.mark.rule("R-076")
def test_what_is_not_billed_stands_in_no_fact_that_the_customer_reads(world: World) -> None:
    ticket, sent = world.open(NOW), at("2026-11-23 12:00")
    for hour, activity, is_billable in ((10, "Reunião interna", False), (11, "Ajuste da tabela", True)):
        start = at(f"2026-11-23 {hour}:00")
        actions.log_work(
            ticket.pk,
            started_at=start,
            ended_at=start + timedelta(minutes=30),
            activity=activity,
            is_billable=is_billable,
            by=world.by(world.rafael),
            now=sent,
        )
    actions.send_solution(ticket.pk, body="Pronto.", by=world.by(world.rafael), now=sent)
    run_deadlines(at("2026-12-06 09:00"))
    run_deadlines(at("2026-12-20 09:00"))
    told = {entry.name: str(entry.facts) for entry in queries.timeline(ticket, by=world.by(world.marina))}
    assert {"ticket.reminded", "ticket.closed_silent"} <= told.keys()
    assert "Reunião interna" not in str(told)
    assert "Ajuste da tabela" in told["ticket.closed_silent"]
