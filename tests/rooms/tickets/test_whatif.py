"""Closed tickets under another policy; nothing is changed by asking."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest

from farol.hours.models import Almanac
from farol.hours.queries import schedule_of
from farol.house.command_line import execute
from farol.tickets import actions, queries
from farol.tickets.models import Ticket
from farol.tickets.rules.severity import Severity
from tests.world import CRITICAL, World, at

NOVEMBER = {"since": at("2026-11-01 00:00"), "until": at("2026-12-01 00:00")}


@pytest.fixture
def closed(world: World) -> Ticket:
    """Critical, opened Monday 9h, two hours paused, solved at 17h: six hours of ten."""
    rafael, marina = world.by(world.rafael), world.by(world.marina)
    ticket = world.open(at("2026-11-23 09:00"), impact=CRITICAL)
    actions.ask_customer(ticket.pk, body="Qual?", by=rafael, now=at("2026-11-23 11:00"))
    actions.reply(ticket.pk, body="Este.", by=marina, now=at("2026-11-23 13:00"))
    actions.send_solution(ticket.pk, body="Atualize.", by=rafael, now=at("2026-11-23 17:00"))
    actions.accept_solution(ticket.pk, by=marina, now=at("2026-11-24 10:00"))
    return ticket


@pytest.mark.rule("R-062", "R-066")
@pytest.mark.parametrize(("minutes", "would_meet"), [(360, 1), (359, 0)])
def test_openings_and_pauses_stay_and_the_minutes_change(closed: Ticket, minutes: int, would_meet: int) -> None:
    found = queries.simulate(schedule_of("support_tech_07_19"), {"critical": minutes}, **NOVEMBER)
    row = found[Severity.CRITICAL]
    assert (row.tickets, row.met, row.would_meet) == (1, 1, would_meet)
    assert Ticket.objects.get(pk=closed.pk).due_at == at("2026-11-24 09:00")


def test_open_cancelled_and_older_tickets_are_not_replayed(world: World, closed: Ticket) -> None:
    world.open(at("2026-11-23 09:00"), impact=CRITICAL)
    gone = world.open(at("2026-11-23 09:00"), impact=CRITICAL)
    actions.cancel_ticket(gone.pk, reason="Engano.", by=world.by(world.marina), now=at("2026-11-23 10:00"))
    october = {"since": at("2026-10-01 00:00"), "until": at("2026-11-01 00:00")}
    schedule = schedule_of("support_tech_07_19")
    assert queries.simulate(schedule, {"critical": 600}, **NOVEMBER)[Severity.CRITICAL].tickets == 1
    assert queries.simulate(schedule, {"critical": 600}, **october)[Severity.CRITICAL].tickets == 0


def test_the_command_prints_both_policies(closed: Ticket, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["sla", "simulate", "--calendar", "always", "--allowances", "critical=360", "--from", "2026-11-01"]
    assert execute([*words, "--to", "2026-12-01", "--json"]) == 0
    critical = json.loads(capsys.readouterr().out)["severities"][0]
    assert critical == {"severity": "critical", "tickets": 1, "met": 1, "would_meet": 1, "outside": 0}
    assert execute([*words[:3], "nenhum", *words[4:]]) == 2


@pytest.mark.rule("R-066", "R-140")
def test_a_ticket_beyond_the_years_of_the_calendar_is_left_out_and_counted(
    closed: Ticket, capsys: pytest.CaptureFixture[str]
) -> None:
    Almanac.objects.update(first_year=2027, mark=uuid4())
    found = queries.simulate(schedule_of("support_tech_07_19"), {"critical": 360}, **NOVEMBER)
    row = found[Severity.CRITICAL]
    assert (row.tickets, row.met, row.would_meet, row.outside) == (0, 0, 0, 1)
    period = ["--from", "2026-11-01", "--to", "2026-12-01"]
    policy = ["--calendar", "support_tech_07_19", "--allowances", "critical=360"]
    assert execute(["sla", "simulate", *policy, *period]) == 0
    assert capsys.readouterr().out.endswith("left out, beyond the calendar's years: 1\n")
