"""The clock of a ticket through the services (section 24)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from farol.tickets import actions, queries
from farol.tickets.models import Ticket
from farol.tickets.rules.severity import Severity
from farol.worktime.ledger import Kind
from tests.world import CRITICAL, LOW, World, at


def fresh(ticket: Ticket) -> Ticket:
    return Ticket.objects.select_related("calendar_version__calendar").get(pk=ticket.pk)


@pytest.mark.rule("R-063", "R-064", "R-065")
def test_section_24_c_a_reclassification_counts_from_the_opening(world: World) -> None:
    rafael, marina = world.by(world.rafael), world.by(world.marina)
    ticket = world.open(at("2026-11-23 09:00"), impact=LOW)
    actions.ask_customer(ticket.pk, body="Qual tela?", by=rafael, now=at("2026-11-23 14:00"))
    actions.reply(ticket.pk, body="A de NF-e.", by=marina, now=at("2026-11-23 16:00"))
    assert fresh(ticket).due_at == at("2026-11-26 15:00")
    now = at("2026-11-24 11:00")
    actions.reclassify_ticket(ticket.pk, severity=Severity.CRITICAL, reason="Parou tudo.", by=rafael, now=now)
    ticket = fresh(ticket)
    assert ticket.due_at == at("2026-11-24 09:00")
    assert queries.is_overdue(ticket, now)
    assert queries.clock(ticket, now=now).remaining_minutes == -120
    entry = queries.timeline(ticket, by=marina).get(name="ticket.reclassified")
    assert [datetime.fromisoformat(due) for due in entry.facts["due"]] == [at("2026-11-26 15:00"), ticket.due_at]
    assert (entry.body, entry.actor_id, entry.facts["severity"]) == (
        "Parou tudo.",
        world.rafael.pk,
        ["low", "critical"],
    )


@pytest.mark.rule("R-067")
def test_a_transfer_leaves_the_clock_untouched(world: World) -> None:
    ticket = world.open(at("2026-11-23 09:00"))
    moved = actions.transfer_ticket(
        ticket.pk, area=world.factory, reason="Correção.", by=world.by(world.rafael), now=at("2026-11-23 12:00")
    )
    assert (moved.opened_at, moved.due_at) == (ticket.opened_at, ticket.due_at)
    assert queries.clock(fresh(moved), now=at("2026-11-23 13:00")).consumed_minutes == 240


@pytest.mark.rule("R-062", "R-071")
def test_the_spans_tile_and_add_up_whatever_happened(world: World) -> None:
    rafael, marina = world.by(world.rafael), world.by(world.marina)
    ticket = world.open(at("2026-11-19 16:00"), impact=CRITICAL)
    actions.send_solution(ticket.pk, body="Atualize.", by=rafael, now=at("2026-11-19 18:00"))
    actions.reject_solution(ticket.pk, reason="Continua.", by=marina, now=at("2026-11-21 11:00"))
    book = queries.clock(fresh(ticket), now=at("2026-11-23 08:00"))
    assert book.spans[0].start == at("2026-11-19 16:00")
    assert book.spans[-1].end == book.due_at == fresh(ticket).due_at == at("2026-11-23 15:00")
    assert all(one.end == two.start for one, two in zip(book.spans, book.spans[1:], strict=False))
    assert sum(span.minutes for span in book.spans if span.kind is Kind.RUNNING) == 600
    assert (book.consumed_minutes, book.remaining_minutes) == (180, 420)


@pytest.mark.rule("R-062")
def test_while_paused_the_clock_stands_and_says_where_an_answer_would_lead(world: World) -> None:
    ticket = world.open(at("2026-11-23 09:00"), impact=CRITICAL)
    actions.ask_customer(ticket.pk, body="Qual?", by=world.by(world.rafael), now=at("2026-11-23 11:00"))
    now = at("2026-11-24 10:00")
    book = queries.clock(fresh(ticket), now=now)
    assert (book.due_at, book.remaining_minutes) == (at("2026-11-23 19:00"), 480)
    assert (book.paused_at, book.due_if_answered_now) == (at("2026-11-23 11:00"), at("2026-11-24 18:00"))
    assert not book.is_overdue
    assert queries.clock(fresh(ticket), now=now, projected=True).due_at == at("2026-11-24 18:00")
    assert queries.minutes_left(fresh(ticket), now) == 480


@pytest.mark.rule("R-061")
def test_due_at_closing_time_is_on_time_until_that_instant_inclusive(world: World) -> None:
    ticket = world.open(at("2026-11-23 09:00"), impact=CRITICAL)
    assert not queries.is_overdue(ticket, at("2026-11-23 19:00"))
    assert queries.is_overdue(ticket, at("2026-11-23 19:00") + timedelta(seconds=1))


@pytest.mark.rule("R-066")
def test_a_differentiated_contract_has_its_own_allowances(world: World) -> None:
    world.plan.allowances["critical"] = 240
    world.plan.save()
    assert world.open(at("2026-11-23 09:00"), impact=CRITICAL).due_at == at("2026-11-23 13:00")


def test_the_stored_due_date_of_a_closed_ticket_is_the_one_it_was_judged_by(world: World) -> None:
    ticket = world.solved(at("2026-11-23 10:00"))
    actions.accept_solution(ticket.pk, by=world.by(world.marina), now=at("2026-11-25 10:00"))
    ticket = fresh(ticket)
    assert ticket.due_at == queries.due_of(ticket) == at("2026-11-24 17:00")
    assert queries.clock(ticket, now=at("2027-03-01 10:00")).consumed_minutes == 60
