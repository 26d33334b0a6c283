"""Acceptance as a contract (section 7), with the last day and the day after."""

from __future__ import annotations

import hashlib

import pytest

from farol.journal.models import Entry
from farol.kernel.errors import FieldsRefused
from farol.tickets import actions, queries
from farol.tickets.jobs import Done, run_deadlines
from farol.tickets.models import Ticket, Window
from farol.tickets.rules.lifecycle import State, StepRefused, TicketClosed
from farol.tickets.rules.windows import Asked, PostponementRefused
from tests.world import World, at

SENT = at("2026-11-24 15:20")


def state_of(ticket: Ticket) -> str:
    return Ticket.objects.values_list("state", flat=True).get(pk=ticket.pk)


@pytest.fixture
def ticket(world: World) -> Ticket:
    return world.solved(SENT)


@pytest.mark.rule("R-070")
def test_the_reminder_goes_once_two_days_before(ticket: Ticket) -> None:
    assert run_deadlines(at("2026-12-06 23:59")) == Done(reminded=0, closed=0)
    assert run_deadlines(at("2026-12-07 00:00")) == Done(reminded=1, closed=0)
    assert run_deadlines(at("2026-12-08 10:00")) == Done(reminded=0, closed=0)


@pytest.mark.rule("R-070")
def test_no_reminder_for_what_was_answered(world: World, ticket: Ticket) -> None:
    actions.accept_solution(ticket.pk, by=world.by(world.marina), now=at("2026-12-01 09:00"))
    assert run_deadlines(at("2026-12-09 10:00")) == Done(reminded=0, closed=0)


@pytest.mark.rule("R-071", "R-077", "R-242")
def test_acceptance_closes_and_keeps_who_accepted_what_from_where(world: World, ticket: Ticket) -> None:
    actions.accept_solution(ticket.pk, by=world.by(world.joao, address="198.51.100.4"), now=at("2026-12-01 09:00"))
    assert state_of(ticket) == State.CLOSED_ACCEPTED
    window = Window.objects.get(ticket=ticket)
    assert window.evidence == {
        "person": world.joao.pk,
        "name": "João Pires",
        "channel": "portal",
        "address": "198.51.100.4",
        "at": "2026-12-01T09:00:00-03:00",
        "text_sha256": hashlib.sha256(b"Atualize a tabela NCM.").hexdigest(),
    }


@pytest.mark.rule("R-071")
def test_rejection_needs_a_reason(world: World, ticket: Ticket) -> None:
    with pytest.raises(FieldsRefused) as refused:
        actions.reject_solution(ticket.pk, reason="  ", by=world.by(world.marina), now=SENT)
    assert set(refused.value.errors) == {"reason"}
    assert state_of(ticket) == State.AWAITING_ACCEPTANCE


@pytest.mark.rule("R-072")
def test_postponing_on_the_last_minute_of_the_last_day_is_in_time(world: World, ticket: Ticket) -> None:
    actions.postpone_acceptance(ticket.pk, by=world.by(world.marina), now=at("2026-12-09 23:59"))
    assert str(Window.objects.get(ticket=ticket).last_day) == "2027-01-08"
    with pytest.raises(PostponementRefused):
        actions.postpone_acceptance(ticket.pk, by=world.by(world.marina), now=at("2026-12-10 09:00"))


@pytest.mark.rule("R-072", "R-075")
@pytest.mark.parametrize("has_job_run", [False, True])
def test_after_the_last_day_silence_has_spoken_whether_or_not_the_job_ran(
    world: World, ticket: Ticket, has_job_run: bool
) -> None:
    late = at("2026-12-10 00:00")
    if has_job_run:
        run_deadlines(late)
    for verb in (actions.postpone_acceptance, actions.accept_solution):
        with pytest.raises(TicketClosed):
            verb(ticket.pk, by=world.by(world.marina), now=late)
    with pytest.raises(TicketClosed):
        actions.reply(ticket.pk, body="Espere!", by=world.by(world.marina), now=late)


@pytest.mark.rule("R-073")
def test_silence_closes_at_the_midnight_after_the_last_day(ticket: Ticket) -> None:
    run_deadlines(at("2026-12-09 23:59"))
    assert state_of(ticket) == State.AWAITING_ACCEPTANCE
    assert run_deadlines(at("2026-12-10 00:00")).closed == 1
    assert state_of(ticket) == State.CLOSED_SILENT


@pytest.mark.rule("R-074")
def test_an_unanswered_question_closes_too_and_bills_nothing(world: World) -> None:
    ticket = world.open(at("2026-11-24 09:00"))
    actions.ask_customer(ticket.pk, body="Qual?", by=world.by(world.rafael), now=SENT)
    assert run_deadlines(at("2026-12-09 23:59")) == Done(reminded=1, closed=0)
    assert run_deadlines(at("2026-12-10 00:00")) == Done(reminded=0, closed=1)
    assert state_of(ticket) == State.CLOSED_ABANDONED


@pytest.mark.rule("R-075")
def test_one_late_run_leaves_what_daily_runs_leave(world: World) -> None:
    daily, late = world.solved(SENT), world.solved(SENT)
    for day in range(24, 31):
        run_deadlines_for(daily, f"2026-11-{day} 08:00")
    for day in range(1, 12):
        run_deadlines_for(daily, f"2026-12-{day:02} 08:00")
    run_deadlines_for(late, "2026-12-20 17:31")
    assert history(daily) == history(late)
    assert run_deadlines(at("2026-12-21 00:00")) == Done(reminded=0, closed=0)


def run_deadlines_for(ticket: Ticket, instant: str) -> None:
    window = Window.objects.get(ticket=ticket)
    actions.remind(window.pk, now=at(instant))
    actions.close_if_silent(window.pk, now=at(instant))


def history(ticket: Ticket) -> list[tuple[object, ...]]:
    rows = Entry.objects.filter(subject=f"ticket:{ticket.pk}").order_by("id")
    return [(row.name, row.happened_at, row.facts.get("state")) for row in rows]


def test_a_comment_cancels_the_window_and_the_clock_resumes(world: World, ticket: Ticket) -> None:
    actions.reply(ticket.pk, body="Uma dúvida antes.", by=world.by(world.marina), now=at("2026-12-05 10:00"))
    assert state_of(ticket) == State.IN_ANALYSIS
    assert queries.open_window(ticket) is None


@pytest.mark.rule("R-053")
def test_a_word_of_thanks_does_not_reopen(world: World, ticket: Ticket) -> None:
    marina = world.by(world.marina)
    actions.accept_solution(ticket.pk, by=marina, now=at("2026-11-25 09:00"))
    before = Entry.objects.count()
    with pytest.raises(TicketClosed):
        actions.reply(ticket.pk, body="Obrigado!", by=marina, now=at("2026-11-25 09:01"))
    assert Entry.objects.count() == before


def test_there_is_nothing_to_accept_before_a_solution(world: World) -> None:
    ticket = world.open(SENT)
    with pytest.raises(StepRefused):
        actions.accept_solution(ticket.pk, by=world.by(world.marina), now=SENT)


@pytest.mark.rule("R-090")
def test_a_refused_charge_ends_at_no_cost_and_a_refused_quote_goes_on(world: World) -> None:
    rafael, marina = world.by(world.rafael), world.by(world.marina)
    for asked, state in (("authorization", State.CANCELLED), ("quote", State.IN_ANALYSIS)):
        ticket = world.open(SENT)
        actions.ask_customer(ticket.pk, body="R$ 4,40 por minuto.", asked=Asked(asked), by=rafael, now=SENT)
        actions.decline(ticket.pk, by=marina, now=at("2026-11-25 09:00"))
        assert state_of(ticket) == state


@pytest.mark.rule("R-075")
def test_one_ticket_in_trouble_does_not_hold_up_the_others(world: World, ticket: Ticket) -> None:
    other = world.solved(SENT)
    Ticket.objects.filter(pk=ticket.pk).update(state=State.CANCELLED)  # no action leaves this: its window is open
    with pytest.raises(TicketClosed):
        run_deadlines(at("2026-12-10 00:00"))
    assert state_of(other) == State.CLOSED_SILENT
