"""Messages half written: they survive everything but being sent or discarded."""

from __future__ import annotations

from datetime import timedelta

import pytest

from farol.kernel.errors import FieldsRefused
from farol.people.models import Person
from farol.tickets import actions, queries
from farol.tickets.models import Ticket, Unsent
from farol.tickets.rules.opening import TicketNotFound
from tests.world import World, at

NOW = at("2026-11-24 09:00")


@pytest.fixture
def ticket(world: World) -> Ticket:
    return world.open(NOW - timedelta(hours=1))


def known(person: Person) -> list[int]:
    return Person.objects.get(pk=person.pk).unsent


def test_what_is_typed_is_kept_for_each_person_and_ticket(world: World, ticket: Ticket) -> None:
    for person, body in ((world.rafael, "Ver"), (world.rafael, "Veri"), (world.marina, "Ainda falha")):
        actions.keep_words(ticket.pk, body=body, by=world.by(person), now=NOW, seen=ticket.last_entry_id)
    found = queries.unsent(ticket.pk, by=world.by(world.rafael))
    assert found is not None
    assert (found.body, found.saved_at) == ("Veri", NOW)
    assert Unsent.objects.count() == 2
    assert known(world.rafael) == known(world.marina) == [ticket.pk]
    assert queries.unsent(ticket.pk, by=world.by(world.jussara)) is None


def test_clearing_the_text_discards_it(world: World, ticket: Ticket) -> None:
    by = world.by(world.rafael)
    actions.keep_words(ticket.pk, body="Ver", by=by, now=NOW)
    actions.keep_words(ticket.pk, body="  ", by=by, now=NOW)
    assert not Unsent.objects.exists()
    assert known(world.rafael) == []


def test_a_sent_message_and_its_draft_go_together_or_not_at_all(world: World, ticket: Ticket) -> None:
    by = world.by(world.rafael)
    actions.keep_words(ticket.pk, body="Ver", by=by, now=NOW)
    with pytest.raises(FieldsRefused):
        actions.send_words(ticket.pk, lambda: actions.reply(ticket.pk, body=" ", by=by, now=NOW), by=by)
    assert Unsent.objects.exists()
    actions.send_words(ticket.pk, lambda: actions.reply(ticket.pk, body="Ver", by=by, now=NOW), by=by)
    assert not Unsent.objects.exists()
    assert known(world.rafael) == []


def test_a_late_save_of_a_page_that_was_sent_keeps_nothing(world: World, ticket: Ticket) -> None:
    by, seen = world.by(world.rafael), ticket.last_entry_id
    actions.reply(ticket.pk, body="Pronto", by=by, now=NOW)
    assert actions.keep_words(ticket.pk, body="Pron", by=by, now=NOW, seen=seen) is None
    assert not Unsent.objects.exists()


def test_nobody_drafts_for_a_ticket_that_does_not_exist_for_them(world: World, ticket: Ticket) -> None:
    with pytest.raises(TicketNotFound):
        actions.keep_words(ticket.pk, body="x", by=world.by(world.bruno), now=NOW)


def test_a_customers_draft_is_never_a_note_and_a_huge_one_is_cut(world: World, ticket: Ticket) -> None:
    actions.keep_words(ticket.pk, body="x" * 300_000 + "\x00", is_internal=True, by=world.by(world.marina), now=NOW)
    draft = Unsent.objects.get()
    assert (draft.is_internal, len(draft.body)) == (False, 100_000)
