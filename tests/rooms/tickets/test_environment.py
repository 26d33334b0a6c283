"""The customer's own environment, in the order of the rule (R-080 to R-083)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from farol.billing.models import BillingEntry
from farol.catalog import actions as catalog
from farol.catalog import queries as tools
from farol.catalog.models import Tool
from farol.contracts import actions as contracts
from farol.contracts.rules.prices import Price, Sold, Unit
from farol.journal.models import Entry
from farol.kernel.errors import FieldsRefused
from farol.tickets import actions
from farol.tickets.jobs import run_deadlines
from farol.tickets.models import DatabaseCopy, RemoteSession, Task, Ticket, Window
from farol.tickets.rules.charges import Responsibility
from farol.tickets.rules.environment import (
    AccessExpired,
    AccessNotAuthorized,
    Asker,
    AttemptMissing,
    CopyDeleted,
    refuse_access,
)
from farol.tickets.rules.lifecycle import NotYoursToDo
from tests.world import World, at

OPENED = at("2026-11-24 09:00")
NOW = at("2026-11-24 10:00")
UNTIL = date(2026, 12, 1)


def tried(world: World, *, reproduced: bool = False) -> Ticket:
    ticket = world.open(OPENED)
    actions.record_attempt(
        ticket.pk, steps="Emitimos a mesma nota.", reproduced=reproduced, by=world.by(world.rafael), now=NOW
    )
    return ticket


def asked(world: World, ticket: Ticket) -> None:
    actions.ask_database(
        ticket.pk, body="Só acontece na base de vocês.", scope="Tabelas fiscais", valid_until=UNTIL,
        by=world.by(world.rafael), now=NOW,
    )  # fmt: skip


def authorised(world: World) -> Ticket:
    ticket = tried(world)
    asked(world, ticket)
    actions.approve(ticket.pk, by=world.by(world.marina), now=NOW)
    return ticket


@pytest.mark.rule("R-080")
def test_attempt_then_authorisation_with_the_charge_then_access(world: World) -> None:
    staff = world.by(world.rafael)
    untried = world.open(OPENED)
    with pytest.raises(AttemptMissing):
        actions.access_database(untried.pk, purpose="Ver.", by=staff, now=NOW)
    with pytest.raises(AttemptMissing):
        asked(world, tried(world, reproduced=True))
    ticket = tried(world)
    with pytest.raises(AccessNotAuthorized):
        actions.access_database(ticket.pk, purpose="Ver.", by=staff, now=NOW)
    asked(world, ticket)
    statement = Window.objects.get().statement
    assert statement["access"] == {"scope": "Tabelas fiscais", "valid_until": "2026-12-01"}
    assert (statement["is_conditional"], statement["price"]["rate_cents"]) == (True, 440)
    with pytest.raises(AccessNotAuthorized):
        actions.access_database(ticket.pk, purpose="Ver.", by=staff, now=NOW)
    actions.approve(ticket.pk, by=world.by(world.marina), now=NOW)

    actions.access_database(ticket.pk, purpose="Conferir o NCM.", by=staff, now=NOW)

    told = Entry.objects.get(name="ticket.database_accessed")
    assert (told.body, told.is_internal) == ("Conferir o NCM.", False)
    with pytest.raises(AccessExpired):
        actions.access_database(ticket.pk, purpose="Ver.", by=staff, now=at("2026-12-02 09:00"))


@pytest.mark.rule("R-080", "R-090")
def test_refused_access_ends_at_no_cost(world: World) -> None:
    ticket = tried(world)
    asked(world, ticket)
    actions.decline(ticket.pk, by=world.by(world.marina), now=NOW)
    assert Ticket.objects.get(pk=ticket.pk).state == "cancelled"
    assert not BillingEntry.objects.exists()


@pytest.mark.rule("R-080")
@pytest.mark.parametrize("valid_until", [date(2026, 11, 23), date(2027, 11, 24)])
def test_an_authorisation_has_an_end_in_sight(world: World, valid_until: date) -> None:
    ticket = tried(world)
    with pytest.raises(FieldsRefused):
        actions.ask_database(
            ticket.pk, body="Base.", scope="Tudo", valid_until=valid_until, by=world.by(world.rafael), now=NOW
        )


@pytest.mark.rule("R-080")
@pytest.mark.parametrize(
    ("has_attempt", "until", "refusal"),
    [
        (False, None, AttemptMissing),
        (False, UNTIL, AttemptMissing),
        (True, None, AccessNotAuthorized),
        (True, date(2026, 11, 23), AccessExpired),
    ],
)
def test_what_is_missing_first_is_said_first(has_attempt: bool, until: date | None, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        refuse_access(has_attempt=has_attempt, authorised_until=until, today=date(2026, 11, 24))


@pytest.mark.rule("R-083")
def test_a_copy_ends_with_a_proof_and_is_asked_for_when_it_does_not(world: World) -> None:
    ticket, staff = authorised(world), world.by(world.rafael)
    with pytest.raises(FieldsRefused):
        actions.copy_database(ticket.pk, name="Cópia", expires_on=UNTIL + timedelta(days=1), by=staff, now=NOW)
    copy = actions.copy_database(ticket.pk, name="servidor-7", expires_on=UNTIL, by=staff, now=NOW)
    run_deadlines(at("2026-12-01 23:00"))
    assert not Task.objects.exists()
    run_deadlines(at("2026-12-02 00:30"))
    run_deadlines(at("2026-12-02 00:31"))
    assert Task.objects.get().words == "servidor-7"

    actions.delete_copy(copy.pk, proof="Disco apagado, ata 12.", by=staff, now=at("2026-12-02 09:00"))

    gone = DatabaseCopy.objects.get()
    assert (gone.proof, gone.deleted_by) == ("Disco apagado, ata 12.", world.rafael)
    assert Task.objects.get().done_at
    with pytest.raises(CopyDeleted):
        actions.delete_copy(copy.pk, proof="De novo.", by=staff, now=at("2026-12-02 09:00"))


@pytest.mark.rule("R-082", "R-093", "R-095")
def test_preparation_is_billed_only_if_it_was_announced_before(world: World) -> None:
    contracts.set_price(Price(Sold.PREPARATION, Unit.MINUTE, 300), valid_from=date(2020, 1, 1))
    vpn = catalog.define_tool(code="vpn", name="VPN do cliente", is_approved=False)
    vigia = catalog.define_tool(code="vigia", name="Vigia")
    assert list(tools.tools()) == [vigia, vpn]
    staff = world.by(world.rafael)
    ticket = world.open(OPENED)

    def session(tool: Tool, since: datetime, now: datetime) -> bool:
        logged = actions.log_session(
            ticket.pk, tool=tool, asked_by=Asker.CUSTOMER, started_at=since, ended_at=since + timedelta(minutes=10),
            preparation_minutes=20, by=staff, now=now,
        )  # fmt: skip
        return logged.is_billed

    assert not session(vpn, NOW, NOW + timedelta(minutes=10))
    actions.announce_preparation(ticket.pk, tool=vpn, by=staff, now=NOW + timedelta(hours=1))
    assert not session(vpn, NOW + timedelta(minutes=30), NOW + timedelta(hours=2))  # told only afterwards
    assert not session(vigia, NOW + timedelta(hours=2), NOW + timedelta(hours=3))
    assert session(vpn, NOW + timedelta(hours=3), NOW + timedelta(hours=4))
    assert RemoteSession.objects.count() == 4
    actions.send_solution(ticket.pk, body="Pronto.", by=staff, now=NOW + timedelta(hours=6))
    actions.accept_solution(ticket.pk, by=world.by(world.marina), now=NOW + timedelta(hours=7))
    entry = BillingEntry.objects.get()
    assert (entry.minutes, entry.total_cents) == (20, 6_000)


@pytest.mark.rule("R-081", "R-080")
def test_after_an_access_the_solution_says_whose_the_cause_was(world: World) -> None:
    ticket, staff = authorised(world), world.by(world.rafael)
    actions.log_work(
        ticket.pk, started_at=NOW, ended_at=NOW + timedelta(minutes=37), activity="Na base", is_billable=True,
        by=staff, now=NOW + timedelta(hours=1),
    )  # fmt: skip
    actions.record_responsibility(
        ticket.pk,
        responsibility=Responsibility.CUSTOMER,
        reason="Cadastro errado.",
        by=staff,
        now=NOW + timedelta(hours=1),
    )
    actions.send_solution(ticket.pk, body="Corrija o NCM.", by=staff, now=NOW + timedelta(hours=1))
    actions.accept_solution(ticket.pk, by=world.by(world.marina), now=NOW + timedelta(hours=2))
    assert BillingEntry.objects.get().total_cents == 16_280


def test_the_customer_does_none_of_it(world: World) -> None:
    ticket, marina = authorised(world), world.by(world.marina)
    with pytest.raises(NotYoursToDo):
        actions.record_attempt(ticket.pk, steps="Eu tentei.", reproduced=True, by=marina, now=NOW)
    with pytest.raises(NotYoursToDo):
        actions.access_database(ticket.pk, purpose="Ver.", by=marina, now=NOW)
