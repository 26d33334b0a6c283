"""Promised dates that change on purpose, and are shown before they do (R-064)."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from farol.hours.models import Almanac, CalendarVersion, Holiday
from farol.hours.queries import schedule_of_version, version_of
from farol.kernel.errors import FieldsRefused
from farol.tickets import actions, queries
from farol.tickets.actions.recalculation import ManagersOnly
from farol.tickets.models import Ticket, Window
from farol.worktime.spans import Pause
from tests.world import CRITICAL, World, at

NOW = at("2026-11-23 12:00")


def due_of(ticket: Ticket) -> datetime:
    return Ticket.objects.values_list("due_at", flat=True).get(pk=ticket.pk)


@pytest.mark.rule("R-064", "R-140")
def test_a_holiday_entered_late_moves_open_tickets_when_a_manager_says_so(world: World) -> None:
    ticket, closed = world.open(at("2026-11-23 09:00")), world.solved(at("2026-11-23 10:00"))
    actions.accept_solution(closed.pk, by=world.by(world.marina), now=NOW)
    version = version_of("support_tech_07_19", date(2026, 11, 23))
    Holiday.objects.create(day=date(2026, 11, 24), name="Luto", level="vendor")
    Almanac.objects.update(mark="6f1f0000-0000-4000-8000-000000000001")
    (effect,) = queries.effects({version.pk: schedule_of_version(version)})
    assert (effect.ticket.pk, effect.old, effect.new) == (ticket.pk, at("2026-11-24 17:00"), at("2026-11-25 17:00"))
    assert due_of(ticket) == at("2026-11-24 17:00")

    teresa = world.by(world.teresa)
    assert actions.recalculate({version.pk: version.pk}, reason="Luto oficial.", by=teresa, now=NOW) == [ticket.pk]
    assert due_of(ticket) == at("2026-11-25 17:00")
    assert actions.recalculate({version.pk: version.pk}, reason="Luto oficial.", by=teresa, now=NOW) == []
    entry = queries.timeline(ticket, by=world.by(world.marina)).get(name="ticket.recalculated")
    assert (entry.body, entry.actor_id) == ("Luto oficial.", world.teresa.pk)


@pytest.mark.rule("R-064")
def test_old_tickets_keep_their_version_until_moved_on_purpose(world: World) -> None:
    ticket = world.open(at("2026-11-23 09:00"), impact=CRITICAL)
    old = version_of("support_tech_07_19", date(2026, 11, 23))
    new = CalendarVersion.objects.create(
        calendar=old.calendar, valid_from=date(2026, 11, 24), zone=old.zone, levels=old.levels, place=old.place,
        week={str(day): [["08:00", "18:00"]] for day in range(5)},
    )  # fmt: skip
    Almanac.objects.update(mark="6f1f0000-0000-4000-8000-000000000002")
    assert due_of(ticket) == at("2026-11-23 19:00")
    assert not list(queries.disagreements())
    actions.recalculate({old.pk: new.pk}, reason="Novo horário.", by=world.by(world.teresa), now=NOW)
    assert due_of(ticket) == at("2026-11-24 09:00")
    assert not list(queries.disagreements())


@pytest.mark.rule("R-062", "R-064")
def test_a_corrected_pause_is_shown_then_made_and_leaves_its_trace(world: World) -> None:
    ticket = world.open(at("2026-11-23 09:00"), impact=CRITICAL)
    actions.ask_customer(ticket.pk, body="Qual?", by=world.by(world.rafael), now=at("2026-11-23 10:00"))
    actions.reply(ticket.pk, body="Este.", by=world.by(world.marina), now=at("2026-11-23 11:00"))
    window = Window.objects.get(ticket=ticket)
    ticket = Ticket.objects.get(pk=ticket.pk)
    start, end = at("2026-11-23 10:00"), at("2026-11-23 10:30")
    schedule = schedule_of_version(ticket.calendar_version)
    effect = queries.effect_of_pause(ticket, window.pk, start, end, schedule)
    assert (effect.old, effect.new) == (at("2026-11-24 08:00"), at("2026-11-24 07:30"))
    actions.correct_pause(
        window.pk, sent_at=start, ended_at=end, reason="Respondeu por telefone.", by=world.by(world.teresa), now=NOW
    )
    assert due_of(ticket) == effect.new
    assert queries.pauses_of(ticket) == [Pause(start, end, "information")]


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [("10:00", "09:59", "ended_at"), ("10:00", "12:01", "ended_at"), ("08:59", "10:30", "sent_at")],
)
def test_an_impossible_pause_is_refused_by_field(world: World, start: str, end: str, field: str) -> None:
    ticket = world.open(at("2026-11-23 09:00"))
    actions.ask_customer(ticket.pk, body="Qual?", by=world.by(world.rafael), now=at("2026-11-23 10:00"))
    actions.reply(ticket.pk, body="Este.", by=world.by(world.marina), now=at("2026-11-23 11:00"))
    window = Window.objects.get(ticket=ticket)
    with pytest.raises(FieldsRefused) as refused:
        actions.correct_pause(
            window.pk, sent_at=at(f"2026-11-23 {start}"), ended_at=at(f"2026-11-23 {end}"), reason="Engano.",
            by=world.by(world.teresa), now=NOW,
        )  # fmt: skip
    assert set(refused.value.errors) == {field}


def test_an_analyst_does_not_change_what_was_promised(world: World) -> None:
    ticket = world.open(at("2026-11-23 09:00"))
    with pytest.raises(ManagersOnly):
        actions.recalculate({ticket.calendar_version_id: 1}, reason="Sim.", by=world.by(world.rafael), now=NOW)
