"""`farol sla audit`: every stored due date is the one that its rows give."""

from __future__ import annotations

import json
from datetime import date

import pytest

from farol.hours import actions as hours
from farol.hours.models import Holiday
from farol.hours.queries import calendar_named, versions_observing
from farol.hours.rules import Level
from farol.house.command_line import execute
from farol.tickets import actions
from farol.tickets.models import Target, Ticket
from tests.world import World, at, build


@pytest.fixture
def world(db: None) -> World:
    return build()


@pytest.mark.rule("R-063")
def test_a_stored_date_that_is_not_the_reckoned_one_is_named(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    ticket = world.open(at("2026-11-23 09:00"))
    world.solved(at("2026-11-23 10:00"))
    assert execute(["sla", "audit"]) == 0
    assert capsys.readouterr().out == "disagreements: 0\n"
    Ticket.objects.filter(pk=ticket.pk).update(due_at=at("2026-11-30 09:00"))
    assert execute(["sla", "audit", "--json"]) == 1
    (row,) = json.loads(capsys.readouterr().out)["disagreements"]
    assert (row["number"], row["stored"][:16]) == (ticket.pk, "2026-11-30T12:00")


def audited(capsys: pytest.CaptureFixture[str]) -> tuple[int, int, int]:
    """Exit code, disagreements, kept."""
    code = execute(["sla", "audit", "--json"])
    said = json.loads(capsys.readouterr().out)
    return code, len(said["disagreements"]), said["kept"]


@pytest.mark.rule("R-064", "R-140")
def test_a_holiday_entered_afterwards_leaves_dates_kept_until_they_are_recalculated(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    by, now = world.by(world.teresa), at("2026-11-23 10:00")
    ticket = world.open(at("2026-11-23 09:00"))
    holiday = {"day": date(2026, 11, 24), "name": "Dia do Farol", "level": Level.VENDOR, "by": by, "now": now}
    hours.enter_holiday(**holiday)
    assert audited(capsys) == (0, 0, 1)
    world.open(at("2026-11-23 10:30"))
    assert audited(capsys) == (0, 0, 1)
    Ticket.objects.filter(pk=ticket.pk).update(due_at=at("2026-11-30 09:00"))
    assert audited(capsys) == (1, 1, 0)
    observing = {version.pk: version.pk for version in versions_observing(Level.VENDOR, "")}
    actions.recalculate(observing, reason="Feriado esquecido.", by=by, now=at("2026-11-23 11:00"))
    assert audited(capsys) == (0, 0, 0)


@pytest.mark.rule("R-064", "R-140")
def test_the_date_of_a_closed_ticket_stays_as_it_was_judged(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    by = world.by(world.teresa)
    ticket = world.solved(at("2026-11-23 17:00"))
    actions.accept_solution(ticket.pk, by=world.by(world.marina), now=at("2026-11-23 18:00"))
    calendar = calendar_named("support_tech_07_19")
    eve = {"day": date(2026, 11, 24), "name": "Inventário", "by": by, "now": at("2026-11-25 10:00")}
    hours.set_special_day(calendar.pk, windows=[["07:00", "08:00"]], **eve)
    assert audited(capsys) == (0, 0, 1)
    hours.set_special_day(calendar.pk, windows=[], **eve)
    hours.remove_special_day(calendar.pk, date(2026, 11, 24), by=by, now=at("2026-11-26 10:00"))
    assert audited(capsys) == (0, 0, 0)
    natal = Holiday.objects.get(day=date(2026, 11, 20), level="national")
    world.open(at("2026-11-19 16:00"))
    hours.remove_holiday(natal.pk, by=by, now=at("2026-11-26 10:00"))
    assert audited(capsys) == (0, 0, 1)


@pytest.mark.rule("R-066")
def test_the_dates_of_replies_and_areas_are_proven_too(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    minutes = {"calendar": "support_08_18", "minutes": {"high": 600}}
    world.plan.promises = {"first_reply": minutes, "area:fabrica": minutes}
    world.plan.save()
    ticket = world.open(at("2026-11-23 09:00"))
    actions.transfer_ticket(
        ticket.pk, area=world.factory, reason="Correção.", by=world.by(world.rafael), now=at("2026-11-23 10:00")
    )
    assert audited(capsys) == (0, 0, 0)
    Target.objects.filter(promise="area").update(due_at=at("2026-11-30 09:00"))
    assert audited(capsys) == (1, 1, 0)
    assert execute(["sla", "audit"]) == 1
    assert capsys.readouterr().out.startswith(f"{ticket.pk} area: 2026-11-30T12:00")
    Target.objects.filter(promise="area").update(due_at=at("2026-11-24 10:00"))
    day = {"day": date(2026, 11, 23), "name": "Dia do Farol", "level": Level.VENDOR}
    hours.enter_holiday(**day, by=world.by(world.teresa), now=at("2026-11-23 10:00"))
    assert audited(capsys) == (0, 0, 3)
