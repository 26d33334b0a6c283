"""The consulting flow with its money: announced, agreed to, worked, accepted or silent, billed once (section 9)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from farol.access.rules import ServiceNotReleased
from farol.billing.models import BillingEntry
from farol.contracts import actions as contracts
from farol.contracts import queries as prices
from farol.contracts.models import PriceLine
from farol.contracts.rules.prices import Price, PriceMissing, Sold, Unit
from farol.journal.models import Entry
from farol.tickets import actions
from farol.tickets.jobs import run_deadlines
from farol.tickets.models import Ticket, Window
from farol.tickets.queries import Subject
from farol.tickets.rules.charges import ChargeNotAuthorized, OutcomeMissing, Responsibility, Service
from farol.tickets.rules.lifecycle import NotYoursToDo, State
from farol.tickets.rules.severity import Kind
from tests.world import CONSULTING, LOW, World, at

OPENED = at("2026-11-24 09:00")
ASKED = at("2026-11-24 09:30")
AGREED = at("2026-11-24 10:00")
SENT = at("2026-11-24 13:00")
YEAR = timedelta(days=365)


def consulting(world: World, *, conditional: bool = False, agreed: bool = True, sold: Sold = Sold.CONSULTING) -> Ticket:
    """A question that became consulting, with its charge announced and, unless told otherwise, agreed to."""
    ticket = world.open(OPENED, impact=LOW)
    staff = world.by(world.rafael)
    actions.transfer_ticket(ticket.pk, area=world.consulting, reason="É consultoria.", by=staff, now=ASKED)
    _ask(world, ticket, sold, conditional)
    if agreed:
        actions.approve(ticket.pk, by=world.by(world.marina), now=AGREED)
    return Ticket.objects.get(pk=ticket.pk)


def _ask(world: World, ticket: Ticket, sold: Sold, conditional: bool) -> None:
    actions.ask_authorization(
        ticket.pk,
        body="Parametrizar o ICMS.",
        sold=sold,
        is_conditional=conditional,
        by=world.by(world.rafael),
        now=ASKED,
    )


def worked(world: World, ticket: Ticket, minutes: int, *, since: datetime = AGREED, billable: bool = True) -> None:
    actions.log_work(
        ticket.pk,
        started_at=since,
        ended_at=since + timedelta(minutes=minutes),
        activity="Parametrização",
        is_billable=billable,
        by=world.by(world.rafael),
        now=since + timedelta(minutes=minutes),
    )


def solved(world: World, ticket: Ticket, now: datetime = SENT) -> Window:
    actions.send_solution(ticket.pk, body="Pronto.", by=world.by(world.rafael), now=now)
    return Window.objects.filter(ticket=ticket).latest("id")


@pytest.mark.rule("R-093")
def test_of_a_services_prices_the_newest_that_has_begun_holds(world: World) -> None:
    dearer = Price(Sold.CONSULTING, Unit.MINUTE, 500)
    contracts.set_price(dearer, valid_from=date(2026, 12, 1))
    assert prices.price_of(Sold.CONSULTING, on=date(2026, 11, 30)) == CONSULTING
    assert prices.prices_in_force(date(2026, 12, 1))[Sold.CONSULTING] == dearer
    with pytest.raises(PriceMissing):
        prices.price_of(Sold.CONSULTING, on=date(2019, 12, 31))


@pytest.mark.rule("R-090")
def test_no_billable_minute_of_consulting_before_the_customer_agreed(world: World) -> None:
    ticket = consulting(world, agreed=False)
    with pytest.raises(ChargeNotAuthorized):
        worked(world, ticket, 30, since=ASKED)
    worked(world, ticket, 10, since=ASKED, billable=False)
    actions.approve(ticket.pk, by=world.by(world.marina), now=AGREED)
    with pytest.raises(ChargeNotAuthorized):  # begun a minute too early
        worked(world, ticket, 30, since=AGREED - timedelta(minutes=1))
    worked(world, ticket, 30)


@pytest.mark.rule("R-090", "R-242")
def test_the_terms_are_frozen_with_the_words_and_sealed_with_the_answer(world: World) -> None:
    ticket = consulting(world)
    contracts.set_price(Price(Sold.CONSULTING, Unit.MINUTE, 900), valid_from=date(2026, 11, 24))
    agreed = Window.objects.get(ticket=ticket)
    assert agreed.statement == {"price": CONSULTING.kept(), "is_conditional": False}
    assert agreed.evidence["name"] == "Marina Prado"
    assert len(agreed.evidence["statement_sha256"]) == 64
    worked(world, ticket, 37)
    assert solved(world, ticket).statement["total_cents"] == 16_280


@pytest.mark.rule("R-090")
def test_a_refused_charge_closes_at_no_cost(world: World) -> None:
    ticket = consulting(world, agreed=False)
    actions.decline(ticket.pk, by=world.by(world.marina), now=AGREED, reason="Caro.")
    assert Ticket.objects.get(pk=ticket.pk).state == State.CANCELLED
    assert not BillingEntry.objects.exists()


@pytest.mark.rule("R-093", "R-095", "R-076")
@pytest.mark.parametrize(
    ("sold", "minutes", "cents"),
    [
        (Sold.CONSULTING, 37, 16_280),
        (Sold.EMERGENCY, 37, 36_000),
        (Sold.CONSULTING, 125, 55_000),
        (Sold.EMERGENCY, 125, 108_000),
    ],
)
def test_accepted_hours_are_on_the_bill_once_to_the_cent(world: World, sold: Sold, minutes: int, cents: int) -> None:
    ticket = consulting(world, sold=sold)
    worked(world, ticket, minutes)
    statement = solved(world, ticket).statement
    assert (statement["billable_minutes"], statement["total_cents"]) == (minutes, cents)

    actions.accept_solution(ticket.pk, by=world.by(world.marina), now=SENT + timedelta(hours=1))

    entry = BillingEntry.objects.get()
    assert (entry.source, entry.minutes, entry.total_cents) == (f"ticket:{ticket.pk}", minutes, cents)
    assert entry.organization_id == world.serra_azul.pk
    assert Entry.objects.get(name="ticket.accepted").facts["total_cents"] == cents


@pytest.mark.rule("R-095", "R-073")
def test_silence_bills_what_was_authorised(world: World) -> None:
    ticket = consulting(world)
    worked(world, ticket, 37)
    solved(world, ticket)
    run_deadlines(SENT + YEAR)
    run_deadlines(SENT + YEAR)
    assert Ticket.objects.get(pk=ticket.pk).state == State.CLOSED_SILENT
    assert BillingEntry.objects.get().total_cents == 16_280


@pytest.mark.rule("R-095")
def test_silence_bills_nothing_that_was_never_authorised(world: World) -> None:
    ticket = world.open(OPENED)
    worked(world, ticket, 150)
    assert solved(world, ticket).statement["billable_minutes"] == 150
    run_deadlines(SENT + YEAR)
    assert Ticket.objects.get(pk=ticket.pk).state == State.CLOSED_SILENT
    assert not BillingEntry.objects.exists()


@pytest.mark.rule("R-095", "R-076")
def test_billable_support_that_was_accepted_is_billed_at_the_price_in_force(world: World) -> None:
    ticket = world.open(OPENED)
    worked(world, ticket, 150)
    solved(world, ticket)
    actions.accept_solution(ticket.pk, by=world.by(world.marina), now=SENT)
    assert BillingEntry.objects.get().total_cents == 66_000


@pytest.mark.rule("R-093")
def test_without_any_price_the_hours_are_billed_and_the_value_is_open(world: World) -> None:
    PriceLine.objects.all().delete()
    ticket = world.open(OPENED)
    worked(world, ticket, 150)
    assert solved(world, ticket).statement["total_cents"] is None
    actions.accept_solution(ticket.pk, by=world.by(world.marina), now=SENT)
    assert BillingEntry.objects.get().total_cents is None
    with pytest.raises(PriceMissing):
        _ask(world, world.open(OPENED), Sold.CONSULTING, False)


@pytest.mark.rule("R-074")
def test_abandoned_for_want_of_an_answer_bills_the_authorised_hours_and_no_more(world: World) -> None:
    ticket = consulting(world)
    worked(world, ticket, 37)
    actions.ask_customer(ticket.pk, body="Qual é o CFOP?", by=world.by(world.rafael), now=SENT)
    plain = world.open(OPENED)
    worked(world, plain, 20, since=SENT - timedelta(hours=1))
    actions.ask_customer(plain.pk, body="Qual é o CFOP?", by=world.by(world.rafael), now=SENT)
    run_deadlines(SENT + YEAR)
    assert {t.state for t in Ticket.objects.all()} == {State.CLOSED_ABANDONED}
    assert BillingEntry.objects.get().source == f"ticket:{ticket.pk}"


@pytest.mark.rule("R-094", "R-081")
def test_what_the_vendor_caused_is_waived_with_its_reason(world: World) -> None:
    ticket = consulting(world)
    worked(world, ticket, 37)
    actions.record_responsibility(
        ticket.pk, responsibility=Responsibility.VENDOR, reason="Erro do programa.", by=world.by(world.rafael), now=SENT
    )
    statement = solved(world, ticket).statement
    assert (statement["billable_minutes"], statement["total_cents"], statement["waived_minutes"]) == (0, 0, 37)
    actions.accept_solution(ticket.pk, by=world.by(world.marina), now=SENT)
    assert not BillingEntry.objects.exists()
    assert Entry.objects.get(name="ticket.responsibility_recorded").body == "Erro do programa."


@pytest.mark.rule("R-094")
def test_a_waiver_after_the_solution_was_sent_still_counts(world: World) -> None:
    ticket = consulting(world)
    worked(world, ticket, 37)
    solved(world, ticket)
    actions.record_responsibility(
        ticket.pk, responsibility=Responsibility.VENDOR, reason="Erro nosso.", by=world.by(world.rafael), now=SENT
    )
    actions.accept_solution(ticket.pk, by=world.by(world.marina), now=SENT)
    assert not BillingEntry.objects.exists()


@pytest.mark.rule("R-081")
def test_a_charge_on_condition_waits_for_the_cause(world: World) -> None:
    ticket = consulting(world, conditional=True)
    worked(world, ticket, 37)
    with pytest.raises(OutcomeMissing):
        solved(world, ticket)
    actions.record_responsibility(
        ticket.pk, responsibility=Responsibility.THIRD_PARTY, reason="É o banco.", by=world.by(world.rafael), now=SENT
    )
    assert solved(world, ticket).statement["total_cents"] == 16_280


def test_only_the_staff_says_whose_the_cause_was(world: World) -> None:
    ticket = consulting(world)
    with pytest.raises(NotYoursToDo):
        actions.record_responsibility(
            ticket.pk,
            responsibility=Responsibility.VENDOR,
            reason="Foi a vendedora.",
            by=world.by(world.marina),
            now=SENT,
        )


@pytest.mark.rule("R-011")
def test_only_whom_consulting_was_released_to_opens_it_or_agrees_to_its_charge(world: World) -> None:
    ticket = consulting(world, agreed=False)
    with pytest.raises(ServiceNotReleased):
        actions.approve(ticket.pk, by=world.by(world.joao), now=AGREED)
    with pytest.raises(ServiceNotReleased):
        opened_as_consulting(world, by_administrator=False)
    opened = opened_as_consulting(world, by_administrator=True)
    assert (opened.service, opened.area_id) == (Service.CONSULTING, world.consulting.pk)
    assert Ticket.objects.get(pk=opened.pk).service == Service.CONSULTING
    assert world.open(OPENED).service == Service.SUPPORT


def opened_as_consulting(world: World, *, by_administrator: bool) -> Ticket:
    person = world.marina if by_administrator else world.joao
    return actions.open_ticket(
        Subject(world.product, world.module, None),
        contact=person,
        kind=Kind.QUESTION,
        subject="Como parametrizar o ICMS",
        description="Precisamos de orientação para parametrizar o ICMS.",
        impact=LOW,
        by=world.by(person),
        now=OPENED,
        service=Service.CONSULTING,
    )


@pytest.mark.rule("R-004", "R-067")
def test_a_transfer_changes_the_flow_and_not_the_clock(world: World) -> None:
    ticket = world.open(OPENED)
    staff = world.by(world.rafael)
    there = actions.transfer_ticket(
        ticket.pk, area=world.factory, reason="Erro.", expected_on=date(2026, 11, 27), by=staff, now=ASKED
    )
    assert (there.service, there.due_at) == (Service.SUPPORT, ticket.due_at)
    assert Entry.objects.filter(name="ticket.transferred").latest("id").facts["expected_on"] == "2026-11-27"
    consulted = actions.transfer_ticket(ticket.pk, area=world.consulting, reason="Consultoria.", by=staff, now=ASKED)
    assert consulted.service == Service.CONSULTING
    sent_on = actions.transfer_ticket(ticket.pk, area=world.factory, reason="Erro.", by=staff, now=ASKED)
    assert sent_on.service == Service.CONSULTING
    back = actions.transfer_ticket(ticket.pk, area=world.fiscal, reason="De volta.", by=staff, now=ASKED)
    assert (back.service, back.due_at, back.opened_at) == (Service.SUPPORT, ticket.due_at, OPENED)


@pytest.mark.rule("R-056")
def test_the_two_questions_of_the_flow_are_kept_on_the_ticket_and_leave_the_clock_alone(world: World) -> None:
    ticket = world.open(OPENED)
    assert (ticket.is_right_area, ticket.is_question) == (None, None)
    actions.triage_ticket(ticket.pk, is_right_area=False, is_question=True, by=world.by(world.rafael), now=ASKED)
    actions.triage_ticket(ticket.pk, is_right_area=True, is_question=True, by=world.by(world.rafael), now=ASKED)
    kept = Ticket.objects.get(pk=ticket.pk)
    assert (kept.is_right_area, kept.is_question, kept.due_at, kept.state) == (True, True, ticket.due_at, State.OPEN)
    assert Entry.objects.filter(name="ticket.triaged", is_internal=True).count() == 2
    with pytest.raises(NotYoursToDo):
        actions.triage_ticket(ticket.pk, is_right_area=True, is_question=True, by=world.by(world.marina), now=ASKED)
