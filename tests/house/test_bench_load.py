"""Tickets poured in by the thousand agree with what the services would have written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.db import transaction
from django.db.models import F, Q

from farol.house.bulk.pour import pour
from farol.journal.models import Entry
from farol.people.queries import actor_of
from farol.search.models import Document
from farol.tickets import actions, queries
from farol.tickets.jobs import Done, run_deadlines
from farol.tickets.models import Target, Ticket, Window
from farol.tickets.rules import windows
from farol.tickets.rules.lifecycle import State
from farol.worktime.ledger import Kind
from tests.instants import at

pytestmark = pytest.mark.django_db
NOW = at("2026-11-24 10:12")
TICKETS = 1500


@pytest.fixture(scope="module", autouse=True)
def _poured(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Poured once for all the tests here, and undone after them."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        pour(TICKETS, now=NOW)
        yield
        transaction.set_rollback(True)


@pytest.mark.rule("R-060", "R-062")
def test_every_due_date_is_the_reckoned_one() -> None:
    assert Ticket.objects.count() == TICKETS
    assert list(queries.disagreements()) == []


def test_most_are_closed_and_every_usual_state_is_there() -> None:
    assert Ticket.objects.filter(closed_at=None).count() == round(TICKETS * 0.02)
    assert set(Ticket.objects.values_list("state", flat=True)) == set(State) - {
        State.AWAITING_QUOTE, State.AWAITING_AUTHORIZATION, State.CLOSED_REDIRECTED,
    }  # fmt: skip
    assert Ticket.objects.values("organization").distinct().count() >= 20


@pytest.mark.rule("R-055")
def test_the_journal_of_each_is_in_order_and_ends_where_the_ticket_says() -> None:
    seen: dict[str, tuple[datetime, int]] = {}
    for entry in Entry.objects.order_by("id"):
        assert entry.happened_at >= seen.get(entry.subject, (entry.happened_at, 0))[0], (entry.subject, entry.name)
        seen[entry.subject] = entry.happened_at, entry.pk
    for ticket in Ticket.objects.all():
        assert seen[f"ticket:{ticket.pk}"] == (ticket.updated_at, ticket.last_entry_id)
    assert not Entry.objects.filter(happened_at__gt=NOW).exists()
    messages = Entry.objects.exclude(body="").count()
    assert messages >= 2 * TICKETS * 0.98


@pytest.mark.rule("R-070", "R-073", "R-075")
def test_windows_are_those_of_the_rules_and_nothing_is_left_to_do() -> None:
    for window in Window.objects.all():
        assert (window.last_day, window.reminder_on) == (window.span.last_day, window.span.reminder_on)
        if window.outcome == windows.Outcome.EXPIRED:
            assert window.ended_at == windows.end_of(window.last_day)
    assert run_deadlines(NOW) == Done()


def test_the_dates_of_the_staff_go_with_the_ticket() -> None:
    solution = Target.objects.filter(promise="solution")
    assert solution.count() == TICKETS
    assert not solution.exclude(due_at=F("ticket__due_at")).exists()
    assert not Target.objects.filter(~Q(ticket__closed_at=None), ended_at=None).exists()


def test_a_poured_ticket_can_be_found_explained_and_worked_on() -> None:
    ticket = Ticket.objects.filter(state=State.IN_ANALYSIS, due_at__gt=NOW).select_related("assignee").first()
    assert ticket is not None
    assert ticket.assignee is not None
    assert Document.objects.filter(subject=f"ticket:{ticket.pk}").exists()
    spans = queries.clock(ticket, now=NOW).spans
    assert sum(span.minutes for span in spans if span.kind is Kind.RUNNING) == ticket.allowance_minutes
    by = actor_of(ticket.assignee, "portal")  # type: ignore[arg-type]
    solved = actions.send_solution(ticket.pk, body="Resolvido.", by=by, now=NOW)
    assert solved.state == State.AWAITING_ACCEPTANCE


def test_what_a_poured_ticket_is_found_by_is_what_its_journal_says() -> None:
    for ticket in Ticket.objects.order_by("?")[:40]:
        document = Document.objects.filter(subject=f"ticket:{ticket.pk}").values_list("words", flat=True)
        poured = document.get()
        actions.make_findable(ticket.pk)
        assert document.get() == poured
