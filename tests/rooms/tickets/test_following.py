"""Who hears of a ticket that is not theirs: watchers, and whoever is called by name."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from farol.journal.models import Entry
from farol.people.models import Person
from farol.tickets import actions, queries
from farol.tickets.models import Link, Mention, Ticket
from farol.tickets.rules.following import NotAmongYours
from farol.tickets.rules.lifecycle import NotYoursToDo, TicketClosed
from farol.tickets.rules.opening import TicketNotFound
from tests.world import World, at

NOW = at("2026-11-23 10:00")
LATER = at("2026-11-23 15:00")


def follow(world: World, ticket: Ticket, person: Person, by: Person | None = None) -> Ticket:
    return actions.follow_ticket(ticket.pk, person=person, by=world.by(by or person), now=NOW)


def names(world: World, ticket: Ticket, by: str = "rafael") -> list[str]:
    found = Ticket.objects.get(pk=ticket.pk)
    return [person.first_name for person in queries.watchers(found, by=world.by(getattr(world, by)))]


def test_a_colleague_called_by_name_in_a_note_has_it_among_the_unread(world: World) -> None:
    ticket = world.open(NOW)
    note = actions.note(ticket.pk, body="@Jussara, parece o caso de ontem?", by=world.by(world.rafael), now=NOW)
    assert note.facts["mentions"] == (world.jussara.pk,)
    (call,) = queries.mentions_of(world.by(world.jussara))
    assert (call.ticket.pk, call.entry.pk, call.author and call.author.first_name) == (ticket.pk, note.pk, "Rafael")
    actions.have_read(ticket.pk, note.pk, by=world.by(world.jussara))
    assert queries.mentions_of(world.by(world.jussara)) == []
    assert len(queries.mentions_of(world.by(world.jussara), unread=False)) == 1


def test_nobody_is_called_by_a_mail_address_by_oneself_or_by_a_customer(world: World) -> None:
    ticket = world.open(NOW)
    actions.note(ticket.pk, body="Escrever a compras@jussara.example. @Rafael", by=world.by(world.rafael), now=NOW)
    actions.reply(ticket.pk, body="@Jussara Lima, ajude.", by=world.by(world.marina), now=NOW)
    assert not Mention.objects.exists()


def test_words_that_call_nobody_ask_nothing_more(world: World) -> None:
    ticket = world.open(NOW)
    with CaptureQueriesContext(connection) as asked:
        actions.note(ticket.pk, body="Sem chamar ninguém.", by=world.by(world.rafael), now=NOW)
    assert not [query for query in asked if "people_person" in query["sql"] or "tickets_mention" in query["sql"]]


def test_a_contact_lets_colleagues_of_the_company_follow_and_nobody_else(world: World) -> None:
    ticket = world.open(NOW)
    follow(world, ticket, world.joao, by=world.marina)
    assert names(world, ticket, "marina") == ["João"]
    for stranger in (world.bruno, world.rafael):
        with pytest.raises(NotAmongYours):
            follow(world, ticket, stranger, by=world.marina)
    with pytest.raises(TicketNotFound):
        follow(world, ticket, world.bruno)
    Person.objects.filter(pk=world.joao.pk).update(organization=world.boa_vista)
    assert names(world, ticket) == [], "who has gone to another company hears nothing more"


def test_a_customer_is_not_told_who_of_the_staff_follows(world: World) -> None:
    ticket = world.open(NOW)
    follow(world, ticket, world.teresa)
    follow(world, ticket, world.joao, by=world.rafael)
    assert names(world, ticket) == ["João", "Teresa"]
    assert names(world, ticket, "marina") == ["João"]
    told = [entry.name for entry in queries.history(ticket, by=world.by(world.marina))]
    assert told.count("ticket.followed") == 1
    with pytest.raises(NotYoursToDo):
        actions.unfollow_ticket(ticket.pk, person_id=world.teresa.pk, by=world.by(world.marina), now=LATER)


def test_following_twice_is_following_once_and_a_closed_ticket_has_no_new_watchers(world: World) -> None:
    ticket = world.open(NOW)
    follow(world, ticket, world.joao)
    follow(world, ticket, world.joao)
    assert Entry.objects.filter(name="ticket.followed").count() == 1
    actions.cancel_ticket(ticket.pk, reason="Resolvido.", by=world.by(world.rafael), now=LATER)
    with pytest.raises(TicketClosed):
        follow(world, ticket, world.teresa)
    assert actions.unfollow_ticket(ticket.pk, person_id=world.joao.pk, by=world.by(world.joao), now=LATER)
    assert not actions.unfollow_ticket(ticket.pk, person_id=world.joao.pk, by=world.by(world.joao), now=LATER)


@pytest.mark.rule("R-052")
def test_who_followed_a_merged_ticket_follows_the_one_that_stays_and_an_undo_takes_that_back(world: World) -> None:
    staying, leaving = world.open(NOW), world.open(NOW, by=world.joao)
    follow(world, leaving, world.teresa)
    actions.merge_ticket(leaving.pk, into=staying.pk, by=world.by(world.rafael), now=NOW)
    assert names(world, staying) == ["João", "Teresa"], "and whoever reported it"
    link = Link.objects.get()
    actions.undo_link(staying.pk, link.pk, by=world.by(world.rafael), now=LATER)
    assert names(world, staying) == []
    assert names(world, leaving) == ["Teresa"]


@pytest.mark.rule("R-052")
def test_what_is_split_off_has_the_same_watchers(world: World) -> None:
    ticket = world.open(NOW)
    follow(world, ticket, world.joao)
    said = actions.reply(ticket.pk, body="Outro assunto.", by=world.by(world.marina), now=NOW)
    child = actions.split_ticket(
        ticket.pk, subject="Outro", description="O relatório sai sem as notas.", entries=[said.pk],
        by=world.by(world.rafael), now=LATER,
    )  # fmt: skip
    assert names(world, child) == ["João"]


@pytest.mark.rule("R-053")
def test_who_followed_a_closed_ticket_follows_the_one_that_continues_it(world: World) -> None:
    ticket = world.open(NOW)
    follow(world, ticket, world.joao)
    actions.cancel_ticket(ticket.pk, reason="Resolvido.", by=world.by(world.rafael), now=LATER)
    newer = actions.continue_ticket(ticket.pk, by=world.by(world.marina), now=LATER)
    assert names(world, newer) == ["João"]


def test_what_one_follows_is_listed_with_news_first(world: World) -> None:
    quiet, busy = world.open(NOW), world.open(NOW)
    for ticket in (quiet, busy):
        follow(world, ticket, world.teresa)
        ticket.refresh_from_db()
        actions.have_read(ticket.pk, ticket.last_entry_id, by=world.by(world.teresa))
    actions.reply(busy.pk, body="E agora?", by=world.by(world.marina), now=LATER)
    assert [(t.pk, news) for t, news in queries.followed_by(world.by(world.teresa))] == [
        (busy.pk, True),
        (quiet.pk, False),
    ]
