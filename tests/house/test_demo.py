"""The demonstration: half a year of tickets, the same every time, with an example of everything."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction

from farol.billing import queries as billed
from farol.files.models import Attachment
from farol.house.seeding.catalogue import furnish
from farol.house.seeding.demo import loading
from farol.house.seeding.demo.cast import PASSWORD, move_in
from farol.house.seeding.demo.plan import Planner, Story
from farol.journal.models import Entry
from farol.kernel.actor import Channel
from farol.people.models import Organization, Person, Token
from farol.people.queries import actor_of, token_of
from farol.tickets import queries
from farol.tickets.jobs import Done, run_deadlines
from farol.tickets.models import Ticket, Window, WorkEntry
from farol.tickets.queries import Filters, Group
from farol.tickets.rules.lifecycle import State
from farol.tickets.rules.windows import Asked, Outcome
from tests.instants import at

pytestmark = pytest.mark.django_db
NOW = at("2026-11-24 10:12")
TICKETS = 130
REJECTED_778 = "Rejeição 778 ao transmitir NF-e de devolução"


@pytest.fixture(scope="module", autouse=True)
def _half_a_year(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Loaded once for all the tests here, and undone after them."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        assert loading.load(TICKETS, now=NOW)
        yield
        transaction.set_rollback(True)


def test_every_state_has_an_example() -> None:
    assert set(Ticket.objects.values_list("state", flat=True)) == set(State)
    assert Ticket.objects.count() == TICKETS


def test_every_group_of_the_queue_and_every_kind_of_wait_has_an_example() -> None:
    teresa = actor_of(Person.objects.get(email="teresa.nunes@mare.example"), Channel.PORTAL)
    board = queries.board(teresa, Filters(open_only=True), now=NOW, limit=200)
    assert {line.group for line in board.lines} == set(Group)
    waited_for = Window.objects.filter(ended_at=None)
    assert set(waited_for.values_list("asked", flat=True)) == set(Asked)
    assert waited_for.filter(is_postponed=True).exists()
    assert set(Window.objects.exclude(outcome="").values_list("outcome", flat=True)) >= {
        Outcome.ACCEPTED, Outcome.REJECTED, Outcome.ANSWERED, Outcome.DECLINED, Outcome.EXPIRED,
    }  # fmt: skip


def test_the_tickets_of_the_pictures_have_their_clocks() -> None:
    assert left_of("SPED Fiscal recusado no PVA: registro C190 sem CFOP", "Transportes Pampa Sul") == -52
    assert left_of("Folha de 13º: rateio por centro de custo zerado", "Laticínios Serra Azul") == 108
    assert left_of(REJECTED_778, "Laticínios Serra Azul", state="awaiting_acceptance") == 344
    solved = Ticket.objects.filter(
        subject=REJECTED_778, state="awaiting_acceptance", contact__name="Marina Prado"
    ).get()
    window = queries.open_window(solved)
    assert window is not None
    assert (window.last_day - NOW.date()).days == 9
    assert window.statement is not None
    assert window.statement["billable_minutes"] == 150


@pytest.mark.rule("R-060", "R-062")
def test_every_stored_due_date_is_what_the_clock_says() -> None:
    assert [t.pk for t in Ticket.objects.all() if queries.due_of(t) != t.due_at] == []


@pytest.mark.rule("R-055")
def test_history_is_in_the_order_of_time_and_numbers_follow_the_openings() -> None:
    seen: dict[str, datetime] = {}
    for entry in Entry.objects.order_by("id"):
        assert entry.happened_at >= seen.get(entry.subject, entry.happened_at), (entry.subject, entry.name)
        assert entry.happened_at <= NOW
        seen[entry.subject] = entry.happened_at
    opened = list(Ticket.objects.order_by("id").values_list("opened_at", flat=True))
    assert opened == sorted(opened)
    assert NOW - opened[0] > timedelta(days=120)


@pytest.mark.rule("R-054")
def test_nobody_worked_in_two_places_at_once() -> None:
    last: dict[int, datetime] = {}
    for entry in WorkEntry.objects.order_by("analyst", "started_at"):
        assert entry.started_at >= last.get(entry.analyst_id, entry.started_at)
        last[entry.analyst_id] = entry.ended_at
    assert {True, False} == set(WorkEntry.objects.values_list("is_billable", flat=True))


@pytest.mark.rule("R-075")
def test_nothing_is_left_to_do_for_the_deadlines() -> None:
    assert run_deadlines(NOW) == Done()


def test_there_are_people_files_notes_and_a_second_chapter() -> None:
    assert Organization.objects.count() >= 12
    assert Person.objects.filter(kind="contact").count() >= 40
    assert Person.objects.filter(kind="staff").count() >= 10
    assert any(not cnpj.isdigit() for cnpj in Organization.objects.values_list("cnpj", flat=True))
    assert Attachment.objects.filter(subject__startswith="ticket:").count() > 20
    assert Entry.objects.filter(is_internal=True, name="ticket.noted").exists()
    assert Ticket.objects.exclude(continues=None).exists()
    assert set(Ticket.objects.values_list("channel", flat=True)) == {"portal", "phone", "email"}


def test_history_is_news_to_nobody() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs")
        assert cursor.fetchone() == (0,)


def test_a_second_load_adds_nothing() -> None:
    before = (Ticket.objects.count(), Entry.objects.count(), Person.objects.count())
    assert not loading.load(TICKETS, now=NOW)
    assert (Ticket.objects.count(), Entry.objects.count(), Person.objects.count()) == before


def test_each_sign_in_has_its_password_and_a_token_that_works() -> None:
    keys = loading.keys(NOW)
    assert set(keys) == {"contact", "contact_admin", "agent", "manager", "importer"}
    for part, about in keys.items():
        token = token_of(about["token"], now=NOW)
        assert token is not None
        assert token.person.email == about["email"]
        assert token.person.check_password(about["password"])
        assert token.scopes == ([Token.IMPORT] if part == "importer" else [])
    assert keys["contact"]["password"] == PASSWORD


@pytest.mark.parametrize("now", ["2026-11-24 10:12", "2026-11-21 03:00", "2027-01-01 23:59", "2028-02-29 12:00"])
def test_the_same_instant_gives_the_same_stories_all_of_them_past(now: str) -> None:
    first, second = planned(at(now)), planned(at(now))
    assert first == second
    assert all(moment.at <= at(now) for story in first for moment in story.moments)


def left_of(subject: str, company: str, **about: str) -> int:
    open_ones = Ticket.objects.filter(subject=subject, organization__name=company, closed_at=None, **about)
    return queries.minutes_left(open_ones.latest("id"), NOW)


def planned(now: datetime) -> list[Story]:
    furnish()
    return Planner(move_in(now.date()), now).stories(200)


@pytest.mark.rule("R-100", "R-101")
def test_one_company_is_shut_out_by_debt_and_one_is_not_thanks_to_its_agreement() -> None:
    blocked = {one.name for one in Organization.objects.filter(blocked_from__lte=NOW.date())}
    assert blocked == {"Papelaria Tucano"}
    debtor = billed.debtors(NOW.date())[0]
    assert (debtor.titles, debtor.owed_cents, debtor.turned_away) == (2, 297_800, 3)
    maracatu = Organization.objects.get(name="Grupo Maracatu")
    assert billed.agreements_of(maracatu.pk)[0].valid_until > NOW.date()
