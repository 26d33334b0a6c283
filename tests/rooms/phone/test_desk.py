"""A call on the desk: it rings at who may take it, one of them does, and there is a ticket."""

from __future__ import annotations

from datetime import timedelta

import pytest

from farol.people.actions import presence
from farol.people.models import Area, Person
from farol.people.rules.presence import Presence
from farol.phone import actions, queries
from farol.phone.actions import Snapshot
from farol.phone.actions import desk as acts
from farol.phone.actions.sharing import share_out
from farol.phone.models import Call, CallBack
from farol.phone.queries import desk
from tests.world import World, at

NOW = at("2026-11-24 09:00")
LATER = NOW + timedelta(seconds=42)


@pytest.fixture
def team(world: World) -> World:
    """Rafael and Jussara take calls of Fiscal."""
    for person in (world.rafael, world.jussara):
        person.areas.add(world.fiscal)
        presence.set_presence(person.pk, Presence.AVAILABLE, by=world.by(person), now=NOW)
    return world


def waiting(world: World, key: str = "1.1", *, route: str = "suporte-fiscal", person: Person | None = None) -> int:
    call = Snapshot(door="agi", key=key, started_at=NOW, caller="1935550142", state=Call.State.QUEUED)
    call.route_kind, call.route_target, call.route_reason, call.routed_at = "fila", route, "area", NOW
    call.service, call.area = route.partition("-")[0], route.partition("-")[2]
    if person:
        call.person_id, call.organization_id = person.pk, person.organization_id
    (number,) = actions.write_down([call])
    share_out()
    return number


def at_hand(person: Person) -> int | None:
    return Person.objects.get(pk=person.pk).call_at_hand


def test_a_waiting_call_rings_at_whoever_of_its_team_is_available(team: World) -> None:
    number = waiting(team)
    assert (at_hand(team.rafael), at_hand(team.jussara), at_hand(team.teresa)) == (number, number, None)
    assert Call.objects.get(pk=number).state == Call.State.RINGING


def test_nobody_has_two_calls_and_the_oldest_is_served_first(team: World) -> None:
    first, second = waiting(team, "1"), waiting(team, "2")
    acts.answer_call(first, person=team.rafael, by=team.by(team.rafael), now=LATER)
    share_out()
    assert (at_hand(team.rafael), at_hand(team.jussara)) == (first, second)


@pytest.mark.rule("R-029")
def test_an_answered_call_has_the_ticket_it_came_with_and_whoever_answers_takes_it(team: World) -> None:
    number = waiting(team, person=team.marina)
    call = acts.answer_call(number, person=team.rafael, by=team.by(team.rafael), now=LATER)
    assert call.ticket is not None
    call.ticket.refresh_from_db()
    assert (call.ticket.contact, call.ticket.assignee, call.ticket.channel) == (team.marina, team.rafael, "phone")
    assert at_hand(team.jussara) is None
    again = acts.answer_call(number, person=team.rafael, by=team.by(team.rafael), now=LATER)
    assert again.ticket_id == call.ticket.pk, "answering twice changes nothing"


def test_of_two_who_answer_the_second_is_told_who_was_first(team: World) -> None:
    number = waiting(team)
    acts.answer_call(number, person=team.rafael, by=team.by(team.rafael), now=LATER)
    with pytest.raises(acts.CallTaken, match="Rafael Tanaka"):
        acts.answer_call(number, person=team.jussara, by=team.by(team.jussara), now=LATER)
    other = waiting(team, "2")
    with pytest.raises(acts.BusyTalking):
        acts.answer_call(other, person=team.rafael, by=team.by(team.rafael), now=LATER)


def test_a_call_that_was_passed_on_does_not_ring_here_again(team: World) -> None:
    number = waiting(team)
    acts.pass_on(number, person=team.rafael)
    share_out()
    assert (at_hand(team.rafael), at_hand(team.jussara)) == (None, number)


def test_the_call_is_held_and_ended_by_who_speaks_in_it_alone(team: World) -> None:
    number = waiting(team)
    acts.answer_call(number, person=team.rafael, by=team.by(team.rafael), now=LATER)
    with pytest.raises(acts.CallGone):
        acts.hang_up(number, person=team.jussara, now=LATER)
    assert acts.hold_call(number, person=team.rafael, now=LATER).held_at
    assert not acts.hold_call(number, person=team.rafael, now=LATER).held_at
    ended = acts.hang_up(number, person=team.rafael, now=LATER + timedelta(minutes=5))
    assert (ended.outcome, at_hand(team.rafael)) == (Call.Outcome.SERVED, None)
    with pytest.raises(acts.CallGone):
        acts.answer_call(number, person=team.rafael, by=team.by(team.rafael), now=LATER)


@pytest.mark.rule("R-237")
def test_who_hangs_up_waiting_rings_no_more_and_is_in_the_list_of_call_backs(team: World) -> None:
    number = waiting(team, person=team.marina)
    actions.end_call("agi", "1.1", now=LATER, status="ABANDON")
    assert at_hand(team.rafael) is None
    assert [back.call_id for back in queries.call_backs_of([team.fiscal.pk])] == [number]
    assert queries.call_backs_of([team.factory.pk]) == []
    assert CallBack.objects.get().why == CallBack.Why.ABANDONED


def test_calls_for_offices_ring_in_the_area_of_their_kind(team: World) -> None:
    Area.objects.filter(pk=team.fiscal.pk).update(kind=Area.Kind.ADMINISTRATIVE)
    number = waiting(team, route="cst")
    assert at_hand(team.rafael) == number


def test_where_a_switchboard_is_listened_to_it_alone_says_where_a_call_rings(team: World, settings: object) -> None:
    settings.PHONE_AMI = "127.0.0.1:5038"  # type: ignore[attr-defined]
    waiting(team)
    assert at_hand(team.rafael) is None


def test_the_monitor_counts_who_is_where(team: World) -> None:
    first = waiting(team, "1")
    waiting(team, "2")
    menu = Snapshot(door="agi", key="3", started_at=NOW, place="menu.principal")
    actions.write_down([menu])
    acts.answer_call(first, person=team.rafael, by=team.by(team.rafael), now=LATER)
    traffic = desk.traffic(LATER)
    assert (len(traffic.talking), len(traffic.waiting), len(traffic.in_menus)) == (1, 1, 1)
    assert traffic.places["menu.principal"] == 1
    assert traffic.routes["suporte", "area"] == 2
