"""The main job through the services: open, ask, answer, solve, refuse, solve, postpone, silence."""

from __future__ import annotations

from datetime import timedelta

import pytest

from farol.journal.models import Entry
from farol.tickets import actions, queries
from farol.tickets.jobs import run_deadlines
from farol.tickets.models import Ticket
from farol.tickets.rules.lifecycle import State, TicketClosed
from tests.world import CRITICAL, World, at


@pytest.mark.rule("R-051", "R-062", "R-071", "R-072", "R-073", "R-076")
def test_a_ticket_from_opening_to_silence(world: World) -> None:
    marina, rafael = world.by(world.marina), world.by(world.rafael)
    ticket = world.open(at("2026-11-23 09:00"), impact=CRITICAL)
    assert (ticket.severity, ticket.due_at) == ("critical", at("2026-11-23 19:00"))

    actions.assign_ticket(ticket.pk, to=world.rafael, by=rafael, now=at("2026-11-23 10:00"))
    actions.ask_customer(ticket.pk, body="Envie o XML.", by=rafael, now=at("2026-11-23 11:00"))
    assert Ticket.objects.get(pk=ticket.pk).state == State.AWAITING_CUSTOMER

    actions.reply(ticket.pk, body="Segue o XML.", by=marina, now=at("2026-11-24 10:00"))
    ticket = Ticket.objects.get(pk=ticket.pk)
    assert (ticket.state, ticket.due_at) == (State.IN_ANALYSIS, at("2026-11-24 18:00"))

    for hours in (1, 1.5):
        start = at("2026-11-24 10:30") + timedelta(hours=3 * (hours - 1))
        actions.log_work(
            ticket.pk, started_at=start, ended_at=start + timedelta(hours=hours), activity="Análise",
            is_billable=True, by=rafael, now=at("2026-11-24 15:00"),
        )  # fmt: skip
    actions.send_solution(ticket.pk, body="Atualize a tabela NCM.", by=rafael, now=at("2026-11-24 15:20"))
    window = queries.open_window(ticket)
    assert window is not None
    assert window.statement is not None
    assert window.statement["billable_minutes"] == 150

    actions.reject_solution(ticket.pk, reason="Continua.", by=marina, now=at("2026-11-25 09:20"))
    ticket = Ticket.objects.get(pk=ticket.pk)
    assert ticket.due_at == at("2026-11-25 12:00")

    actions.send_solution(ticket.pk, body="Instale o patch.", by=rafael, now=at("2026-11-25 10:00"))
    actions.postpone_acceptance(ticket.pk, by=marina, now=at("2026-11-26 10:00"))
    assert run_deadlines(at("2027-01-09 23:59")).closed == 0
    assert run_deadlines(at("2027-01-10 00:00")).closed == 1
    ticket = Ticket.objects.get(pk=ticket.pk)
    assert (ticket.state, ticket.closed_at) == (State.CLOSED_SILENT, at("2027-01-10 00:00"))

    with pytest.raises(TicketClosed):
        actions.reply(ticket.pk, body="Obrigado!", by=marina, now=at("2027-01-11 09:00"))
    new = actions.continue_ticket(ticket.pk, by=marina, now=at("2027-01-11 09:00"))
    assert new.continues == ticket
    assert [e.name for e in Entry.objects.filter(subject=f"ticket:{ticket.pk}").order_by("id")] == [
        "ticket.opened", "ticket.assumed", "ticket.information_asked", "ticket.replied", "ticket.work_logged",
        "ticket.work_logged", "ticket.solution_sent", "ticket.rejected", "ticket.solution_sent", "ticket.postponed",
        "ticket.reminded", "ticket.closed_silent", "ticket.continued",
    ]  # fmt: skip
