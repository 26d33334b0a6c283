"""Windows of customers whom debt shut out: the days come back, and nobody consents unseen (section 7)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from farol.billing import actions as billing
from farol.billing.models import Title
from farol.billing.rules.titles import Row
from farol.journal.hearing import deliver
from farol.journal.models import Entry
from farol.tickets import actions, queries
from farol.tickets.jobs import run_deadlines
from farol.tickets.models import Ticket, Window
from farol.tickets.rules.lifecycle import TicketClosed
from tests.world import World, at

SENT = at("2026-11-24 10:00")  # the last day is 9 December, the reminder on the 7th
DUE = date(2026, 11, 30)  # so that doors are shut from 1 December on


def owing(world: World, due: date = DUE) -> None:
    row = Row(2, "12ABC34501DE35", "NF 1", due, 90_000)
    billing.bring_titles([row], by=world.by(world.teresa), now=SENT)


def paid(world: World, moment: str) -> None:
    """And whoever hears it has heard it."""
    title = Title.objects.get(number="NF 1")
    billing.register_payment(title.pk, by=world.by(world.teresa), now=at(moment))
    for entry in Entry.objects.filter(name="billing.unblocked"):
        assert deliver(entry) == {}


def window_of(ticket: Ticket) -> Window:
    return Window.objects.get(ticket=ticket)


@pytest.mark.rule("R-014", "R-073")
def test_unblocked_in_time_the_customer_has_the_days_back(world: World) -> None:
    ticket = world.solved(SENT)
    owing(world)
    paid(world, "2026-12-04 09:00")
    window = window_of(ticket)
    assert (window.given_back, window.last_day, window.reminder_on) == (4, date(2026, 12, 13), date(2026, 12, 11))
    entry = queries.timeline(ticket, by=world.by(world.marina)).filter(name="ticket.window_extended").get()
    assert entry.facts["shut"] == [["2026-12-01", "2026-12-04"]]
    run_deadlines(at("2026-12-13 23:59"))
    assert not Ticket.objects.get(pk=ticket.pk).is_closed
    run_deadlines(at("2026-12-14 00:00"))
    closed = Ticket.objects.get(pk=ticket.pk)
    assert (closed.state, closed.closed_at) == ("closed_silent", at("2026-12-14 00:00"))
    assert window_of(ticket).evidence["days_given_back"] == 4  # type: ignore[index]


@pytest.mark.rule("R-014", "R-073", "R-075")
def test_while_shut_out_nothing_is_accepted_by_silence_however_late_the_job(world: World) -> None:
    ticket = world.solved(SENT)
    owing(world)
    for moment in ("2026-12-10 00:00", "2026-12-20 00:00", "2027-02-20 12:00"):
        run_deadlines(at(moment))
        assert not Ticket.objects.get(pk=ticket.pk).is_closed
    assert not Entry.objects.filter(name="ticket.reminded").exists()
    paid(world, "2027-02-20 13:00")
    window = window_of(ticket)
    assert window.last_day == date(2027, 2, 20) + timedelta(days=9)  # six of the fifteen were over on 30 November
    actions.accept_solution(ticket.pk, by=world.by(world.marina), now=at("2027-03-01 23:00"))
    assert Ticket.objects.get(pk=ticket.pk).state == "closed_accepted"


@pytest.mark.rule("R-014", "R-073")
def test_an_answer_finds_the_window_open_though_nobody_has_reckoned_yet(world: World) -> None:
    ticket = world.solved(SENT)
    owing(world)
    title = Title.objects.get(number="NF 1")
    billing.register_payment(title.pk, by=world.by(world.teresa), now=at("2026-12-12 09:00"))  # nobody has heard it
    actions.reject_solution(ticket.pk, reason="Ainda falha.", by=world.by(world.marina), now=at("2026-12-15 10:00"))
    assert Ticket.objects.get(pk=ticket.pk).state == "in_analysis"


@pytest.mark.rule("R-014", "R-073")
def test_days_after_the_window_was_over_give_nothing_back(world: World) -> None:
    ticket = world.solved(SENT)
    owing(world, due=date(2026, 12, 9))
    with pytest.raises(TicketClosed):
        actions.accept_solution(ticket.pk, by=world.by(world.marina), now=at("2026-12-10 08:00"))
    run_deadlines(at("2026-12-20 00:00"))
    assert Ticket.objects.get(pk=ticket.pk).closed_at == at("2026-12-10 00:00")


@pytest.mark.rule("R-014", "R-073")
def test_where_the_terms_say_so_no_day_is_given_back(world: World) -> None:
    ticket = world.solved(SENT)
    billing.set_terms(grace_days=0, extends_windows=False, by=world.by(world.teresa), now=SENT)
    owing(world)
    run_deadlines(at("2026-12-10 00:00"))
    assert Ticket.objects.get(pk=ticket.pk).state == "closed_silent"


@pytest.mark.rule("R-072")
def test_a_window_given_days_back_is_still_postponed_in_its_time(world: World) -> None:
    ticket = world.solved(SENT)
    owing(world)
    paid(world, "2026-12-04 09:00")
    actions.postpone_acceptance(ticket.pk, by=world.by(world.marina), now=at("2026-12-13 20:00"))
    assert window_of(ticket).last_day == date(2027, 1, 8) + timedelta(days=4)


@pytest.mark.rule("R-075")
def test_giving_back_twice_changes_nothing_more(world: World) -> None:
    ticket = world.solved(SENT)
    owing(world)
    paid(world, "2026-12-04 09:00")
    before = Entry.objects.count()
    assert not actions.extend_if_shut_out(window_of(ticket).pk, now=at("2026-12-05 09:00"))
    assert Entry.objects.count() == before
