"""Tickets that belong together: nothing is lost by joining them, and nothing by taking them apart."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from farol.journal.models import Entry
from farol.kernel.errors import FieldsRefused
from farol.tickets import actions, queries
from farol.tickets.models import Link, Quote, Target, Ticket, Window
from farol.tickets.rules import ties
from farol.tickets.rules.lifecycle import NotYoursToDo, State, StepRefused, TicketClosed
from farol.tickets.rules.opening import TicketChanged, TicketNotFound
from farol.tickets.rules.quotes import QuoteState
from farol.tickets.rules.windows import Asked
from tests.rooms.tickets.test_together import at_once
from tests.world import World, at, build

NOW = at("2026-11-23 10:00")
LATER = at("2026-11-23 15:00")


@pytest.fixture
def live(transactional_db: None) -> World:
    return build()


def merged(world: World, source: Ticket, target: Ticket, **facts: object) -> Ticket:
    return actions.merge_ticket(source.pk, into=target.pk, by=world.by(world.rafael), now=NOW, **facts)  # type: ignore[arg-type]


def undone(world: World, ticket: Ticket, link: Link | None = None) -> Ticket:
    found = link or Link.objects.filter(ended_at=None).latest("pk")
    return actions.undo_link(ticket.pk, found.pk, by=world.by(world.rafael), now=LATER)


def words(ticket: Ticket, world: World, by: str = "rafael") -> list[str]:
    """What is read in a ticket: its own messages and those of its chapters."""
    actor = world.by(getattr(world, by))
    own = Ticket.objects.get(pk=ticket.pk)
    told = [(entry.happened_at, entry.pk, entry.body) for entry in queries.history(own, by=actor)]
    for chapter in queries.chapters(own, by=actor):
        told += [(entry.happened_at, entry.pk, entry.body) for entry in chapter.entries]
    return [body for _, _, body in sorted(told) if body]


def test_a_merged_ticket_is_read_in_the_one_that_stays(world: World) -> None:
    staying, leaving = world.open(NOW), world.open(NOW)
    rafael, marina = world.by(world.rafael), world.by(world.marina)
    actions.reply(staying.pk, body="Um.", by=marina, now=NOW)
    actions.reply(leaving.pk, body="Dois.", by=marina, now=NOW + timedelta(minutes=1))
    actions.note(leaving.pk, body="Só nós.", by=rafael, now=NOW + timedelta(minutes=2))
    actions.reply(staying.pk, body="Três.", by=marina, now=NOW + timedelta(minutes=3))
    actions.log_work(
        leaving.pk, started_at=NOW - timedelta(hours=1), ended_at=NOW, activity="Análise", is_billable=True,
        by=rafael, now=LATER,
    )  # fmt: skip
    due = staying.due_at
    source = actions.merge_ticket(leaving.pk, into=staying.pk, by=rafael, now=LATER)
    assert (source.state, source.closed_at) == (State.CANCELLED, LATER)
    assert words(staying, world) == ["Um.", "Dois.", "Só nós.", "Três."]
    assert words(staying, world, "marina") == ["Um.", "Dois.", "Três."]
    staying.refresh_from_db()
    assert staying.due_at == due
    assert [entry.minutes for entry in queries.work(staying)] == [60]
    assert queries.hanging([staying], by=rafael)[staying.pk].billable_minutes == 60
    assert {entry.subject for entry in queries.timeline(staying, by=rafael)} == {
        f"ticket:{staying.pk}", f"ticket:{leaving.pk}",
    }  # fmt: skip
    assert [tied.kind for tied in queries.links(staying, by=marina)] == ["merged_from"]
    assert not list(queries.disagreements())


def test_what_was_merged_into_a_merged_ticket_comes_along(world: World) -> None:
    first, second, third = (world.open(NOW) for _ in range(3))
    for number, ticket in enumerate((first, second, third)):
        actions.reply(ticket.pk, body=f"{number}", by=world.by(world.marina), now=NOW)
    merged(world, first, second)
    merged(world, second, third)
    assert words(third, world) == ["0", "1", "2"]
    with pytest.raises(ties.MovedOn):
        undone(world, first, Link.objects.get(source=first))


def test_what_is_merged_twice_is_merged_once(world: World) -> None:
    staying, leaving = world.open(NOW), world.open(NOW)
    merged(world, leaving, staying, seen=leaving.last_entry_id)
    merged(world, leaving, staying, seen=leaving.last_entry_id)
    assert Link.objects.count() == 1


def test_an_undone_merge_leaves_the_clock_as_if_nothing_had_been(world: World) -> None:
    twin, staying, leaving = (world.open(NOW) for _ in range(3))
    rafael = world.by(world.rafael)
    for ticket in (twin, leaving):
        actions.ask_customer(ticket.pk, body="Qual versão?", by=rafael, now=NOW)
        actions.reply(ticket.pk, body="12.4.", by=world.by(world.marina), now=NOW + timedelta(hours=1))
    targets = list(Target.objects.filter(ticket=leaving, ended_at=None).values_list("pk", flat=True))
    actions.merge_ticket(leaving.pk, into=staying.pk, by=rafael, now=NOW + timedelta(hours=2))
    assert not Target.objects.filter(ticket=leaving, ended_at=None).exists()
    source = undone(world, leaving)
    assert (source.state, source.closed_at) == (State.IN_ANALYSIS, None)
    assert list(Target.objects.filter(ticket=leaving, ended_at=None).values_list("pk", flat=True)) == targets
    left = [queries.clock(Ticket.objects.get(pk=one.pk), now=LATER) for one in (twin, leaving)]
    assert left[0].remaining_minutes == left[1].remaining_minutes
    assert left[0].due_at == left[1].due_at
    assert words(staying, world) == []
    assert not list(queries.disagreements())


@pytest.mark.parametrize("asked", [Asked.INFORMATION, Asked.QUOTE, Asked.AUTHORIZATION])
@pytest.mark.rule("R-074")
def test_a_question_that_stood_open_stands_open_again(world: World, asked: Asked) -> None:
    staying, leaving = world.open(NOW), world.open(NOW)
    actions.ask_customer(leaving.pk, body="Qual versão?", asked=asked, by=world.by(world.rafael), now=NOW)
    before = Window.objects.values().get(ticket=leaving)
    state, paused = Ticket.objects.values_list("state", "paused_at").get(pk=leaving.pk)
    merged(world, leaving, staying)
    assert Window.objects.get(ticket=leaving).ended_at
    undone(world, leaving)
    assert Window.objects.values().get(ticket=leaving) == before
    assert Ticket.objects.values_list("state", "paused_at").get(pk=leaving.pk) == (state, paused)
    assert not Quote.objects.exclude(state=QuoteState.SENT).exists()
    actions.reply(leaving.pk, body="12.4.", by=world.by(world.marina), now=LATER)
    assert not list(queries.disagreements())


def test_a_merge_is_not_undone_once_somebody_answered(world: World) -> None:
    staying, leaving = world.open(NOW), world.open(NOW)
    merged(world, leaving, staying)
    actions.note(staying.pk, body="Nota.", by=world.by(world.jussara), now=LATER)
    actions.reply(staying.pk, body="Obrigada.", by=world.by(world.marina), now=LATER)
    with pytest.raises(ties.AnsweredSince, match=str(staying.pk)):
        undone(world, leaving)
    assert Link.objects.get().ended_at is None


def test_a_note_and_a_change_of_hands_do_not_stand_in_the_way(world: World) -> None:
    staying, leaving = world.open(NOW), world.open(NOW)
    merged(world, leaving, staying)
    actions.note(staying.pk, body="Nota.", by=world.by(world.jussara), now=NOW)
    actions.assign_ticket(staying.pk, to=world.jussara, by=world.by(world.jussara), now=NOW)
    assert undone(world, staying).pk == staying.pk
    with pytest.raises(ties.NotTied):
        undone(world, staying, Link.objects.get())


def test_a_merge_is_not_undone_when_the_other_has_ended(world: World) -> None:
    staying, leaving = world.open(NOW), world.open(NOW)
    merged(world, leaving, staying)
    actions.cancel_ticket(staying.pk, reason="Resolvido.", by=world.by(world.rafael), now=NOW)
    with pytest.raises(ties.MovedOn):
        undone(world, leaving)


def test_a_ticket_is_not_merged_into_itself_nor_in_a_circle(world: World) -> None:
    one, two, three = (world.open(NOW) for _ in range(3))
    with pytest.raises(ties.TiedToItself):
        merged(world, one, one)
    merged(world, one, two)
    with pytest.raises(ties.TiedInCircle):
        merged(world, two, one)
    with pytest.raises(ties.TargetClosed):
        merged(world, three, one)
    with pytest.raises(TicketClosed):
        merged(world, one, three)


def test_nothing_of_one_company_is_tied_to_another(world: World) -> None:
    ours, theirs = world.open(NOW), world.open(NOW, by=world.bruno)
    for verb in (
        lambda: merged(world, ours, theirs),
        lambda: actions.link_ticket(ours.pk, to=theirs.pk, by=world.by(world.rafael), now=NOW),
    ):
        with pytest.raises(ties.OfAnotherCustomer):
            verb()
    with pytest.raises(FieldsRefused):
        actions.merge_ticket(ours.pk, into=999_999, by=world.by(world.rafael), now=NOW)
    with pytest.raises(TicketNotFound):
        actions.merge_ticket(999_999, into=ours.pk, by=world.by(world.rafael), now=NOW)


def test_only_the_staff_ties_tickets(world: World) -> None:
    one, two = world.open(NOW), world.open(NOW)
    marina = world.by(world.marina)
    link = actions.link_ticket(one.pk, to=two.pk, by=world.by(world.rafael), now=NOW) and Link.objects.get()
    for verb in (
        lambda: actions.merge_ticket(one.pk, into=two.pk, by=marina, now=NOW),
        lambda: actions.link_ticket(one.pk, to=two.pk, by=marina, now=NOW),
        lambda: actions.undo_link(one.pk, link.pk, by=marina, now=NOW),
        lambda: actions.split_ticket(
            one.pk, subject="Outro", description="Outro assunto, com calma.", entries=[one.last_entry_id],
            by=marina, now=NOW,
        ),
    ):  # fmt: skip
        with pytest.raises(NotYoursToDo):
            verb()
    with pytest.raises(TicketNotFound):
        actions.undo_link(one.pk, link.pk, by=world.by(world.bruno), now=NOW)


def test_a_proposed_solution_is_judged_before_its_ticket_is_merged(world: World) -> None:
    solved, other = world.solved(NOW), world.open(NOW)
    with pytest.raises(StepRefused):
        merged(world, solved, other)


def test_a_page_that_is_older_than_the_last_word_merges_nothing(world: World) -> None:
    staying, leaving = world.open(NOW), world.open(NOW)
    actions.reply(leaving.pk, body="Mais um dado.", by=world.by(world.marina), now=NOW)
    with pytest.raises(TicketChanged):
        merged(world, leaving, staying, seen=leaving.last_entry_id)


@pytest.mark.rule("R-053")
def test_a_merged_ticket_is_not_continued_elsewhere(world: World) -> None:
    staying, leaving = world.open(NOW), world.open(NOW)
    merged(world, leaving, staying)
    with pytest.raises(ties.MergedElsewhere, match=str(staying.pk)):
        actions.continue_ticket(leaving.pk, by=world.by(world.marina), now=NOW)


def test_related_tickets_point_at_each_other_and_part_again(world: World) -> None:
    one, two = world.open(NOW), world.open(NOW)
    rafael = world.by(world.rafael)
    actions.link_ticket(two.pk, to=one.pk, by=rafael, now=NOW)
    with pytest.raises(ties.AlreadyTied):
        actions.link_ticket(one.pk, to=two.pk, by=rafael, now=NOW)
    for here, there in ((one, two), (two, one)):
        here.refresh_from_db()
        assert [(tied.kind, tied.ticket.pk) for tied in queries.links(here, by=rafael)] == [("related", there.pk)]
    undone(world, one)
    assert queries.links(one, by=rafael) == []
    actions.link_ticket(one.pk, to=two.pk, by=rafael, now=LATER)
    assert not Entry.objects.filter(name__in=["ticket.linked", "ticket.unlinked"], is_internal=False).exists()


def test_a_child_has_one_parent_and_no_circle_of_them(world: World) -> None:
    one, two, three = (world.open(NOW) for _ in range(3))
    rafael = world.by(world.rafael)
    actions.link_ticket(one.pk, to=two.pk, is_child=True, by=rafael, now=NOW)
    with pytest.raises(ties.HasAParent):
        actions.link_ticket(one.pk, to=three.pk, is_child=True, by=rafael, now=NOW)
    actions.link_ticket(two.pk, to=three.pk, is_child=True, by=rafael, now=NOW)
    with pytest.raises(ties.TiedInCircle):
        actions.link_ticket(three.pk, to=one.pk, is_child=True, by=rafael, now=NOW)
    with pytest.raises(ties.TiedInCircle):
        merged(world, three, one)


def test_four_who_close_a_circle_at_once_leave_it_open(live: World) -> None:
    ring = [live.open(NOW) for _ in range(4)]
    rafael = live.by(live.rafael)

    def hang(child: Ticket, parent: Ticket) -> object:
        return actions.link_ticket(child.pk, to=parent.pk, is_child=True, by=rafael, now=NOW)

    pairs = list(zip(ring, [*ring[1:], ring[0]], strict=True))
    answers = at_once(*[lambda pair=pair: hang(*pair) for pair in pairs])
    assert sum(isinstance(answer, ties.TiedInCircle) for answer in answers) == 1


def test_two_who_merge_each_other_at_once_merge_once(live: World) -> None:
    one, two = live.open(NOW), live.open(NOW)
    answers = at_once(lambda: merged(live, one, two), lambda: merged(live, two, one))
    assert sum(isinstance(answer, Ticket) for answer in answers) == 1
    assert Link.objects.filter(ended_at=None).count() == 1


@pytest.mark.rule("R-052")
def test_a_split_opens_a_ticket_with_a_clock_from_now_that_quotes_what_was_said(world: World) -> None:
    parent = world.open(NOW)
    marina, rafael = world.by(world.marina), world.by(world.rafael)
    actions.reply(parent.pk, body="Isso é um.", by=marina, now=NOW)
    other = actions.reply(parent.pk, body="Outro assunto: o relatório.", by=marina, now=NOW)
    secret = actions.note(parent.pk, body="Caso 12.", by=rafael, now=NOW)
    due = parent.due_at
    child = actions.split_ticket(
        parent.pk, subject="Relatório sem colunas", description="O relatório de vendas sai sem colunas.",
        entries=[other.pk, secret.pk], by=rafael, now=LATER,
    )  # fmt: skip
    assert (child.opened_at, child.state, child.contact_id) == (LATER, State.OPEN, world.marina.pk)
    assert child.due_at > due
    parent.refresh_from_db()
    assert parent.due_at == due
    assert words(child, world) == ["Outro assunto: o relatório.", "Caso 12."]
    assert words(child, world, "marina") == ["Outro assunto: o relatório."]
    assert "Outro assunto: o relatório." in words(parent, world)
    assert [tied.kind for tied in queries.links(child, by=marina)] == ["split_from"]
    assert [tied.kind for tied in queries.links(parent, by=marina)] == ["split_into"]
    assert not list(queries.disagreements())


@pytest.mark.rule("R-052")
def test_a_split_is_undone_until_somebody_answers_in_it(world: World) -> None:
    parent = world.open(NOW)
    rafael = world.by(world.rafael)

    def split(now: datetime = NOW) -> Ticket:
        return actions.split_ticket(
            parent.pk, subject="Outro", description="Outro assunto, com calma.", entries=[parent.last_entry_id],
            by=rafael, now=now,
        )  # fmt: skip

    child = split()
    undone(world, child)
    child.refresh_from_db()
    assert child.state == State.CANCELLED
    second = split(LATER)
    actions.reply(second.pk, body="Vendo.", by=rafael, now=LATER)
    with pytest.raises(ties.AnsweredSince):
        undone(world, second)


@pytest.mark.rule("R-052")
def test_a_split_names_messages_of_its_own_ticket(world: World) -> None:
    parent, stranger = world.open(NOW), world.open(NOW)
    for entries in ([], [stranger.last_entry_id], [999_999_999]):
        with pytest.raises(FieldsRefused):
            actions.split_ticket(
                parent.pk, subject="Outro", description="Outro assunto, com calma.", entries=entries,
                by=world.by(world.rafael), now=NOW,
            )  # fmt: skip


@pytest.mark.rule("R-193", "R-062")
def test_a_newer_version_of_a_quote_leaves_the_date_explained_while_it_waits(world: World) -> None:
    ticket = world.open(NOW)
    rafael = world.by(world.rafael)
    for sent in (NOW, LATER):
        actions.ask_customer(ticket.pk, body="O orçamento.", asked=Asked.QUOTE, by=rafael, now=sent)
        assert not list(queries.disagreements())
    actions.cancel_ticket(ticket.pk, reason="Não precisa mais.", by=rafael, now=at("2026-11-24 15:00"))
    assert not list(queries.disagreements())


@pytest.mark.rule("R-074")
def test_days_in_which_a_merged_ticket_could_not_be_answered_are_no_silence(world: World) -> None:
    ticket, other, rafael = world.open(NOW), world.open(NOW), world.by(world.rafael)
    actions.ask_customer(ticket.pk, body="Qual o XML?", by=rafael, now=at("2026-11-24 15:20"))
    actions.merge_ticket(ticket.pk, into=other.pk, by=rafael, now=at("2026-11-26 10:00"))
    made = queries.merge_of(ticket.pk)
    assert made
    back = at("2026-12-16 10:00")
    actions.undo_link(ticket.pk, made.pk, by=rafael, now=back)
    window = Window.objects.get()
    assert (window.last_day.isoformat(), window.reminder_on.isoformat()) == ("2026-12-29", "2026-12-27")
    assert not actions.close_if_silent(window.pk, now=back)
    actions.reply(ticket.pk, body="Este.", by=world.by(world.marina), now=at("2026-12-29 23:59"))
    assert Ticket.objects.get(pk=ticket.pk).state == State.IN_ANALYSIS
