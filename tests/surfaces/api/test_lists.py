"""Lists: filters, orders, cursors, and how many questions they ask of the database."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from farol.tickets import actions
from tests.calling import Program
from tests.world import CRITICAL, LOW, MEDIUM, World, at


def numbers(program: Program, **wanted: object) -> list[int]:
    return [item["number"] for item in program.get("/tickets", **wanted)["items"]]


def test_filters_narrow_and_add_up(world: World, analyst: Program) -> None:
    now = timezone.now()
    low, critical = world.open(now, impact=LOW), world.open(now, impact=CRITICAL)
    theirs = world.open(now, by=world.bruno, impact=MEDIUM, subject="Relatório de estoque em branco")
    actions.assign_ticket(critical.pk, to=world.rafael, by=world.by(world.rafael), now=now)
    actions.transfer_ticket(low.pk, area=world.factory, reason="Código", by=world.by(world.rafael), now=timezone.now())
    assert numbers(analyst) == [theirs.pk, critical.pk, low.pk]
    assert numbers(analyst, state="in_analysis") == [critical.pk]
    assert numbers(analyst, state=["open", "in_analysis"], severity=["low", "critical"]) == [critical.pk, low.pk]
    assert numbers(analyst, area=world.factory.pk) == [low.pk]
    assert numbers(analyst, organization=world.boa_vista.pk) == [theirs.pk]
    assert numbers(analyst, assignee="me") == [critical.pk]
    assert numbers(analyst, assignee=str(world.jussara.pk)) == []
    assert numbers(analyst, q="estoque relatorios") == [theirs.pk]
    assert numbers(analyst, q=str(low.pk)) == [low.pk]
    assert numbers(analyst, q="estoque", severity="low") == []
    assert numbers(analyst, order="due") == [critical.pk, theirs.pk, low.pk]
    assert numbers(analyst, order="-opened") == [theirs.pk, critical.pk, low.pk]


def test_the_newest_is_the_one_opened_last_not_the_one_brought_in_last(world: World, analyst: Program) -> None:
    newer, older = world.open(at("2026-11-20 09:00")), world.open(at("2026-11-19 09:00"))
    assert numbers(analyst) == [newer.pk, older.pk]


def test_a_customer_finds_their_own_however_much_others_wrote_since(
    world: World, contact: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("farol.tickets.queries.queue.FOUND_AT_MOST", 2)
    mine = world.open(timezone.now())
    for _ in range(3):
        world.open(timezone.now(), by=world.bruno)
    assert numbers(contact, q="rejeição") == [mine.pk]


@pytest.mark.parametrize("order", ["due", "-opened"])
def test_pages_hold_every_ticket_once_in_order(world: World, analyst: Program, order: str) -> None:
    now = timezone.now()
    for hours in (3, 1, 1, 2, 5, 1, 4):
        world.open(now - timedelta(hours=hours))
    whole = numbers(analyst, order=order)
    seen, cursor, pages = [], "", 0
    while cursor is not None:
        page = analyst.get("/tickets", order=order, limit=3, **({"cursor": cursor} if cursor else {}))
        seen += [item["number"] for item in page["items"]]
        cursor, pages = page["next"], pages + 1
        if pages == 1:
            world.open(now)  # one more while reading on: nothing is skipped or repeated
    assert [number for number in seen if number in whole] == whole
    assert len(seen) == len(set(seen))


def test_a_timeline_is_read_on_with_its_cursor(world: World, contact: Program) -> None:
    path = f"/tickets/{world.open(timezone.now()).pk}"
    for count in range(5):
        contact.post(f"{path}/messages", {"body": f"Mensagem {count}"})
    whole = contact.get(f"{path}/timeline")
    assert whole["next"] is None
    first = contact.get(f"{path}/timeline", limit=4)
    rest = contact.get(f"{path}/timeline", limit=4, cursor=first["next"])
    assert first["items"] + rest["items"] == whole["items"]
    assert rest["next"] is None


def test_the_list_asks_as_much_for_fifty_as_for_one(
    world: World, contact: Program, analyst: Program, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    now = timezone.now()
    rafael = world.by(world.rafael)
    for count in range(12):
        ticket = world.open(now)
        if count % 3 == 0:
            actions.send_solution(ticket.pk, body="Pronto.", by=rafael, now=now)
        if count % 6 == 0:
            actions.accept_solution(ticket.pk, by=world.by(world.marina), now=now)
            actions.continue_ticket(ticket.pk, by=world.by(world.marina), now=now)
    with django_assert_num_queries(4):  # token, tickets, solutions, links
        contact.get("/tickets")
    with django_assert_num_queries(5):  # and the hours logged
        analyst.get("/tickets")
    with django_assert_num_queries(4):
        assert len(contact.get("/tickets", state="awaiting_acceptance", limit=1)["items"]) == 1


def test_one_ticket_and_its_history_ask_little(
    world: World, contact: Program, analyst: Program, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ticket = world.solved(timezone.now())
    with django_assert_num_queries(4):  # token, ticket, solution, links
        contact.get(f"/tickets/{ticket.pk}")
    with django_assert_num_queries(5):  # and the hours logged
        analyst.get(f"/tickets/{ticket.pk}")
    for count in range(3):
        contact.post(f"/tickets/{ticket.pk}/messages", {"body": f"Mensagem {count}"})
    with django_assert_num_queries(4):  # token, ticket, entries, people
        contact.get(f"/tickets/{ticket.pk}/timeline")


def test_opening_and_replying_ask_little(
    world: World, contact: Program, analyst: Program, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    new = {
        "product": world.product.pk,
        "module": world.module.pk,
        "kind": "nonconformity",
        "subject": "Rejeição 778",
        "description": "Ao transmitir a NF-e, a SEFAZ devolve a rejeição 778.",
        "impact": {"usability": "severe", "workaround": "manual", "critical_operation": False, "data_corruption": "no"},
    }
    contact.post("/tickets", new)  # the calendars are read once
    with django_assert_num_queries(2 + 7):  # token, module, entitlement, number, entry and job, ticket and dates, index
        number = contact.post("/tickets", new)["number"]
    with django_assert_num_queries(2 + 5):  # token, ticket, dates kept, entry and job, ticket
        analyst.post(f"/tickets/{number}/messages", {"body": "Qual é a versão instalada?"})


def test_the_catalogue_marks_what_is_mine_in_few_questions(
    world: World, contact: Program, analyst: Program, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(6):
        (line,) = contact.get("/catalog")["lines"]
    mine = next(product for product in line["products"] if product["contracted"])
    assert mine == {
        "id": world.product.pk,
        "name": "Horizonte ERP",
        "code": "erp",
        "contracted": True,
        "installed": {"id": world.version.pk, "name": "12.4.2"},
        "modules": [{"id": world.module.pk, "name": "Faturamento · NF-e"}],
        "versions": [{"id": world.version.pk, "name": "12.4.2", "released_on": "2026-06-01"}],
    }
    assert [product["contracted"] for product in line["products"]].count(True) == 1
    assert not any(product["contracted"] for product in analyst.get("/catalog")["lines"][0]["products"])
