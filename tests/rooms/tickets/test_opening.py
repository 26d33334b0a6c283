"""Opening: what is promised is what is stored, and what is refused leaves nothing behind."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile

from farol.access.rules import NoActiveContract, ProductNotInContract
from farol.contracts.models import Contract
from farol.files import actions as files
from farol.files.rules import TypeForbidden
from farol.journal.models import Entry
from farol.kernel.actor import Channel
from farol.kernel.errors import FieldsRefused
from farol.tickets import actions, queries
from farol.tickets.models import Ticket
from farol.tickets.queries import Filters, Group, Order, Place, Subject, Tied
from farol.tickets.rules.opening import TicketStillOpen
from farol.tickets.rules.severity import Kind
from tests.world import CRITICAL, HIGH, LOW, World, at

NOW = at("2026-11-23 09:00")


def opened(world: World, **changes: object) -> Ticket:
    given = {
        "contact": world.marina,
        "kind": Kind.NONCONFORMITY,
        "subject": "Erro 1422",
        "description": "Ao fechar o período fiscal aparece o erro 1422.",
        "impact": HIGH,
        "by": world.by(world.marina),
        "now": NOW,
    }
    return actions.open_ticket(Subject(world.product, world.module), **{**given, **changes})  # type: ignore[arg-type]


@pytest.mark.rule("R-051")
def test_what_was_forecast_is_what_is_stored_on_every_channel(world: World) -> None:
    for channel in (Channel.PORTAL, Channel.PHONE, Channel.API):
        forecast = queries.forecast(world.serra_azul.pk, Subject(world.product), HIGH, now=NOW)
        ticket = world.open(NOW, channel=channel)
        assert (ticket.severity, ticket.due_at) == (forecast.severity, forecast.due_at)
        assert ticket.due_at == at("2026-11-24 17:00")


@pytest.mark.rule("R-050")
def test_a_refused_opening_leaves_nothing_behind(world: World) -> None:
    with pytest.raises(FieldsRefused):
        opened(world, subject=" ")
    assert not Ticket.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.rule("R-016")
def test_without_a_contract_the_next_door_is_named(world: World) -> None:
    with pytest.raises(ProductNotInContract, match="Âncora RH"):
        actions.open_ticket(
            Subject(world.other_product), contact=world.marina, kind=Kind.QUESTION, subject="Férias",
            description="Como lançar férias coletivas?", impact=LOW, by=world.by(world.marina), now=NOW,
        )  # fmt: skip
    Contract.objects.filter(organization=world.serra_azul).update(valid_until=at("2026-11-22 00:00").date())
    with pytest.raises(NoActiveContract):
        opened(world)


@pytest.mark.rule("R-055")
def test_the_first_line_of_the_history_has_actor_channel_and_instant(world: World) -> None:
    ticket = world.open(NOW)
    entry = queries.timeline(ticket, by=world.by(world.marina)).get()
    assert (entry.name, entry.actor_id, entry.channel) == ("ticket.opened", world.marina.pk, "portal")
    assert entry.happened_at == NOW


def test_files_of_the_tray_belong_to_the_ticket_and_to_nobody_else(world: World) -> None:
    marina, bruno = world.by(world.marina), world.by(world.bruno)
    upload = files.keep(marina.subject, ContentFile(b"<nfe/>", name="nfe.xml"), by=marina)
    foreign = files.keep(bruno.subject, ContentFile(b"<nfe/>", name="b.xml"), by=bruno)
    with pytest.raises(FieldsRefused):
        opened(world, attachments=[upload.pk, foreign.pk])
    ticket = opened(world, attachments=[upload.pk])
    assert list(queries.attachments(ticket, by=world.by(world.joao))) == [upload]
    assert queries.attachment(upload.pk, by=world.by(world.joao)) == upload
    assert queries.attachment(upload.pk, by=bruno) is None
    assert queries.attachment(foreign.pk, by=marina) is None


def test_a_program_is_refused_whatever_its_name(world: World) -> None:
    marina = world.by(world.marina)
    with pytest.raises(TypeForbidden):
        files.keep(marina.subject, ContentFile(b"MZ\x90\x00" * 10, name="nota.pdf"), by=marina)


@pytest.mark.rule("R-053")
def test_only_a_closed_ticket_is_continued_and_both_are_linked(world: World) -> None:
    marina = world.by(world.marina)
    ticket = world.solved(NOW)
    with pytest.raises(TicketStillOpen):
        actions.continue_ticket(ticket.pk, by=marina, now=NOW)
    actions.accept_solution(ticket.pk, by=marina, now=NOW)
    new = actions.continue_ticket(ticket.pk, by=marina, now=NOW, subject="Voltou a acontecer")
    assert queries.links(new, by=marina) == [Tied("continues", ticket)]
    assert queries.links(ticket, by=marina) == [Tied("continued_by", new)]
    assert new.subject == "Voltou a acontecer"


def test_a_draft_is_found_again_by_its_owner_alone(world: World) -> None:
    marina = world.by(world.marina)
    draft = actions.save_draft(None, by=marina, answers={"subject": "Meia fra"}, now=NOW)
    actions.save_draft(draft.pk, by=marina, answers={"product": 1}, now=NOW)
    assert queries.drafts_of(world.marina.pk).get().answers == {"subject": "Meia fra", "product": 1}
    assert queries.draft(draft.pk, by=world.by(world.joao)) is None


@pytest.mark.rule("R-018")
def test_the_queue_serves_severity_then_portal_before_phone_then_due(world: World) -> None:
    phone = world.open(at("2026-11-23 08:00"), channel=Channel.PHONE)
    late_portal = world.open(at("2026-11-23 09:30"))
    portal = world.open(at("2026-11-23 08:30"))
    critical = world.open(at("2026-11-23 08:45"), impact=CRITICAL)
    board = queries.board(world.by(world.rafael), Filters(areas=[world.fiscal.pk]), now=at("2026-11-23 11:00"))
    assert [line.number for line in board.lines] == [ticket.pk for ticket in (critical, portal, late_portal, phone)]
    assert [line.group for line in board.lines] == [Group.TODAY, Group.COMING, Group.COMING, Group.COMING]


def test_lists_go_on_where_the_page_ended(world: World) -> None:
    tickets = [world.open(at(f"2026-11-23 {hour}:00")) for hour in (10, 11, 12)]
    rafael = world.by(world.rafael)
    newest = queries.listed(rafael, Filters(), after=Place.of(tickets[2], Order.NEWEST))
    assert list(newest) == [tickets[1], tickets[0]]
    by_due = queries.listed(rafael, Filters(), order=Order.DUE, after=Place.of(tickets[0], Order.DUE))
    assert list(by_due) == tickets[1:]


def test_words_are_found_in_any_inflection(world: World) -> None:
    ticket = world.open(NOW)
    for text in ("rejeicoes", "devolução NF", str(ticket.pk)):
        assert list(queries.listed(world.by(world.marina), Filters(text=text))) == [ticket]
    assert not list(queries.listed(world.by(world.bruno), Filters(text="rejeição")))


def test_a_subject_of_several_lines_is_one_line(world: World) -> None:
    ticket = world.open(at("2026-11-23 10:00"), subject=" Rejeição 778\r\nBcc: todos@serraazul.example ")
    assert ticket.subject == "Rejeição 778 Bcc: todos@serraazul.example"
