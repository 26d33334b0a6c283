"""Special days: shorter, closed, many at once, taken back."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client

from farol.hours import queries
from farol.hours.models import SpecialDay
from farol.journal.models import Entry
from farol.tickets.models import Ticket
from tests.surfaces.desk.hours.said import (
    REASON,
    SPECIAL,
    SUPPORT,
    confirm,
    due,
    post,
)
from tests.world import World, at


@pytest.mark.rule("R-140")
def test_a_special_day_can_be_shorter(teresa: Client, ticket: Ticket) -> None:
    confirm(teresa, SPECIAL, {"day": "2026-11-24", "name": "Véspera", "windows": "07:00-12:00", "recalculates": "on"},
            REASON)  # fmt: skip
    assert SpecialDay.objects.get().windows == [["07:00", "12:00"]]
    assert due(ticket) > ticket.due_at
    assert "Véspera, das 7h às 12h" in unescape(teresa.get("/mesa/horarios").content.decode())


@pytest.mark.rule("R-064", "R-140")
def test_a_special_day_is_altered_and_taken_back_with_its_effect_seen_first(teresa: Client, ticket: Ticket) -> None:
    said = {"day": "2026-11-24", "name": "Inventário", "windows": "07:00-12:00", "reason": "Contagem anual."}
    confirm(teresa, SPECIAL, said, {"recalculates": "on"})
    assert due(ticket) == at("2026-11-26 10:00")
    assert Entry.objects.get(name="calendar.special_day_set").body == "Contagem anual."
    page = teresa.get("/mesa/horarios").content.decode()
    altered = f"{SPECIAL}?dia=2026-11-24"
    assert altered in page
    assert 'value="07:00-12:00"' in teresa.get(altered).content.decode()
    url = f"/mesa/horarios/{SUPPORT}/dias/2026-11-24/remocao"
    assert url in page
    assert "1 chamado aberto muda de data" in teresa.get(url).content.decode()
    assert SpecialDay.objects.exists()
    confirm(teresa, url, {"recalculates": "on", "reason": "Ficou para dezembro."})
    assert not SpecialDay.objects.exists()
    assert due(ticket) == at("2026-11-25 15:00")
    assert Entry.objects.get(name="calendar.special_day_removed").body == "Ficou para dezembro."


@pytest.mark.rule("R-140")
def test_a_closure_may_cover_many_days_and_is_previewed_as_one(teresa: Client, ticket: Ticket) -> None:
    december = {"day": "2026-11-24", "until": "2026-12-31", "name": "Recesso", "windows": ""}
    assert "1 chamado aberto muda de data" in post(teresa, SPECIAL, december)
    assert not SpecialDay.objects.exists()
    confirm(teresa, SPECIAL, december, REASON, {"recalculates": "on"})
    assert SpecialDay.objects.filter(name="Recesso").count() == 38
    assert due(ticket) == at("2027-01-05 15:00")
    assert Entry.objects.filter(name="ticket.recalculated").count() == 1


@pytest.mark.rule("R-140")
@pytest.mark.parametrize(
    ("until", "words"),
    [
        ("2026-11-23", "O fim precisa vir depois do início."),
        ("2027-11-26", "Escolha no máximo um ano de cada vez."),
        ("2026-02-29", "Esta data não existe."),
    ],
)
def test_a_closure_of_many_days_ends_after_it_begins_and_within_a_year(teresa: Client, until: str, words: str) -> None:
    said = {"day": "2026-11-24", "until": until, "name": "Recesso", "windows": ""}
    for confirmed in ({}, {"confirmar": "1"}):
        html = post(teresa, SPECIAL, said, confirmed, status=422)
        assert words in html
        assert 'id="id_until_error"' in html
    assert not SpecialDay.objects.exists()


@pytest.mark.rule("R-140")
def test_a_special_day_holds_on_a_holiday_and_the_holiday_again_after_it(teresa: Client, world: World) -> None:
    christmas = {"day": "2026-12-25", "name": "Natal com plantão", "windows": "09:00-12:00"}
    confirm(teresa, SPECIAL, christmas)
    assert queries.schedule_of(SUPPORT).is_open(at("2026-12-25 09:30"))
    confirm(teresa, f"/mesa/horarios/{SUPPORT}/dias/2026-12-25/remocao", {})
    assert not queries.schedule_of(SUPPORT).is_open(at("2026-12-25 09:30"))
