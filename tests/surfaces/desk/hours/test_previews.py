"""What a change would do is shown first, and nothing is done yet."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from farol.hours.models import Almanac, CalendarVersion, Holiday, SpecialDay
from farol.journal.models import Entry
from farol.tickets.models import Ticket
from tests.surfaces.desk.hours.said import (
    HOLIDAY,
    REASON,
    SHORTER,
    SPECIAL,
    TOMORROW,
    VERSION,
    due,
    post,
)
from tests.world import MEDIUM, World, at


def _status(client: Client, url: str, said: dict[str, object], wrong: dict[str, object]) -> int:
    status = client.post(url, {**said, **wrong}).status_code
    assert status in {409, 422}
    return status


@pytest.mark.rule("R-064")
@pytest.mark.rule("R-140")
@pytest.mark.parametrize(
    ("url", "said"),
    [
        (HOLIDAY, TOMORROW),
        (SPECIAL, {"day": "2026-11-25", "name": "Inventário", "windows": ""}),
        (VERSION, SHORTER),
    ],
)
def test_a_preview_names_the_tickets_and_changes_nothing(
    url: str, said: dict[str, object], teresa: Client, ticket: Ticket
) -> None:
    before = Entry.objects.count(), Holiday.objects.count(), CalendarVersion.objects.count(), due(ticket)
    html = post(teresa, url, said)
    assert "1 chamado aberto muda de data" in html
    assert f"/mesa/chamados/{ticket.pk}" in html
    assert "Laticínios Serra Azul" in html
    after = Entry.objects.count(), Holiday.objects.count(), CalendarVersion.objects.count(), due(ticket)
    assert after == before
    assert not SpecialDay.objects.exists()


@pytest.mark.rule("R-064")
def test_a_preview_repeats_what_was_said_and_cuts_a_long_list(
    world: World, teresa: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("farol.desk.changes.LISTED", 2)
    for minute in range(5):
        world.open(at(f"2026-11-23 09:0{minute}"), impact=MEDIUM)
    html = post(teresa, HOLIDAY, TOMORROW)
    for part in ("25/11/2026", "Dia do Farol", "Da empresa"):
        assert f"<dd>{part}</dd>" in html
    assert "5 chamados abertos mudam de data" in html
    assert "e mais 3 chamados" in html


@pytest.mark.rule("R-140")
@pytest.mark.parametrize(
    ("url", "said", "wrong", "field", "words"),
    [
        (HOLIDAY, TOMORROW, {"day": "2050-01-01"}, "day", "Os feriados deste ano ainda não foram carregados."),
        (HOLIDAY, TOMORROW, {"day": "2026-12-25", "level": "national"}, "day", "Este dia já é feriado: Natal."),
        (HOLIDAY, TOMORROW, {"day": "ontem"}, "day", "Esta data não existe."),
        (HOLIDAY, TOMORROW, {"name": " "}, "name", "Dê um nome ao dia."),
        (HOLIDAY, TOMORROW, {"level": "state"}, "place", "Escreva a sigla do estado, como SP."),
        (SPECIAL, {"day": "2026-11-25", "name": "X"}, {"windows": "12:00-08:00"}, "windows", "o fim vem antes"),
        (VERSION, SHORTER, {"week_0": "12:00-08:00"}, "week_0", "o fim vem antes do início."),
        (VERSION, SHORTER, {"week_1": "08:00-12:00 11:00-18:00"}, "week_1", "os intervalos se sobrepõem."),
        (VERSION, SHORTER, {"week_2": "de manhã"}, "week_2", "cada intervalo se escreve como 08:00-12:00."),
        (VERSION, SHORTER, {"valid_from": "2019-01-01"}, "valid_from", "já tem uma versão"),
        (VERSION, SHORTER, {"zone": "Lua/Tranquilidade"}, "zone", "Não existe este fuso horário."),
        (VERSION, SHORTER, {"reason": " "}, "reason", "Diga por que o calendário muda."),
        (VERSION, SHORTER, {f"week_{day}": "" for day in range(5)}, "", "não tem nenhum minuto aberto"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(
    url: str, said: dict[str, object], wrong: dict[str, object], field: str, words: str, teresa: Client
) -> None:
    html = post(teresa, url, said, wrong, status=_status(teresa, url, said, wrong))
    assert words in html
    if field:
        assert f'id="id_{field}_error"' in html
    assert "Confirmar" not in html


@pytest.mark.rule("R-140")
def test_what_was_typed_can_be_altered_after_the_preview(teresa: Client) -> None:
    html = post(teresa, HOLIDAY, TOMORROW, {"alterar": "1"})
    assert 'value="Dia do Farol"' in html
    assert "Ver o efeito" in html


@pytest.mark.rule("R-140")
def test_a_change_after_which_a_promised_date_cannot_be_told_is_refused_whole(teresa: Client, ticket: Ticket) -> None:
    Almanac.objects.update(last_year=2026, mark=uuid4())
    said = {"day": "2026-11-24", "until": "2026-12-31", "name": "Recesso", "windows": ""}
    for confirmed in ({}, {"confirmar": "1", "recalculates": "on"} | REASON):
        html = post(teresa, SPECIAL, said, confirmed, status=422)
        assert "fora dos anos do calendário (2020 a 2026)." in html
    assert not SpecialDay.objects.exists()
    assert due(ticket) == at("2026-11-25 15:00")
