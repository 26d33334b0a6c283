"""The timer and the correction of time on the desk (R-054)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from farol.tickets import actions
from farol.tickets.models import Ticket, WorkEntry
from tests.surfaces.desk.conftest import NOW
from tests.world import World


@pytest.fixture
def ticket(world: World) -> Ticket:
    return world.open(NOW - timedelta(hours=1))


@pytest.fixture
def entry(world: World, ticket: Ticket) -> WorkEntry:
    return actions.log_work(
        ticket.pk, started_at=NOW - timedelta(minutes=40), ended_at=NOW, activity="Análise", is_billable=True,
        by=world.by(world.rafael), now=NOW,
    )  # fmt: skip


def address(entry: WorkEntry) -> str:
    return f"/mesa/chamados/{entry.ticket_id}/apontamentos/{entry.pk}"


FACTS = {"started_at": "2026-11-24T08:30", "ended_at": "2026-11-24T09:00", "activity": "Análise", "why": "Almoço"}


@pytest.mark.rule("R-054")
def test_the_form_begins_with_what_the_entry_says_and_the_page_with_the_correction(
    rafael: Client, entry: WorkEntry
) -> None:
    page = rafael.get(address(entry)).content.decode()
    assert 'value="2026-11-24T08:20"' in page
    assert 'value="Análise"' in page
    answer = rafael.post(address(entry), FACTS, follow=True)
    html = answer.content.decode()
    assert "Apontamento corrigido." in html
    assert "Rafael Tanaka corrigiu um apontamento de 0h40 para 0h30, sem faturar: Almoço" in html
    assert "0h30 · sem faturar" in html


def test_an_entry_is_withdrawn(rafael: Client, entry: WorkEntry) -> None:
    html = rafael.post(address(entry), FACTS | {"withdraws": "on"}, follow=True).content.decode()
    assert "Rafael Tanaka retirou um apontamento de 0h40: Almoço" in html
    assert "Nenhuma hora apontada." in html


@pytest.mark.parametrize(("change", "status", "text"), [
    ({"why": ""}, 422, "Diga por que o apontamento é corrigido."),
    ({"ended_at": "2026-11-24T08:00"}, 422, "O fim precisa vir depois do início."),
    ({"started_at": "x"}, 422, "Esta data não existe."),
])  # fmt: skip
def test_what_is_refused_stands_on_the_form(
    rafael: Client, entry: WorkEntry, change: dict[str, str], status: int, text: str
) -> None:
    answer = rafael.post(address(entry), FACTS | change)
    assert answer.status_code == status
    assert text in answer.content.decode()
    assert WorkEntry.objects.count() == 1


def test_a_colleague_is_told_whom_to_ask(jussara: Client, entry: WorkEntry) -> None:
    answer = jussara.post(address(entry), FACTS)
    assert answer.status_code == 403
    assert "Só Rafael Tanaka ou um gestor corrige este apontamento." in answer.content.decode()
    page = jussara.get(f"/mesa/chamados/{entry.ticket_id}").content.decode()
    assert "Corrigir apontamento" not in page


def test_a_customer_finds_nothing_there(marina: Client, entry: WorkEntry) -> None:
    assert marina.get(address(entry)).status_code == 404
    assert marina.post(f"/mesa/chamados/{entry.ticket_id}/cronometro", {"seconds": "5"}).status_code == 404


@pytest.mark.rule("R-054")
def test_the_timer_answers_the_sum_and_proposes_it(rafael: Client, ticket: Ticket) -> None:
    stem = f"/mesa/chamados/{ticket.pk}"
    assert rafael.post(f"{stem}/cronometro", {"seconds": "1560"}).json() == {"seconds": 1560}
    for nonsense in ("-5", "x", "9" * 400, ""):
        assert rafael.post(f"{stem}/cronometro", {"seconds": nonsense}).json() == {"seconds": 1560}
    assert 'value="2026-11-24T08:34"' in rafael.get(f"{stem}/apontamentos").content.decode()
