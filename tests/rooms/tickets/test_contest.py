"""The customer may say that the severity is not right; the team answers (R-065). And who serves a region (R-096)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from farol.journal.models import Entry
from farol.kernel.errors import FieldsRefused
from farol.people import queries as people
from farol.tickets import actions
from farol.tickets.models import Task, Ticket
from farol.tickets.rules.lifecycle import NotYoursToDo, State, TicketClosed
from farol.tickets.rules.severity import ContestPending, Severity
from tests.world import World, at

OPENED = at("2026-11-24 09:00")
LATER = OPENED + timedelta(hours=1)


@pytest.mark.rule("R-065", "R-063")
def test_a_contest_is_answered_by_reclassifying_from_the_opening(world: World) -> None:
    ticket = world.open(OPENED)
    contested = actions.contest_severity(ticket.pk, reason="A expedição parou.", by=world.by(world.marina), now=LATER)
    assert contested.due_at == ticket.due_at
    assert Task.objects.get().words == "A expedição parou."
    with pytest.raises(ContestPending):
        actions.contest_severity(ticket.pk, reason="De novo.", by=world.by(world.joao), now=LATER)
    changed = actions.reclassify_ticket(
        ticket.pk, severity=Severity.CRITICAL, reason="Parou mesmo.", by=world.by(world.rafael), now=LATER
    )
    assert changed.due_at == at("2026-11-24 19:00")
    assert Task.objects.get().done_by == world.rafael


@pytest.mark.rule("R-065")
def test_or_by_saying_why_it_stays_which_the_customer_reads(world: World) -> None:
    ticket = world.open(OPENED)
    actions.contest_severity(ticket.pk, reason="É grave.", by=world.by(world.marina), now=LATER)
    actions.finish_task(Task.objects.get().pk, outcome="Há contorno.", by=world.by(world.rafael), now=LATER)
    told = Entry.objects.get(name="ticket.severity_upheld")
    assert (told.body, told.is_internal) == ("Há contorno.", False)
    actions.contest_severity(ticket.pk, reason="O contorno falhou.", by=world.by(world.marina), now=LATER)
    assert Task.objects.filter(done_at=None).count() == 1


def test_who_may_contest_and_what(world: World) -> None:
    ticket = world.open(OPENED)
    with pytest.raises(NotYoursToDo):
        actions.contest_severity(ticket.pk, reason="Eu acho.", by=world.by(world.rafael), now=LATER)
    with pytest.raises(FieldsRefused):
        actions.contest_severity(ticket.pk, reason=" ", by=world.by(world.marina), now=LATER)
    actions.cancel_ticket(ticket.pk, reason="Resolvido.", by=world.by(world.marina), now=LATER)
    with pytest.raises(TicketClosed):
        actions.contest_severity(ticket.pk, reason="É grave.", by=world.by(world.marina), now=LATER)


@pytest.mark.rule("R-096")
def test_a_request_for_work_on_site_closes_with_the_contact_of_the_region(world: World) -> None:
    ticket = world.open(OPENED)
    office = people.office_for(ticket.organization.state)
    assert office is not None
    actions.redirect_ticket(ticket.pk, guidance="Agende a visita.", office=office, by=world.by(world.rafael), now=LATER)
    assert Ticket.objects.get(pk=ticket.pk).state == State.CLOSED_REDIRECTED
    told = Entry.objects.get(name="ticket.redirected")
    assert told.body == "Agende a visita.\n\nUnidade Sul\n(41) 3000-0040"
    assert told.facts["office"]["name"] == "Unidade Sul"


@pytest.mark.rule("R-096")
def test_without_an_office_somebody_writes_whom_to_see(world: World) -> None:
    assert people.office_for("") is people.office_for("AM") is None
    with pytest.raises(FieldsRefused):
        actions.redirect_ticket(world.open(OPENED).pk, guidance="", by=world.by(world.rafael), now=LATER)
