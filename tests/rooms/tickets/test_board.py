"""The desk's queue and the numbers beside it."""

from __future__ import annotations

import pytest

from farol.kernel.actor import Channel
from farol.tickets import actions, queries
from farol.tickets.queries import Filters, Group, Line, Mark
from tests.world import CRITICAL, LOW, World, at

NOW = at("2026-11-24 09:00")


def numbers(world: World, filters: Filters, **options: object) -> list[int]:
    return [line.number for line in lines(world, filters, **options)]


def lines(world: World, filters: Filters, **options: object) -> tuple[Line, ...]:
    return queries.board(world.by(world.rafael), filters, now=NOW, **options).lines  # type: ignore[arg-type]


def test_a_ticket_stands_in_the_group_of_its_deadline(world: World) -> None:
    overdue = world.open(at("2026-11-23 07:00"), impact=CRITICAL)
    today = world.open(at("2026-11-23 09:00"))
    coming = world.open(at("2026-11-24 08:00"), impact=LOW)
    paused = world.open(at("2026-11-23 07:30"), impact=CRITICAL)
    actions.ask_customer(paused.pk, body="E o XML?", by=world.by(world.rafael), now=at("2026-11-23 08:00"))
    found = {line.number: (line.group, line.minutes) for line in lines(world, Filters(areas=[world.fiscal.pk]))}
    assert found == {
        overdue.pk: (Group.OVERDUE, -240),
        today.pk: (Group.TODAY, 480),
        coming.pk: (Group.COMING, 2340),
        paused.pk: (Group.PAUSED, 570),
    }


@pytest.mark.rule("R-018")
def test_by_due_date_alone_the_channel_does_not_count(world: World) -> None:
    phone = world.open(at("2026-11-24 07:00"), channel=Channel.PHONE)
    portal = world.open(at("2026-11-24 08:00"))
    assert numbers(world, Filters()) == [portal.pk, phone.pk]
    assert numbers(world, Filters(), by_due=True) == [phone.pk, portal.pk]


@pytest.mark.parametrize("by_due", [False, True])
def test_pages_go_on_where_they_ended_and_miss_nobody(world: World, *, by_due: bool) -> None:
    impacts = [CRITICAL, LOW, CRITICAL, LOW, CRITICAL]
    opened = [world.open(at(f"2026-11-23 {hour:02}:00"), impact=impact) for hour, impact in enumerate(impacts, 8)]
    actions.ask_customer(opened[0].pk, body="E o XML?", by=world.by(world.rafael), now=at("2026-11-23 16:00"))
    whole = numbers(world, Filters(areas=[world.fiscal.pk]), by_due=by_due)
    found: list[int] = []
    after: Mark | None = None
    for _ in range(3):
        page = queries.board(
            world.by(world.rafael), Filters(areas=[world.fiscal.pk]), now=NOW, by_due=by_due, after=after, limit=2
        )
        found += [line.number for line in page.lines]
        after = page.next
    assert found == whole
    assert after is None
    assert sorted(found) == [ticket.pk for ticket in opened]


def test_areas_are_merged_into_one_order(world: World) -> None:
    first = world.open(at("2026-11-23 08:00"))
    second = world.open(at("2026-11-23 09:00"))
    actions.transfer_ticket(
        first.pk, area=world.factory, reason="Corrigir o fonte.", by=world.by(world.rafael), now=at("2026-11-23 10:00")
    )
    assert numbers(world, Filters(areas=[world.fiscal.pk, world.factory.pk])) == [first.pk, second.pk]
    assert numbers(world, Filters(areas=[world.fiscal.pk])) == [second.pk]


def test_filters_narrow_the_queue(world: World) -> None:
    low, critical = (
        world.open(NOW, impact=LOW),
        world.open(NOW, impact=CRITICAL, by=world.bruno, subject="Cupom em branco"),
    )
    actions.assign_ticket(low.pk, to=world.rafael, by=world.by(world.rafael), now=NOW)
    narrowed = {
        low.pk: [
            Filters(severities=["low"]),
            Filters(states=["in_analysis"]),
            Filters(assignee=world.rafael.pk),
            Filters(organization=world.serra_azul.pk),
        ],
        critical.pk: [Filters(unassigned=True), Filters(text="brancos"), Filters(severities=["critical"])],
    }
    for number, each in narrowed.items():
        assert [numbers(world, filters) for filters in each] == [[number]] * len(each)
    assert numbers(world, Filters(products=[world.other_product.pk])) == []
    assert numbers(world, Filters(plans=["sla"])) == []
    assert numbers(world, Filters(plans=["standard"], products=[world.product.pk])) == [critical.pk, low.pk]


def test_a_postponed_solution_says_until_when(world: World) -> None:
    ticket = world.solved(NOW)
    actions.postpone_acceptance(ticket.pk, by=world.by(world.marina), now=NOW)
    assert [str(line.postponed_until) for line in lines(world, Filters())] == ["2027-01-08"]


def test_a_customer_has_no_desk(world: World) -> None:
    world.open(NOW)
    marina = world.by(world.marina)
    assert queries.board(marina, Filters(), now=NOW).lines == ()
    assert queries.counts(marina, areas=[world.fiscal.pk], team=[world.fiscal.pk]).areas == {}


def test_counts_follow_the_hands_a_ticket_is_in(world: World) -> None:
    rafael = world.by(world.rafael)
    for _ in range(2):
        world.open(NOW)
    asked, moved = world.open(NOW), world.open(NOW)
    world.solved(NOW)
    actions.ask_customer(asked.pk, body="E o XML?", by=rafael, now=NOW)
    actions.transfer_ticket(moved.pk, area=world.factory, reason="Corrigir o fonte.", by=rafael, now=NOW)
    found = queries.counts(rafael, areas=[world.fiscal.pk, world.factory.pk], team=[world.fiscal.pk])
    assert found == queries.Counts(
        mine=2, unassigned=2, awaiting_customer=1, awaiting_acceptance=1,
        areas={world.fiscal.pk: 4, world.factory.pk: 1},
    )  # fmt: skip
