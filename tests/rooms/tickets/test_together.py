"""Two at once: the row decides, nothing is done twice, nobody's words are lost."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from farol.journal.models import Entry
from farol.kernel.errors import Refusal
from farol.tickets import actions
from farol.tickets.models import Ticket, Window, WorkEntry
from farol.tickets.rules.lifecycle import State, TicketClosed
from farol.tickets.rules.opening import TicketChanged
from farol.tickets.rules.work import EntriesOverlap
from tests.world import World, at, build

NOW = at("2026-11-23 10:00")


@pytest.fixture
def live(transactional_db: None) -> World:
    return build()


def at_once(*verbs: Callable[[], object]) -> list[object]:
    """Each verb in a thread and connection of its own, all let go together; answers or refusals."""
    start = Barrier(len(verbs))

    def run(verb: Callable[[], object]) -> object:
        try:
            start.wait(timeout=20)
            return verb()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(verbs)) as pool:
        return list(pool.map(run, verbs))


@pytest.mark.rule("R-071")
def test_a_double_click_accepts_once(live: World) -> None:
    ticket = live.solved(NOW)

    def accept() -> object:
        return actions.accept_solution(ticket.pk, by=live.by(live.marina), now=NOW)

    answers = at_once(accept, accept, accept)
    assert sum(isinstance(answer, Ticket) for answer in answers) == 1
    assert sum(isinstance(answer, TicketClosed) for answer in answers) == 2
    assert Entry.objects.filter(name="ticket.accepted").count() == 1


@pytest.mark.rule("R-075")
def test_an_acceptance_in_the_second_of_the_automatic_one_ends_in_one_of_the_two(live: World) -> None:
    ticket = live.solved(NOW)
    window = Window.objects.get(ticket=ticket)
    midnight = at("2026-12-09 00:00")
    at_once(
        lambda: actions.accept_solution(ticket.pk, by=live.by(live.marina), now=midnight - timedelta(seconds=1)),
        lambda: actions.close_if_silent(window.pk, now=midnight),
    )
    ends = Entry.objects.filter(name__in=["ticket.accepted", "ticket.closed_silent"])
    assert ends.count() == 1
    assert Ticket.objects.get(pk=ticket.pk).state in {State.CLOSED_ACCEPTED, State.CLOSED_SILENT}


def test_two_jobs_at_once_close_once(live: World) -> None:
    ticket = live.solved(NOW)
    window = Window.objects.get(ticket=ticket)
    late = at("2026-12-20 00:00")
    answers = at_once(*[lambda: actions.close_if_silent(window.pk, now=late)] * 3)
    assert sorted(map(bool, answers)) == [False, False, True]


def test_the_second_of_two_agents_answering_is_told_who_was_faster(world: World) -> None:
    ticket = world.open(NOW)
    seen = ticket.last_entry_id
    actions.reply(ticket.pk, body="Estou vendo.", by=world.by(world.jussara), now=NOW, seen=seen)
    with pytest.raises(TicketChanged, match="Jussara Lima"):
        actions.reply(ticket.pk, body="Eu vejo.", by=world.by(world.rafael), now=NOW, seen=seen)


def test_ones_own_earlier_message_is_no_surprise(world: World) -> None:
    ticket = world.open(NOW)
    rafael = world.by(world.rafael)
    for body in ("Um.", "Dois."):
        actions.reply(ticket.pk, body=body, by=rafael, now=NOW, seen=ticket.last_entry_id)
    assert Entry.objects.filter(name="ticket.replied").count() == 2


def test_an_internal_note_does_not_stop_a_customer(world: World) -> None:
    ticket = world.open(NOW)
    actions.note(ticket.pk, body="Ver caso 12.", by=world.by(world.rafael), now=NOW)
    actions.reply(ticket.pk, body="Mais um dado.", by=world.by(world.marina), now=NOW, seen=ticket.last_entry_id)
    assert Entry.objects.filter(name="ticket.replied").exists()


@pytest.mark.rule("R-054")
def test_one_analyst_is_in_one_place(live: World) -> None:
    tickets = [live.open(NOW), live.open(NOW)]

    def log(ticket: Ticket) -> Callable[[], object]:
        return lambda: actions.log_work(
            ticket.pk, started_at=NOW, ended_at=NOW + timedelta(minutes=30), activity="Análise",
            is_billable=True, by=live.by(live.rafael), now=NOW + timedelta(hours=1),
        )  # fmt: skip

    answers = at_once(*map(log, tickets))
    assert sum(isinstance(answer, EntriesOverlap) for answer in answers) == 1
    assert WorkEntry.objects.count() == 1


@pytest.mark.rule("R-054")
def test_entries_may_touch_and_two_analysts_may_work_at_once(world: World) -> None:
    ticket = world.open(NOW)
    for person, start in ((world.rafael, 0), (world.rafael, 30), (world.jussara, 15)):
        actions.log_work(
            ticket.pk, started_at=NOW + timedelta(minutes=start), ended_at=NOW + timedelta(minutes=start + 30),
            activity="Análise", is_billable=False, by=world.by(person), now=NOW + timedelta(hours=2),
        )  # fmt: skip
    assert WorkEntry.objects.count() == 3


def test_the_same_words_sent_twice_from_one_page_are_one_message(world: World) -> None:
    ticket = world.open(NOW)
    for say, person in ((actions.reply, world.marina), (actions.reply, world.rafael), (actions.note, world.rafael)):
        seen = Ticket.objects.get(pk=ticket.pk).last_entry_id
        entries = {say(ticket.pk, body="Vi.", by=world.by(person), now=NOW, seen=seen).pk for _ in range(2)}
        assert len(entries) == 1
    seen = Ticket.objects.get(pk=ticket.pk).last_entry_id
    again = actions.note(ticket.pk, body="Vi.", by=world.by(world.rafael), now=NOW, seen=seen)
    assert again.pk > seen
