"""The pages of hours: who finds them, what they tell, which years they know."""

from __future__ import annotations

from datetime import date
from html import unescape

import pytest
from django.test import Client

from farol.hours import queries
from farol.hours.models import Holiday
from farol.journal.models import Entry
from farol.tickets.models import Window
from tests.surfaces.desk.hours.said import (
    HOLIDAY,
    REASON,
    SHORTER,
    SPECIAL,
    SUPPORT,
    TOMORROW,
    VERSION,
    confirm,
    post,
)
from tests.world import World, at


def _status(client: Client, url: str, said: dict[str, object], wrong: dict[str, object]) -> int:
    status = client.post(url, {**said, **wrong}).status_code
    assert status in {409, 422}
    return status


def removal(day: date, level: str = "national") -> str:
    return f"/mesa/horarios/feriados/{Holiday.objects.get(day=day, level=level).pk}/remocao"


def test_who_does_not_manage_finds_nothing_here(
    world: World, rafael: Client, marina: Client, teresa: Client, pause: Window
) -> None:
    correction = f"/mesa/chamados/{pause.ticket_id}/pausas/{pause.pk}"
    for url in ("/mesa/horarios", HOLIDAY, VERSION, SPECIAL, correction):
        assert rafael.get(url).status_code == 404
        assert marina.get(url).status_code == 404
        assert teresa.get(url).status_code == 200
    assert rafael.post(HOLIDAY, {**TOMORROW, **REASON, "confirmar": "1"}).status_code == 404
    assert not Holiday.objects.filter(name="Dia do Farol").exists()
    assert "/mesa/horarios" not in rafael.get("/mesa/minha-fila").content.decode()
    assert "/mesa/horarios" in teresa.get("/mesa/minha-fila").content.decode()


def test_the_hours_are_told_in_words_with_their_holidays(teresa: Client) -> None:
    html = unescape(teresa.get("/mesa/horarios").content.decode())
    for part in ("de segunda a sexta, das 7h às 19h", "24 horas, todos os dias", "Feriados de 2026", "Feriados de 2027",
                 "Natal", "Consciência Negra", "Municipal", "SP/São Paulo", "Desde 01/01/2020",
                 "<span>sáb</span>"):  # fmt: skip
        assert part in html, part


def test_a_calendar_that_is_not_there_is_404(teresa: Client) -> None:
    assert teresa.get("/mesa/horarios/inexistente/versoes/nova").status_code == 404
    assert teresa.get("/mesa/horarios/inexistente/dias/novo").status_code == 404


def test_a_removal_of_what_is_not_there_is_404(teresa: Client, rafael: Client) -> None:
    there = removal(date(2026, 11, 20))
    gone = ("feriados/999999", f"{SUPPORT}/dias/2026-11-24", f"{SUPPORT}/dias/ontem", "nenhum/dias/2026-11-24")
    for what in gone:
        assert teresa.get(f"/mesa/horarios/{what}/remocao").status_code == 404, what
    assert "value" in teresa.get(f"{SPECIAL}?dia=ontem").content.decode()
    assert rafael.get(there).status_code == 404
    assert rafael.post(there, {"confirmar": "1"}).status_code == 404


@pytest.mark.rule("R-140")
def test_further_years_are_loaded_once_and_then_dates_in_them_are_known(teresa: Client) -> None:
    assert "Feriados conhecidos de 2020 a 2035." in teresa.get("/mesa/horarios").content.decode()
    html = post(teresa, "/mesa/horarios/anos", {"until": "2037"})
    assert "nenhuma chega aos anos novos" in html
    assert not Holiday.objects.filter(day__year=2036).exists()
    confirm(teresa, "/mesa/horarios/anos", {"until": "2037"})
    assert Holiday.objects.filter(day=date(2037, 12, 25), name="Natal").count() == 1
    assert Entry.objects.get(name="holidays.years_loaded").facts == {"first_year": 2036, "last_year": 2037}
    html = unescape(teresa.get("/mesa/horarios?ano=2036").content.decode())
    assert "Feriados de 2036" in html
    assert "Feriados de 2037" in html
    confirm(teresa, HOLIDAY, TOMORROW, {"day": "2037-03-03"})
    again = confirm(teresa, "/mesa/horarios/anos", {"until": "2037"}, status=409)
    assert "Os feriados até 2037 já estão carregados." in again


@pytest.mark.parametrize(
    ("until", "words"),
    [
        ("2035", "Os feriados até 2035 já estão carregados."),
        ("2101", "Só se conhecem feriados até 2100."),
        ("99999", "9999"),
        ("logo", "Diga o ano."),
        ("", "Diga o ano."),
        ("-1", "já estão carregados."),
    ],
)
def test_years_that_cannot_be_loaded_are_refused_at_their_field(teresa: Client, until: str, words: str) -> None:
    html = post(
        teresa,
        "/mesa/horarios/anos",
        {"until": until},
        status=_status(teresa, "/mesa/horarios/anos", {"until": until}, {}),
    )
    assert words in html
    assert 'id="id_until_error"' in html


def test_it_is_said_in_time_that_the_known_years_end(teresa: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    told = "Os feriados só são conhecidos até 2035"
    assert told not in teresa.get("/mesa/horarios").content.decode()
    monkeypatch.setattr("farol.desk.door.now", lambda: at("2034-06-30 10:00"))
    assert told not in teresa.get("/mesa/horarios").content.decode()
    monkeypatch.setattr("farol.desk.door.now", lambda: at("2034-07-01 10:00"))
    assert told in teresa.get("/mesa/horarios").content.decode()


@pytest.mark.parametrize("year", ["1", "9999", "abcd", "٢٠٢٦", "20260", ""])
def test_a_year_that_is_not_known_shows_one_that_is(teresa: Client, year: str) -> None:
    assert teresa.get("/mesa/horarios", {"ano": year}).status_code == 200


@pytest.mark.rule("R-140")
def test_a_calendar_without_holidays_keeps_its_years_when_it_gets_a_special_day(teresa: Client, world: World) -> None:
    around_the_clock = "/mesa/horarios/always/dias/novo"
    confirm(teresa, around_the_clock, {"day": "2026-12-24", "name": "Manutenção", "windows": "00:00-12:00"})
    schedule = queries.schedule_of("always")
    assert schedule.due(at("2026-12-24 11:00"), 120) == at("2026-12-25 01:00")
    assert schedule.due(at("2025-06-01 11:00"), 120) == at("2025-06-01 13:00")
    assert schedule.due(at("2027-06-01 11:00"), 120) == at("2027-06-01 13:00")


@pytest.mark.rule("R-140")
@pytest.mark.parametrize(
    ("url", "said", "field"),
    [
        (SPECIAL, {"day": "9999-12-31", "name": "X", "windows": ""}, "day"),
        ("/mesa/horarios/always/dias/novo", {"day": "2036-01-01", "name": "X", "windows": ""}, "day"),
        (VERSION, SHORTER | {"valid_from": "9999-12-31"}, "valid_from"),
    ],
)
def test_days_beyond_the_known_years_are_refused(teresa: Client, url: str, said: dict[str, object], field: str) -> None:
    for confirmed in ({}, {"confirmar": "1"}):
        html = post(teresa, url, said, confirmed, status=422)
        assert "Os feriados deste ano ainda não foram carregados." in html
        assert f'id="id_{field}_error"' in html
    assert teresa.get("/mesa/horarios").status_code == 200
