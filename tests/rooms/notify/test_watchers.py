"""Whoever follows a ticket is written to about what they may read, and can end it with one click."""

from __future__ import annotations

import pytest
from django.test import Client

from farol.people import actions as people
from farol.people.models import Person
from farol.tickets import actions, queries
from farol.tickets.models import Link, Ticket
from farol.tickets.rules.following import NotAmongYours
from tests.rooms.notify.letters import kinds, last, posted, told
from tests.world import World, at

NOW = at("2026-11-23 10:00")
LATER = at("2026-11-23 15:00")


@pytest.fixture
def ticket(world: World) -> Ticket:
    ticket = world.open(NOW)
    for person in (world.joao, world.teresa):
        actions.follow_ticket(ticket.pk, person=person, by=world.by(world.rafael), now=NOW)
    return ticket


def test_watchers_hear_what_they_may_read_and_not_what_they_did(world: World, ticket: Ticket) -> None:
    actions.note(ticket.pk, body="Parece o caso 117986.", by=world.by(world.rafael), now=NOW)
    actions.reply(ticket.pk, body="Segue o XML.", by=world.by(world.joao), now=LATER)
    actions.reply(ticket.pk, body="Obrigado.", by=world.by(world.rafael), now=LATER)
    told()
    assert kinds()[1:] == [
        ("Teresa", "watched"),
        ("Teresa", "watched"),
        ("Marina", "answered"),
        ("João", "watched"),
        ("Teresa", "watched"),
    ]
    assert not [m for m in posted() if m.to == ["joao@serraazul.example"] and "117986" in m.message().as_string()]
    assert last().subject == f"Chamado {ticket.pk} · Nova resposta: {ticket.subject}"


def test_the_link_in_the_letter_ends_it_by_a_button_and_by_the_mail_program(world: World, ticket: Ticket) -> None:
    actions.reply(ticket.pk, body="Obrigado.", by=world.by(world.rafael), now=LATER)
    told()
    letter = next(mail for mail in posted() if mail.to == ["joao@serraazul.example"])
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = letter.extra_headers["List-Unsubscribe"].strip("<>").partition("//")[2]
    path = address[address.index("/") :]
    stranger = Client(enforce_csrf_checks=True)
    assert "Deixar de acompanhar?" in stranger.get(path).content.decode()
    by = world.by(world.rafael)
    assert len(queries.watchers(Ticket.objects.get(pk=ticket.pk), by=by)) == 2, "a look ends nothing"
    assert stranger.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert [p.first_name for p in queries.watchers(Ticket.objects.get(pk=ticket.pk), by=by)] == ["Teresa"]
    assert "não acompanha mais" in stranger.get(path).content.decode()
    assert stranger.get(path[:-1] + ("A" if path[-1] != "A" else "B")).status_code == 404


def test_a_watcher_who_left_or_changed_the_company_hears_nothing(world: World, ticket: Ticket) -> None:
    Person.objects.filter(pk=world.joao.pk).update(organization=world.boa_vista)
    Person.objects.filter(pk=world.teresa.pk).update(is_active=False)
    actions.reply(ticket.pk, body="Obrigado.", by=world.by(world.rafael), now=LATER)
    told()
    assert {name for name, _ in kinds()} == {"Marina"}


def test_a_colleague_called_by_name_has_a_letter_with_the_words(world: World) -> None:
    ticket = world.open(NOW)
    actions.note(ticket.pk, body="@Jussara Lima, você conhece este?", by=world.by(world.rafael), now=NOW)
    told()
    assert kinds()[1:] == [("Jussara", "mentioned")]
    assert "você conhece este?" in last().body
    assert f"Rafael Tanaka chamou você no chamado {ticket.pk}" in last().body


def test_whoever_reported_a_merged_ticket_is_told_that_it_goes_on_alone(world: World) -> None:
    staying, leaving = world.open(NOW), world.open(NOW)
    actions.merge_ticket(leaving.pk, into=staying.pk, by=world.by(world.rafael), now=NOW)
    actions.undo_link(staying.pk, Link.objects.get().pk, by=world.by(world.rafael), now=LATER)
    told()
    assert kinds()[-1] == ("Marina", "separated")
    assert f"a união com o chamado {staying.pk} foi desfeita" in last().body


@pytest.mark.rule("R-112", "R-003")
def test_what_a_role_does_not_see_is_told_it_by_no_letter(world: World) -> None:
    """Who is not of the ombudsman's area, and whoever only looks on, hear what they may read and nothing else."""
    ticket = world.open(NOW)
    looker = people.hire(name="Elisa Couto", email="elisa@farol.example", role="ear", areas=[], password=None)
    ombudsman = people.register_area(code="ouvidoria", name="Ouvidoria", with_name="a Ouvidoria", kind="ombudsman")
    Ticket.objects.filter(pk=ticket.pk).update(area=ombudsman, assignee=world.rafael)
    ticket.refresh_from_db()
    by = world.by(world.rafael)
    for stranger in (world.jussara, looker):
        with pytest.raises(NotAmongYours):
            actions.follow_ticket(ticket.pk, person=stranger, by=by, now=NOW)
    actions.note(ticket.pk, body="@Jussara e @Elisa, vejam.", by=by, now=NOW)
    told()
    assert {name for name, _ in kinds()} == {"Marina"}
    assert queries.mentions_of(world.by(world.jussara)) == []
