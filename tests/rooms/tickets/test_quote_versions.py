"""A quote is a document: opened before it is accepted, replaced by its next version (R-193)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from farol.files import actions as files
from farol.journal.models import Entry
from farol.tickets import actions, queries
from farol.tickets.jobs import run_deadlines
from farol.tickets.models import Quote, Ticket, Window
from farol.tickets.rules.lifecycle import State
from farol.tickets.rules.quotes import QuoteUnopened
from farol.tickets.rules.windows import Asked
from tests.world import World, at

ASKED = at("2026-11-24 10:00")
LATER = ASKED + timedelta(hours=1)


def quoted(world: World, number: int, now: object = ASKED, name: str = "orcamento.pdf") -> int:
    """The document's id."""
    staff = world.by(world.rafael)
    document = files.keep(staff.subject, SimpleUploadedFile(name, b"%PDF-1.7 " + name.encode()), by=staff)
    actions.ask_customer(
        number, body="Oito horas.", asked=Asked.QUOTE, by=staff, now=now, attachments=[document.pk]  # type: ignore[arg-type]
    )  # fmt: skip
    return document.pk


def states(number: int) -> list[str]:
    return list(Quote.objects.filter(ticket=number).order_by("version").values_list("state", flat=True))


@pytest.mark.rule("R-193", "R-242")
def test_it_is_accepted_only_by_whoever_opened_it(world: World) -> None:
    ticket = world.open(at("2026-11-24 09:00"))
    document = quoted(world, ticket.pk)
    marina, joao = world.by(world.marina), world.by(world.joao)
    with pytest.raises(QuoteUnopened):
        actions.approve(ticket.pk, by=marina, now=LATER)
    assert actions.open_document(document, by=joao, now=LATER)
    with pytest.raises(QuoteUnopened):
        actions.approve(ticket.pk, by=marina, now=LATER)

    assert actions.open_document(document, by=marina, now=LATER)
    assert actions.open_document(document, by=marina, now=LATER)
    actions.approve(ticket.pk, by=marina, now=LATER)

    assert states(ticket.pk) == ["accepted"]
    assert Entry.objects.filter(name="ticket.quote_opened").count() == 2
    assert len(Window.objects.get().evidence["documents"][0]) == 64


@pytest.mark.rule("R-193")
def test_a_new_version_cancels_the_earlier_one_opened_or_accepted_and_the_clock_stays_stopped(world: World) -> None:
    ticket = world.open(at("2026-11-24 09:00"))
    marina = world.by(world.marina)
    first = quoted(world, ticket.pk)
    actions.open_document(first, by=marina, now=ASKED)
    second = quoted(world, ticket.pk, LATER, "orcamento-2.pdf")
    assert (states(ticket.pk), Ticket.objects.get(pk=ticket.pk).paused_at) == (["replaced", "sent"], ASKED)
    assert not actions.open_document(first, by=marina, now=LATER)
    with pytest.raises(QuoteUnopened):
        actions.approve(ticket.pk, by=marina, now=LATER)
    actions.open_document(second, by=marina, now=LATER)
    going_on = actions.approve(ticket.pk, by=marina, now=ASKED + timedelta(hours=2))
    assert (going_on.state, going_on.due_at) == (State.IN_ANALYSIS, ticket.due_at + timedelta(hours=2))

    quoted(world, ticket.pk, ASKED + timedelta(hours=3), "orcamento-3.pdf")

    assert states(ticket.pk) == ["replaced", "replaced", "sent"]


@pytest.mark.rule("R-193")
def test_refused_answered_or_left_alone_it_says_so(world: World) -> None:
    marina = world.by(world.marina)
    refused, answered, silent = (world.open(at("2026-11-24 09:00")) for _ in range(3))
    for ticket in (refused, answered, silent):
        quoted(world, ticket.pk)
    actions.decline(refused.pk, by=marina, now=LATER, reason="Caro.")
    actions.reply(answered.pk, body="O que inclui?", by=marina, now=LATER)
    run_deadlines(ASKED + timedelta(days=30))
    assert [states(t.pk) for t in (refused, answered, silent)] == [["refused"], ["lapsed"], ["lapsed"]]


@pytest.mark.rule("R-193")
def test_others_and_the_staff_open_nothing(world: World) -> None:
    ticket = world.open(at("2026-11-24 09:00"))
    document = quoted(world, ticket.pk)
    assert not actions.open_document(document, by=world.by(world.bruno), now=LATER)
    assert not actions.open_document(document, by=world.by(world.rafael), now=LATER)
    assert not actions.open_document(10**9, by=world.by(world.marina), now=LATER)
    assert [file.pk for file in queries.unopened(Window.objects.get(), person_id=world.marina.pk)] == [document]


def test_a_quote_in_words_alone_was_read_where_it_is_answered(world: World) -> None:
    ticket = world.open(at("2026-11-24 09:00"))
    actions.ask_customer(ticket.pk, body="R$ 900,00.", asked=Asked.QUOTE, by=world.by(world.rafael), now=ASKED)
    actions.approve(ticket.pk, by=world.by(world.marina), now=LATER)
    assert states(ticket.pk) == ["accepted"]
