from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from pytest_django import DjangoAssertNumQueries

from farol.phone import actions, queries
from farol.phone.actions import Snapshot, StepLine
from farol.phone.models import Call, CallBack, Step
from farol.tickets import actions as tickets
from farol.tickets.models import Ticket
from tests.world import HIGH, World, at

NOW = at("2026-11-24 09:00")


def ringing(key: str = "1732450000.1", *, started_at: datetime = NOW, route: str = "", **facts: object) -> Snapshot:
    """A call as the door knows it, in the menus or on its way to `route`."""
    steps = [StepLine(0, started_at, "menu.principal", "", "saudacao+menu-principal")]
    call = Snapshot(
        door="agi", key=key, started_at=started_at, caller="1133334444", place="menu.principal", steps=steps
    )
    if route:
        call.route_kind, call.route_target, call.route_reason, call.state = "fila", route, "area", Call.State.QUEUED
        call.routed_at = started_at
    for name, value in facts.items():
        setattr(call, name, value)
    return call


@pytest.mark.rule("R-028")
def test_calls_are_written_many_at_a_time_and_their_steps_only_grow(world: World) -> None:
    calls = [ringing("a"), ringing("b", area="fiscal", person_id=world.marina.pk, organization_id=world.serra_azul.pk)]
    numbers = actions.write_down(calls)
    assert [Call.objects.get(pk=number).key for number in numbers] == ["a", "b"]
    calls[0].id, calls[0].place = numbers[0], "id.documento"
    calls[0].steps = [StepLine(1, NOW, "id.documento", "2", "id-documento")]
    assert actions.write_down([calls[0], ringing("c")])[0] == numbers[0]
    kept = Call.objects.get(pk=numbers[0])
    assert [step.said for step in queries.steps_of(kept)] == ["saudacao+menu-principal", "id-documento"]
    assert Call.objects.get(key="b").area == world.fiscal
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Step.objects.filter(call=kept).update(heard="9")


def test_a_switchboard_that_comes_back_with_a_call_it_had_lost_begins_it_again(world: World) -> None:
    (first,) = actions.write_down([ringing()])
    (second,) = actions.write_down([ringing(started_at=NOW + timedelta(seconds=9))])
    assert Call.objects.get(pk=first).outcome == Call.Outcome.LOST
    found = queries.call_known_as("agi", "1732450000.1")
    assert found
    assert found.pk == second
    assert found.ended_at is None


def test_what_the_desk_did_with_a_call_meanwhile_is_not_undone(world: World) -> None:
    call = ringing(route="suporte-fiscal")
    (call.id,) = actions.write_down([call])
    actions.connect(call.id, agent=world.rafael, now=NOW + timedelta(seconds=30))
    actions.write_down([call])
    assert Call.objects.get(pk=call.id).state == Call.State.TALKING


@pytest.mark.rule("R-237")
def test_who_hangs_up_while_waiting_is_to_be_called_back_once(world: World) -> None:
    ticket = world.open(NOW)
    (number,) = actions.write_down([ringing(route="suporte-fiscal", ticket_id=ticket.pk)])
    for _ in range(2):
        actions.end_call("agi", "1732450000.1", now=NOW + timedelta(minutes=2), status="ABANDON")
    back = CallBack.objects.get()
    assert (back.call_id, back.ticket, back.why) == (number, ticket, CallBack.Why.ABANDONED)
    assert [waiting.pk for waiting in queries.call_backs_waiting()] == [back.pk]
    actions.finish_call_back(back.pk, outcome="Falamos.", by=world.by(world.rafael), now=NOW)
    with pytest.raises(actions.CallBackDone):
        actions.finish_call_back(back.pk, outcome="", by=world.by(world.rafael), now=NOW)


def test_a_call_that_was_answered_has_its_recording_and_its_score(world: World) -> None:
    actions.write_down([ringing(route="suporte-fiscal")])
    call = actions.end_call("agi", "1732450000.1", now=NOW, talked_seconds=90, recording="2026/11/24/x.wav")
    assert call
    assert (call.outcome, call.recording) == (Call.Outcome.SERVED, "2026/11/24/x.wav")
    assert actions.score("agi", "1732450000.1", 5)
    assert not actions.score("agi", "1732450000.1", 1), "the first answer stands"
    assert not actions.score("agi", "1732450000.1", 9)
    assert actions.end_call("agi", "nunca", now=NOW) is None
    assert not CallBack.objects.exists()


@pytest.mark.rule("R-237")
def test_whoever_is_cut_off_in_conversation_is_called_back_even_if_the_end_was_known_before(world: World) -> None:
    ticket = world.open(NOW)
    actions.write_down([ringing(route="suporte-fiscal", ticket_id=ticket.pk)])
    actions.end_call("agi", "1732450000.1", now=NOW, talked_seconds=90)
    assert not CallBack.objects.exists()
    for _ in range(2):
        actions.end_call("agi", "1732450000.1", now=NOW, talked_seconds=90, is_cut_off=True)
    back = CallBack.objects.get()
    assert (back.why, back.ticket) == (CallBack.Why.DROPPED, ticket)


def test_a_call_nobody_hears_of_any_more_is_over(world: World) -> None:
    actions.write_down([ringing()])
    assert actions.lose_silent_calls(NOW + timedelta(hours=11)) == 0
    assert actions.lose_silent_calls(NOW + timedelta(hours=13)) == 1


@pytest.mark.rule("R-029")
def test_a_call_opens_a_ticket_and_the_next_one_joins_it_until_somebody_has_it_in_hand(world: World) -> None:
    def called(now: datetime) -> Ticket:
        ticket = actions.ticket_of_call(world.marina.pk, service="suporte", area="fiscal", number="1133334444", now=now)
        assert ticket
        return ticket

    first = called(NOW)
    assert (first.channel, first.area, first.organization) == ("phone", world.fiscal, world.serra_azul)
    assert first.reasons == ["unanswered"]
    assert called(NOW + timedelta(minutes=5)).pk == first.pk
    tickets.assign_ticket(first.pk, to=world.rafael, by=world.by(world.rafael), now=NOW + timedelta(minutes=6))
    assert called(NOW + timedelta(minutes=10)).pk != first.pk


@pytest.mark.rule("R-051", "R-029")
def test_by_telephone_and_by_portal_the_same_answers_give_the_same_severity_and_date(world: World) -> None:
    by_portal = world.open(NOW, impact=HIGH)
    by_phone = actions.ticket_of_call(world.marina.pk, service="suporte", area="fiscal", number="", now=NOW)
    assert by_phone
    later = NOW + timedelta(minutes=7)
    answered = tickets.answer_impact(by_phone.pk, impact=HIGH, by=world.by(world.rafael), now=later)
    for name in ("severity", "reasons", "due_at", "allowance_minutes", "calendar_version_id", "plan_id"):
        assert getattr(answered, name) == getattr(by_portal, name), name


@pytest.mark.rule("R-020")
def test_menus_hold_from_the_day_they_are_published_for(world: World) -> None:
    data = {**queries.menus_in_force(NOW).data, "tries": 3}
    with pytest.raises(actions.MenusForManagers):
        actions.save_menus(data, by=world.by(world.rafael), now=NOW)
    actions.save_menus({**data, "tries": 2}, by=world.by(world.teresa), now=NOW)
    actions.save_menus(data, by=world.by(world.teresa), now=NOW)
    later = NOW + timedelta(days=1)
    actions.publish_menus(valid_from=later, by=world.by(world.teresa), now=NOW)
    assert queries.book(NOW).menus.tries == 4
    assert queries.book(later).menus.tries == 3
    with pytest.raises(actions.NoDraft):
        actions.publish_menus(valid_from=later, by=world.by(world.teresa), now=NOW)


def test_the_book_of_a_call_is_one_query_while_nothing_changes(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    queries.book(NOW)
    with django_assert_num_queries(1):
        queries.book(NOW)
