"""A quote stops the clock until the customer answers it; the answer is on record."""

from __future__ import annotations

from datetime import timedelta

import pytest

from farol.journal.models import Entry
from farol.tickets import actions
from farol.tickets.models import Ticket
from farol.tickets.rules.lifecycle import State
from farol.tickets.rules.windows import Asked
from tests.world import World, at

ASKED = at("2026-11-24 10:00")


@pytest.mark.rule("R-193")
def test_a_quote_pauses_the_clock_until_it_is_accepted_and_who_accepted_is_recorded(world: World) -> None:
    ticket = world.open(at("2026-11-24 09:00"))
    actions.ask_customer(
        ticket.pk, body="Oito horas, R$ 2.112,00.", asked=Asked.QUOTE, by=world.by(world.rafael), now=ASKED
    )
    paused = Ticket.objects.get(pk=ticket.pk)
    assert (paused.state, paused.is_paused) == (State.AWAITING_QUOTE, True)

    actions.approve(ticket.pk, by=world.by(world.marina), now=ASKED + timedelta(hours=2))

    going_on = Ticket.objects.get(pk=ticket.pk)
    assert (going_on.state, going_on.is_paused) == (State.IN_ANALYSIS, False)
    assert going_on.due_at == ticket.due_at + timedelta(hours=2)
    entry = Entry.objects.get(name="ticket.approved")
    assert (entry.actor_id, entry.happened_at) == (world.marina.pk, ASKED + timedelta(hours=2))


@pytest.mark.rule("R-052")
def test_a_ticket_is_about_one_product_and_waits_where_its_module_or_else_its_product_belongs(world: World) -> None:
    ticket = world.open(ASKED)
    assert ticket.product == world.product
    assert ticket.area == (world.module.area or world.product.area)
