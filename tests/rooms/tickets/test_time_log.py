"""Time that was logged: corrected by another entry, never changed, never in two places (R-054, R-076)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from farol.journal.models import Entry
from farol.kernel.errors import FieldsRefused, Refusal
from farol.people.models import Person
from farol.tickets import actions, queries
from farol.tickets.actions.charges import statement_of
from farol.tickets.models import Ticket, Timer, WorkEntry
from farol.tickets.rules.lifecycle import NotYoursToDo, TicketClosed
from farol.tickets.rules.work import AlreadyCorrected, EntriesOverlap, EntryNotFound, NotYourEntry
from tests.world import World, at

NOW = at("2026-11-24 09:00")
LATER = at("2026-11-24 18:00")


def log(world: World, ticket: Ticket, start: datetime = NOW, minutes: int = 60, by: Person | None = None) -> WorkEntry:
    return actions.log_work(
        ticket.pk, started_at=start, ended_at=start + timedelta(minutes=minutes), activity="Análise", is_billable=True,
        reason="Fora do contrato", by=world.by(by or world.rafael), now=LATER,
    )  # fmt: skip


def correct(world: World, entry: WorkEntry, minutes: int, *, by: Person | None = None, **facts: Any) -> WorkEntry:
    told = {"is_billable": True, "why": "Contei o almoço.", "activity": "Análise", **facts}
    return actions.correct_work(
        entry.ticket_id, entry.pk, started_at=entry.started_at, ended_at=entry.started_at + timedelta(minutes=minutes),
        by=world.by(by or world.rafael), now=LATER, **told,
    )  # fmt: skip


def billable(world: World, ticket: Ticket) -> int:
    return queries.hanging([ticket], by=world.by(world.rafael))[ticket.pk].billable_minutes


@pytest.mark.rule("R-054")
def test_a_correction_counts_instead_and_the_old_entry_stays_as_it_was(world: World) -> None:
    ticket = world.open(NOW)
    old, other = log(world, ticket), log(world, ticket, NOW + timedelta(hours=2), 30)
    new = correct(world, old, 45)
    assert (new.minutes, new.corrects_id, new.analyst_id) == (45, old.pk, world.rafael.pk)
    old.refresh_from_db()
    assert (old.minutes, old.is_corrected) == (60, True)
    assert [entry.pk for entry in queries.work(ticket)] == [new.pk, other.pk]
    assert [entry.pk for entry in queries.work_log(ticket)] == [old.pk, other.pk, new.pk]
    told = Entry.objects.get(name="ticket.work_corrected")
    assert (told.is_internal, told.body, told.facts["minutes"]) == (True, "Contei o almoço.", [60, 45])


@pytest.mark.rule("R-054", "R-076")
def test_corrections_are_counted_right_in_sum_statement_and_solution(world: World) -> None:
    ticket = world.open(NOW)
    first = log(world, ticket)
    second = log(world, ticket, NOW + timedelta(hours=2), 30)
    third = log(world, ticket, NOW + timedelta(hours=3), 20)
    assert billable(world, ticket) == 110
    again = correct(world, correct(world, first, 45), 50)
    correct(world, second, 30, is_billable=False)
    actions.withdraw_work(ticket.pk, third.pk, why="Outro chamado.", by=world.by(world.rafael), now=LATER)
    assert billable(world, ticket) == again.minutes == 50
    assert sum(entry.minutes for entry in queries.work(ticket)) == 80
    assert statement_of(ticket, now=NOW)["billable_minutes"] == 50
    actions.send_solution(ticket.pk, body="Atualize.", by=world.by(world.rafael), now=LATER)
    window = queries.open_window(ticket)
    assert window is not None
    assert window.statement is not None
    assert [line["minutes"] for line in window.statement["lines"]] == [50, 30]
    assert window.statement["billable_minutes"] == 50


@pytest.mark.rule("R-054")
def test_the_time_of_a_corrected_entry_is_free_and_that_of_a_correction_is_not(world: World) -> None:
    ticket = world.open(NOW)
    old = log(world, ticket)
    correct(world, old, 30)
    log(world, ticket, NOW + timedelta(minutes=30), 30)
    with pytest.raises(EntriesOverlap):
        log(world, ticket, NOW + timedelta(minutes=29), 5)
    newest = WorkEntry.objects.get(corrects=old)
    with pytest.raises(EntriesOverlap):
        correct(world, newest, 31)


def _unknown(world: World, entry: WorkEntry) -> None:
    correct(world, WorkEntry(pk=entry.pk + 999, ticket_id=entry.ticket_id, started_at=NOW), 5)


def _of_another_ticket(world: World, entry: WorkEntry) -> None:
    correct(world, WorkEntry(pk=entry.pk, ticket_id=world.open(NOW).pk, started_at=NOW), 5)


def _twice(world: World, entry: WorkEntry) -> None:
    correct(world, entry, 5)
    correct(world, entry, 6)


def _what_was_withdrawn(world: World, entry: WorkEntry) -> None:
    gone = actions.withdraw_work(entry.ticket_id, entry.pk, why="Engano.", by=world.by(world.rafael), now=LATER)
    correct(world, gone, 6)


def _by_a_colleague(world: World, entry: WorkEntry) -> None:
    correct(world, entry, 5, by=world.jussara)


def _by_the_customer(world: World, entry: WorkEntry) -> None:
    correct(world, entry, 5, by=world.marina)


def _without_a_reason(world: World, entry: WorkEntry) -> None:
    correct(world, entry, 5, why="  ")


def _after_the_end(world: World, entry: WorkEntry) -> None:
    actions.cancel_ticket(entry.ticket_id, reason="Duplicado.", by=world.by(world.rafael), now=LATER)
    correct(world, entry, 5)


@pytest.mark.rule("R-054")
@pytest.mark.parametrize(("attempt", "refusal"), [
    (_unknown, EntryNotFound), (_of_another_ticket, EntryNotFound), (_twice, AlreadyCorrected),
    (_what_was_withdrawn, AlreadyCorrected), (_by_a_colleague, NotYourEntry), (_by_the_customer, NotYoursToDo),
    (_without_a_reason, FieldsRefused), (_after_the_end, TicketClosed),
])  # fmt: skip
def test_who_may_correct_what(world: World, attempt: Any, refusal: type[Refusal]) -> None:
    entry = log(world, world.open(NOW))
    with pytest.raises(refusal):
        attempt(world, entry)


@pytest.mark.rule("R-054")
def test_a_manager_corrects_what_an_analyst_logged(world: World) -> None:
    new = correct(world, log(world, world.open(NOW)), 5, by=world.teresa)
    assert new.analyst_id == world.rafael.pk


@pytest.mark.rule("R-054")
def test_the_database_refuses_overlaps_changes_and_deletions(world: World) -> None:
    ticket = world.open(NOW)
    entry = log(world, ticket)
    twin = {
        "ticket": ticket, "analyst": world.rafael, "started_at": NOW, "ended_at": NOW + timedelta(minutes=5),
        "minutes": 5, "activity": "x", "is_billable": True,
    }  # fmt: skip
    for change in (
        lambda: WorkEntry.objects.create(**twin),
        lambda: WorkEntry.objects.filter(pk=entry.pk).update(minutes=5),
        lambda: WorkEntry.objects.filter(pk=entry.pk).update(is_billable=False),
        lambda: WorkEntry.objects.filter(pk=entry.pk).delete(),
    ):
        with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
            change()
    assert WorkEntry.objects.create(**twin | {"analyst": world.jussara}).pk


@pytest.mark.rule("R-054")
def test_the_timer_lies_with_the_server_and_begins_anew_with_an_entry(world: World) -> None:
    ticket = world.open(NOW)
    by = world.by(world.rafael)
    for minute, seconds in ((0, 30), (1, 45), (2, 0)):
        actions.count_time(ticket.pk, seconds, by=by, now=NOW + timedelta(minutes=minute))
    assert queries.timer_of(ticket, by=by) == 75
    assert queries.timer_of(ticket, by=world.by(world.jussara)) == 0
    log(world, ticket)
    assert queries.timer_of(ticket, by=by) == 0


@pytest.mark.rule("R-054")
def test_a_page_cannot_count_more_seconds_than_went_by(world: World) -> None:
    ticket = world.open(NOW)
    by = world.by(world.rafael)
    actions.count_time(ticket.pk, 10, by=by, now=NOW)
    actions.count_time(ticket.pk, 5_000, by=by, now=NOW + timedelta(seconds=20))
    actions.count_time(ticket.pk, 5_000, by=by, now=NOW)
    assert queries.timer_of(ticket, by=by) == 30


def test_looking_at_a_ticket_leaves_no_timer(world: World) -> None:
    actions.count_time(world.open(NOW).pk, 0, by=world.by(world.rafael), now=NOW)
    assert not Timer.objects.exists()
