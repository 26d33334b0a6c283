"""Versions of a calendar: kept by new tickets, and by the old ones if asked."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from farol.hours import queries
from farol.hours.models import CalendarVersion
from farol.journal.models import Entry
from farol.tickets.models import Ticket
from tests.surfaces.desk.hours.said import (
    SHORTER,
    SUPPORT,
    VERSION,
    confirm,
    due,
    post,
)
from tests.world import World


@pytest.mark.rule("R-140")
def test_a_new_version_is_kept_by_new_tickets_and_by_the_old_ones_if_asked(teresa: Client, ticket: Ticket) -> None:
    old = ticket.calendar_version_id
    confirm(teresa, VERSION, SHORTER)
    version = CalendarVersion.objects.get(valid_from=date(2026, 12, 1))
    assert version.week["4"] == [["08:00", "12:00"], ["13:00", "17:00"]]
    assert Ticket.objects.get(pk=ticket.pk).calendar_version_id == old
    confirm(teresa, VERSION, SHORTER, {"valid_from": "2026-12-02", "recalculates": "on"})
    assert Ticket.objects.get(pk=ticket.pk).calendar_version.valid_from == date(2026, 12, 2)
    assert Entry.objects.filter(name="ticket.recalculated", subject=f"ticket:{ticket.pk}").count() == 1


@pytest.mark.rule("R-140")
def test_a_version_that_began_already_says_what_it_does_not_do(teresa: Client, ticket: Ticket) -> None:
    html = post(teresa, VERSION, SHORTER, {"valid_from": "2026-11-02"})
    assert "O dia escolhido já passou" in html
    assert "1 chamado aberto muda de data" in html
    assert "O dia escolhido já passou" not in post(teresa, VERSION, SHORTER)


@pytest.mark.rule("R-142")
@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Beirut"])
def test_a_version_in_a_zone_with_summer_time_is_reckoned_by_its_own_wall_clock(
    teresa: Client, world: World, zone: str
) -> None:
    said = SHORTER | {"zone": zone, "levels": [], "week_6": "00:00-24:00"}
    confirm(teresa, VERSION, said)
    schedule = queries.schedule_of(SUPPORT, date(2026, 12, 1))
    spring = {"America/New_York": date(2027, 3, 14), "Asia/Beirut": date(2027, 3, 28)}[zone]
    midnight = datetime(spring.year, spring.month, spring.day, tzinfo=ZoneInfo(zone))
    monday = datetime.combine(spring + timedelta(days=1), time(), ZoneInfo(zone))
    assert schedule.minutes_between(midnight, monday) == 23 * 60
    html = unescape(teresa.get("/mesa/horarios").content.decode())
    assert "domingo, 24 horas" in html or "domingo, das 0h às 24h" in html


@pytest.mark.rule("R-140")
def test_a_version_that_has_not_begun_is_taken_back(teresa: Client, rafael: Client, ticket: Ticket) -> None:
    before = due(ticket)
    confirm(teresa, VERSION, SHORTER)
    version = CalendarVersion.objects.get(valid_from=date(2026, 12, 1))
    address = f"/mesa/horarios/{SUPPORT}/versoes/{version.pk}/remocao"
    assert address in unescape(teresa.get("/mesa/horarios").content.decode())
    assert rafael.post(address).status_code == 404
    assert "Versão retirada" in unescape(teresa.post(address, follow=True).content.decode())
    assert due(ticket) == before
    assert teresa.post(address).status_code == 404
    post(teresa, VERSION, SHORTER)  # the day is free again


@pytest.mark.rule("R-140")
def test_a_version_that_tickets_are_reckoned_by_stays(teresa: Client, ticket: Ticket) -> None:
    confirm(teresa, VERSION, SHORTER, {"recalculates": "on"})
    for version in CalendarVersion.objects.filter(calendar__code=SUPPORT):
        address = f"/mesa/horarios/{SUPPORT}/versoes/{version.pk}/remocao"
        answer = teresa.post(address)
        assert (answer.status_code, "não pode ser retirada" in answer.content.decode()) == (409, True)
