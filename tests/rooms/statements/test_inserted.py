"""A row put in by a statement made once is the row that Django would have written."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.forms.models import model_to_dict
from django.test.utils import CaptureQueriesContext

from farol.journal.models import Entry
from farol.statements.inserted import Insertion
from farol.tickets.models import Target, Ticket
from tests.world import World, at

NOW = at("2026-11-24 10:12")


def entry(**about: object) -> Entry:
    return Entry(name="ticket.noted", subject="ticket:1", channel="portal", happened_at=NOW, body="Ação", **about)


@pytest.mark.django_db
def test_the_database_gives_the_key_and_its_defaults() -> None:
    put = Insertion(Entry)
    with CaptureQueriesContext(connection) as queries:
        first, second = put(entry(facts={"due": ["a", "b"]})), put(entry(is_internal=True))
    assert len(queries) == 2
    assert second.pk > first.pk
    stored = Entry.objects.get(pk=first.pk)
    assert (stored.body, stored.facts, stored.happened_at, stored.actor_id) == ("Ação", {"due": ["a", "b"]}, NOW, None)
    assert stored.recorded_at is not None
    assert Entry.objects.get(pk=second.pk).is_internal


def test_an_object_that_brings_its_key_is_stored_whole_and_saved_again_as_ever(world: World) -> None:
    old = world.open(NOW)
    new = Ticket.objects.get(pk=old.pk)
    new.pk = old.pk + 1_000
    Insertion(Ticket, with_key=True)(new)
    stored = Ticket.objects.get(pk=new.pk)
    assert {**model_to_dict(stored), "id": old.pk} == model_to_dict(Ticket.objects.get(pk=old.pk))
    new.subject = "Outro"
    new.save()
    assert Ticket.objects.get(pk=new.pk).subject == "Outro"


def test_what_the_database_refuses_is_refused(world: World) -> None:
    ticket = world.open(NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Insertion(Ticket, with_key=True)(ticket)


@pytest.mark.django_db
def test_a_few_rows_are_put_in_at_once_each_with_its_own_key() -> None:
    rows = [entry(facts={"place": place}) for place in range(3)]
    with CaptureQueriesContext(connection) as queries:
        Insertion(Entry).all(rows)
    assert len(queries) == 1
    assert [Entry.objects.get(pk=row.pk).facts["place"] for row in rows] == [0, 1, 2]


def test_a_row_and_those_that_point_at_it_are_one_statement(world: World) -> None:
    old = world.open(NOW)
    new, (date, *_) = Ticket.objects.get(pk=old.pk), old.targets.order_by("pk")
    new.pk = old.pk + 1_000
    target = Target(
        ticket=new,
        promise=date.promise,
        started_at=NOW,
        calendar_version_id=date.calendar_version_id,
        minutes=60,
        due_at=NOW,
    )
    with CaptureQueriesContext(connection) as queries:
        Insertion(Ticket, with_key=True).with_its(new, Insertion(Target), [target])
    assert len(queries) == 1
    assert list(Ticket.objects.get(pk=new.pk).targets.all()) == [target]


@pytest.mark.django_db
def test_a_statement_around_the_insertion_goes_on_from_its_key() -> None:
    told = Insertion(Entry, within="WITH put AS ({}) SELECT put.id + 1 FROM put")(entry())
    assert Entry.objects.get(pk=told.pk - 1).body == "Ação"
