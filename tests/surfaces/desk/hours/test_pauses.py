"""Pauses corrected after their effect was seen."""

from __future__ import annotations

import pytest
from django.test import Client

from farol.journal.models import Entry
from farol.tickets import actions
from farol.tickets.models import Window
from tests.surfaces.desk.hours.said import (
    confirm,
    due,
    post,
)
from tests.world import CRITICAL, World, at


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
