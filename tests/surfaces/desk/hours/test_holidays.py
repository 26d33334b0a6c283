"""Holidays entered late and taken back, with the dates that move if asked."""

from __future__ import annotations

from datetime import date
from html import unescape

import pytest
from django.test import Client

from farol.hours.models import Holiday, SpecialDay
from farol.journal.models import Entry
from farol.tickets.models import Ticket
from tests.surfaces.desk.hours.said import (
    HOLIDAY,
    REASON,
    SPECIAL,
    TOMORROW,
    confirm,
    due,
)
from tests.world import at


def removal(day: date, level: str = "national") -> str:
    return f"/mesa/horarios/feriados/{Holiday.objects.get(day=day, level=level).pk}/remocao"


@pytest.mark.rule("R-064")
@pytest.mark.rule("R-140")
def test_a_forgotten_holiday_moves_dates_only_if_asked(teresa: Client, ticket: Ticket) -> None:
    promised = due(ticket)
    confirm(teresa, HOLIDAY, TOMORROW)
    assert Holiday.objects.filter(name="Dia do Farol").exists()
    assert due(ticket) == promised


@pytest.mark.rule("R-064")
@pytest.mark.rule("R-140")
def test_a_forgotten_holiday_and_its_dates_change_together(teresa: Client, ticket: Ticket) -> None:
    promised = due(ticket)
    confirm(teresa, HOLIDAY, TOMORROW, REASON, {"recalculates": "on"})
    assert (due(ticket) - promised).days == 1
    entry = Entry.objects.get(name="ticket.recalculated")
    assert entry.body == REASON["reason"]


@pytest.mark.rule("R-064")
@pytest.mark.parametrize(
    ("url", "said"),
    [(HOLIDAY, TOMORROW), (SPECIAL, {"day": "2026-11-25", "name": "Inventário", "windows": ""})],
)
def test_dates_do_not_move_without_a_reason_and_then_nothing_does(
    url: str, said: dict[str, object], teresa: Client, ticket: Ticket
) -> None:
    before = Entry.objects.count(), due(ticket)
    html = confirm(teresa, url, said, {"recalculates": "on", "reason": " "}, status=422)
    assert "Diga por que as datas prometidas mudam." in html
    assert "1 chamado aberto muda de data" in html
    assert (Entry.objects.count(), due(ticket)) == before
    assert not Holiday.objects.filter(name="Dia do Farol").exists()
    assert not SpecialDay.objects.exists()


@pytest.mark.rule("R-064", "R-140")
def test_a_holiday_is_taken_back_after_its_effect_was_seen(teresa: Client, until_monday: Ticket) -> None:
    url = removal(date(2026, 11, 20))
    assert url in teresa.get("/mesa/horarios").content.decode()
    html = unescape(teresa.get(url).content.decode())
    for part in ("1 chamado aberto muda de data", f"/mesa/chamados/{until_monday.pk}", "Consciência Negra, sexta, 20",
                 "(Nacional)", 'value="1">Retirar feriado</button>'):  # fmt: skip
        assert part in html, part
    assert due(until_monday) == at("2026-11-24 12:00")
    confirm(teresa, url, {"recalculates": "on", "reason": "Foi revogado."})
    assert due(until_monday) == at("2026-11-23 12:00")
    assert not Holiday.objects.filter(day=date(2026, 11, 20), level="national").exists()
    told = Entry.objects.get(name="holiday.removed")
    assert (told.body, told.facts["level"]) == ("Foi revogado.", "national")
    assert Entry.objects.get(name="ticket.recalculated").body == "Foi revogado."
    assert teresa.get(url).status_code == 404
    assert teresa.post(url, {"confirmar": "1"}).status_code == 404


@pytest.mark.rule("R-064", "R-140")
def test_a_holiday_taken_back_moves_no_date_unless_asked_and_then_with_a_reason(
    teresa: Client, until_monday: Ticket
) -> None:
    url = removal(date(2026, 11, 20))
    html = confirm(teresa, url, {"recalculates": "on", "reason": ""}, status=422)
    assert "Diga por que as datas prometidas mudam." in html
    assert "1 chamado aberto muda de data" in html
    assert Holiday.objects.filter(day=date(2026, 11, 20), level="national").exists()
    confirm(teresa, url, {"reason": "Foi revogado."})
    assert due(until_monday) == at("2026-11-24 12:00")
    assert Entry.objects.get(name="holiday.removed").body == "Foi revogado."
