"""The managers' pages of hours: what a change would do is shown first, and confirming does all of it or nothing."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from html import unescape
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from farol.hours import queries
from farol.hours.models import Almanac, CalendarVersion, Holiday, SpecialDay
from farol.journal.models import Entry
from farol.tickets import actions
from farol.tickets.models import Ticket, Window
from tests.surfaces.desk.conftest import signed_in
from tests.world import CRITICAL, MEDIUM, World, at

SUPPORT = "support_tech_07_19"
HOLIDAY = "/mesa/horarios/feriados/novo"
VERSION = f"/mesa/horarios/{SUPPORT}/versoes/nova"
SPECIAL = f"/mesa/horarios/{SUPPORT}/dias/novo"
TOMORROW = {"day": "2026-11-25", "name": "Dia do Farol", "level": "vendor", "place": ""}
REASON = {"reason": "Esquecemos de carregar este feriado."}
SHORTER = {
    "valid_from": "2026-12-01",
    "zone": "America/Sao_Paulo",
    "levels": ["national"],
    "place": "SP/São Paulo",
    "reason": "Acordo coletivo de 2026.",
    **{f"week_{day}": "08:00-12:00 13:00-17:00" for day in range(5)},
}


@pytest.fixture
def teresa(world: World, now: datetime) -> Client:
    return signed_in(world, "teresa")


@pytest.fixture
def ticket(world: World) -> Ticket:
    """Opened Monday 9:00 with 30 business hours: due Wednesday the 25th at 15:00."""
    return world.open(at("2026-11-23 09:00"), impact=MEDIUM)


@pytest.fixture
def pause(world: World) -> Window:
    """Asked at 9:00, answered at 11:00, on a critical ticket opened at 8:00 of the same Monday."""
    opened = world.open(at("2026-11-23 08:00"), impact=CRITICAL)
    actions.ask_customer(opened.pk, body="Qual é a versão?", by=world.by(world.rafael), now=at("2026-11-23 09:00"))
    actions.reply(opened.pk, body="12.4.2", by=world.by(world.marina), now=at("2026-11-23 11:00"))
    return opened.windows.get()


def post(client: Client, url: str, *said: dict[str, object], status: int = 200) -> str:
    facts = {name: value for part in said for name, value in part.items()}
    answer = client.post(url, facts)
    html = unescape(answer.content.decode())
    assert answer.status_code == status, html[-3000:]
    return html


def confirm(client: Client, url: str, *said: dict[str, object], status: int = 302) -> str:
    return post(client, url, *said, {"confirmar": "1"}, status=status)


def due(ticket: Ticket) -> datetime:
    return Ticket.objects.get(pk=ticket.pk).due_at


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
def test_a_special_day_can_be_shorter(teresa: Client, ticket: Ticket) -> None:
    confirm(teresa, SPECIAL, {"day": "2026-11-24", "name": "Véspera", "windows": "07:00-12:00", "recalculates": "on"},
            REASON)  # fmt: skip
    assert SpecialDay.objects.get().windows == [["07:00", "12:00"]]
    assert due(ticket) > ticket.due_at
    assert "Véspera, das 7h às 12h" in unescape(teresa.get("/mesa/horarios").content.decode())


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


def _status(client: Client, url: str, said: dict[str, object], wrong: dict[str, object]) -> int:
    status = client.post(url, {**said, **wrong}).status_code
    assert status in {409, 422}
    return status


@pytest.mark.rule("R-140")
def test_what_was_typed_can_be_altered_after_the_preview(teresa: Client) -> None:
    html = post(teresa, HOLIDAY, TOMORROW, {"alterar": "1"})
    assert 'value="Dia do Farol"' in html
    assert "Ver o efeito" in html


@pytest.mark.rule("R-064")
def test_a_pause_is_corrected_after_its_effect_was_seen(teresa: Client, rafael: Client, pause: Window) -> None:
    workspace = f"/mesa/chamados/{pause.ticket_id}"
    url = f"{workspace}/pausas/{pause.pk}"
    assert url in teresa.get(workspace).content.decode()
    assert url not in rafael.get(workspace).content.decode()
    said = {"sent_at": "2026-11-23T09:00", "ended_at": "2026-11-23T10:00", "reason": "A resposta veio por telefone."}
    promised = due(pause.ticket)
    html = post(teresa, url, said)
    assert "1 chamado aberto muda de data" in html
    assert due(pause.ticket) == promised
    confirm(teresa, url, said)
    assert (promised, due(pause.ticket)) == (at("2026-11-24 08:00"), at("2026-11-23 19:00"))
    entry = Entry.objects.get(name="ticket.pause_corrected")
    assert entry.body == said["reason"]


@pytest.mark.rule("R-064")
@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"ended_at": "2026-11-23T08:30"}, "ended_at", "O fim precisa vir depois do início."),
        ({"ended_at": "2027-11-23T08:30"}, "ended_at", "O fim está no futuro."),
        ({"sent_at": "2026-11-20T08:30"}, "sent_at", "O início vem antes da abertura do chamado."),
        ({"reason": ""}, "reason", "Diga por que as datas prometidas mudam."),
        ({"sent_at": ""}, "sent_at", "Diga o dia."),
    ],
)
def test_a_pause_is_not_corrected_to_nonsense(
    wrong: dict[str, object], field: str, words: str, teresa: Client, pause: Window
) -> None:
    url = f"/mesa/chamados/{pause.ticket_id}/pausas/{pause.pk}"
    said = {"sent_at": "2026-11-23T09:00", "ended_at": "2026-11-23T10:00", "reason": "Por telefone."}
    for confirmed in ({}, {"confirmar": "1"}):
        html = post(teresa, url, said, wrong, confirmed, status=422)
        assert words in html
        assert f'id="id_{field}_error"' in html
    assert not Entry.objects.filter(name="ticket.pause_corrected").exists()


@pytest.mark.rule("R-064")
def test_a_pause_left_as_it_stands_keeps_its_seconds(teresa: Client, world: World) -> None:
    opened = world.open(at("2026-11-23 09:00").replace(second=30), impact=CRITICAL)
    sent, ended = at("2026-11-23 09:00").replace(second=45), at("2026-11-23 10:00")
    actions.ask_customer(opened.pk, body="Qual é a versão?", by=world.by(world.rafael), now=sent)
    actions.reply(opened.pk, body="12.4.2", by=world.by(world.marina), now=ended)
    window = opened.windows.get()
    said = {"sent_at": "2026-11-23T09:00", "ended_at": "2026-11-23T11:00", "reason": "Por telefone."}
    confirm(teresa, f"/mesa/chamados/{opened.pk}/pausas/{window.pk}", said)
    assert opened.windows.get().sent_at == sent


def removal(day: date, level: str = "national") -> str:
    return f"/mesa/horarios/feriados/{Holiday.objects.get(day=day, level=level).pk}/remocao"


@pytest.fixture
def until_monday(world: World) -> Ticket:
    """Opened on the eve of a holiday with 20 business hours: due Tuesday the 24th at 12:00."""
    return world.open(at("2026-11-19 16:00"))


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


def test_a_removal_of_what_is_not_there_is_404(teresa: Client, rafael: Client) -> None:
    there = removal(date(2026, 11, 20))
    gone = ("feriados/999999", f"{SUPPORT}/dias/2026-11-24", f"{SUPPORT}/dias/ontem", "nenhum/dias/2026-11-24")
    for what in gone:
        assert teresa.get(f"/mesa/horarios/{what}/remocao").status_code == 404, what
    assert "value" in teresa.get(f"{SPECIAL}?dia=ontem").content.decode()
    assert rafael.get(there).status_code == 404
    assert rafael.post(there, {"confirmar": "1"}).status_code == 404


@pytest.mark.rule("R-140")
def test_a_version_that_began_already_says_what_it_does_not_do(teresa: Client, ticket: Ticket) -> None:
    html = post(teresa, VERSION, SHORTER, {"valid_from": "2026-11-02"})
    assert "O dia escolhido já passou" in html
    assert "1 chamado aberto muda de data" in html
    assert "O dia escolhido já passou" not in post(teresa, VERSION, SHORTER)


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


@pytest.mark.rule("R-062", "R-064")
def test_a_pause_corrected_into_another_is_refused_and_both_are_named(
    teresa: Client, world: World, pause: Window
) -> None:
    rafael, marina = world.by(world.rafael), world.by(world.marina)
    actions.ask_customer(pause.ticket_id, body="E o módulo?", by=rafael, now=at("2026-11-23 12:00").replace(second=40))
    url = f"/mesa/chamados/{pause.ticket_id}/pausas/{pause.pk}"
    said = {"sent_at": "2026-11-23T09:00", "ended_at": "2026-11-23T12:01", "reason": "Por telefone."}
    for confirmed in ({}, {"confirmar": "1"}):
        html = post(teresa, url, said, confirmed, status=409)
        assert "A pausa 23/11/2026 09:00 – 23/11/2026 12:01 se sobrepõe à pausa 23/11/2026 12:00 – …." in html
    actions.reply(pause.ticket_id, body="NF-e.", by=marina, now=at("2026-11-23 12:30"))
    html = post(teresa, url, said, status=409)
    assert "se sobrepõe à pausa 23/11/2026 12:00 – 23/11/2026 12:30." in html
    confirm(teresa, url, said, {"ended_at": "2026-11-23T12:00"})
    assert due(pause.ticket) == at("2026-11-24 09:30")


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


@pytest.mark.rule("R-140")
def test_a_change_after_which_a_promised_date_cannot_be_told_is_refused_whole(teresa: Client, ticket: Ticket) -> None:
    Almanac.objects.update(last_year=2026, mark=uuid4())
    said = {"day": "2026-11-24", "until": "2026-12-31", "name": "Recesso", "windows": ""}
    for confirmed in ({}, {"confirmar": "1", "recalculates": "on"} | REASON):
        html = post(teresa, SPECIAL, said, confirmed, status=422)
        assert "fora dos anos do calendário (2020 a 2026)." in html
    assert not SpecialDay.objects.exists()
    assert due(ticket) == at("2026-11-25 15:00")


@pytest.mark.rule("R-140")
def test_a_special_day_holds_on_a_holiday_and_the_holiday_again_after_it(teresa: Client, world: World) -> None:
    christmas = {"day": "2026-12-25", "name": "Natal com plantão", "windows": "09:00-12:00"}
    confirm(teresa, SPECIAL, christmas)
    assert queries.schedule_of(SUPPORT).is_open(at("2026-12-25 09:30"))
    confirm(teresa, f"/mesa/horarios/{SUPPORT}/dias/2026-12-25/remocao", {})
    assert not queries.schedule_of(SUPPORT).is_open(at("2026-12-25 09:30"))


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
