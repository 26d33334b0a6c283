"""A statement compiled once gives what the query would give, for any values."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from farol.contracts.models import Item
from farol.statements.compiled import Statement
from farol.tickets.models import Ticket
from tests.world import World, at


def items(organization: int, on: date) -> QuerySet[Item]:
    return Item.objects.select_related("contract__plan", "product", "installed").filter(
        contract__organization=organization, contract__valid_from__lte=on
    )


def test_rows_become_the_same_objects_with_all_that_was_selected_along(world: World) -> None:
    statement = Statement(items, organization=int, on=date)
    for organization in (world.serra_azul, world.boa_vista, world.serra_azul):
        found = statement.all(organization=organization.pk, on=date(2026, 11, 24))
        assert found == list(items(organization.pk, date(2026, 11, 24)))
        with CaptureQueriesContext(connection) as queries:
            assert [item.contract.plan.code for item in found] == ["padrao"]
            assert found[0].product == world.product
            assert found[0].installed == world.version
            assert found[0].contract.plan.allowances["critical"] == 600
        assert len(queries) == 0


def test_no_row_is_no_object(world: World) -> None:
    assert (
        Statement(items, organization=int, on=date).first(organization=world.serra_azul.pk, on=date(1999, 1, 1)) is None
    )


def test_a_link_that_leads_nowhere_stays_empty(world: World) -> None:
    ticket = world.open(at("2026-11-23 09:00"))
    statement = Statement(
        lambda number: Ticket.objects.select_related("assignee", "module").filter(pk=number), number=int
    )
    found = statement.first(number=ticket.pk)
    assert found == ticket
    assert found is not None
    assert (found.assignee, found.module, found.impact["workaround"]) == (None, world.module, "manual")


def test_one_query_a_use_and_the_same_words_each_time(world: World) -> None:
    statement = Statement(items, organization=int, on=date)
    with CaptureQueriesContext(connection) as queries:
        statement.all(organization=world.serra_azul.pk, on=date(2026, 11, 24))
        statement.all(organization=world.boa_vista.pk, on=date(2026, 11, 24))
    assert len(queries) == 2


def test_a_value_that_the_query_does_not_use_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="colour"):
        Statement(lambda number, colour: Ticket.objects.filter(pk=number), number=int, colour=str).all(
            number=1, colour="red"
        )


@pytest.mark.django_db
def test_what_is_changed_after_reading_is_saved_as_ever(world: World) -> None:
    ticket = world.open(at("2026-11-23 09:00"))
    found = Statement(lambda number: Ticket.objects.filter(pk=number), number=int).first(number=ticket.pk)
    assert found is not None
    found.subject = "Outro assunto"
    found.save(update_fields=["subject"])
    assert Ticket.objects.get(pk=ticket.pk).subject == "Outro assunto"
