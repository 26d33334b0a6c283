"""Macros at the desk: kept on a page, looked over in a dialog, done, taken back from the toast."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from farol.playbook.models import Macro, MacroRun
from farol.tickets.models import Ticket
from tests.surfaces.desk.conftest import NOW
from tests.world import World


@pytest.fixture
def ticket(world: World) -> Ticket:
    return world.open(NOW - timedelta(hours=1), subject='Nota <b>"778"</b>')


def written(rafael: Client, world: World, **facts: str) -> Macro:
    told = {"team": str(world.fiscal.pk), "title": "Pedir XML", **facts}
    assert "Macro guardada." in rafael.post("/mesa/macros/nova", told, follow=True).content.decode()
    return Macro.objects.get()


def test_a_macro_is_written_looked_over_and_done(rafael: Client, world: World, ticket: Ticket) -> None:
    assert "Nenhuma macro ainda" in rafael.get("/mesa/macros").content.decode()
    macro = written(rafael, world, say="ask", text="Olá {{contato}}, sobre {{assunto}}.", assignee="me")
    stem = f"/mesa/chamados/{ticket.pk}"
    assert f"{stem}/macros/{macro.pk}" in rafael.get(f"{stem}/macros").content.decode()
    page = rafael.get(f"{stem}/macros/{macro.pk}").content.decode()
    assert "Olá Marina, sobre Nota &lt;b&gt;" in page
    assert "Pede uma informação ao cliente: o prazo pausa" in page
    assert "isso não se desfaz" in page
    facts = {"text": "Envie o XML, por favor.", "seen": str(ticket.last_entry_id)}
    answer = rafael.post(f"{stem}/macros/{macro.pk}", facts, follow=True).content.decode()
    assert "Macro executada: Pedir XML" in answer
    assert "Envie o XML, por favor." in answer
    assert "/reversao" not in answer


def test_what_stayed_in_the_house_is_undone_from_the_toast(rafael: Client, world: World, ticket: Ticket) -> None:
    macro = written(rafael, world, area=str(world.factory.pk), reason="Defeito.", note="Ver.")
    stem = f"/mesa/chamados/{ticket.pk}"
    answer = rafael.post(f"{stem}/macros/{macro.pk}", {"seen": str(ticket.last_entry_id)}, follow=True)
    undo = f"{stem}/execucoes/{MacroRun.objects.get().pk}/reversao"
    assert undo in answer.content.decode()
    assert "Macro desfeita." in rafael.post(undo, follow=True).content.decode()
    ticket.refresh_from_db()
    assert ticket.area_id == world.fiscal.pk


def test_a_refused_macro_keeps_the_words_in_the_dialog(rafael: Client, world: World, ticket: Ticket) -> None:
    macro = written(rafael, world, say="reply", text="Olá.")
    Ticket.objects.filter(pk=ticket.pk).update(state="cancelled", closed_at=NOW)
    answer = rafael.post(f"/mesa/chamados/{ticket.pk}/macros/{macro.pk}", {"text": "Minhas palavras."})
    assert answer.status_code == 409
    assert "Minhas palavras." in answer.content.decode()


def test_bad_input_is_refused_on_the_form(rafael: Client, world: World, marina: Client, ticket: Ticket) -> None:
    for facts in ({}, {"team": "999"}, {"team": str(world.fiscal.pk), "minutes": "abc", "title": "x"}):
        assert rafael.post("/mesa/macros/nova", facts).status_code == 422
    assert rafael.get("/mesa/macros/999").status_code == 404
    assert rafael.get(f"/mesa/chamados/{ticket.pk}/macros/999").status_code == 404
    assert rafael.post(f"/mesa/chamados/{ticket.pk}/execucoes/999/reversao").status_code == 404
    assert marina.get("/mesa/macros").status_code == 404
