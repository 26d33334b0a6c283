"""What was found can be passed on together, like what is queued; and a list cut short says so."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from farol.desk.views import search
from farol.tickets import actions
from farol.tickets.models import Batch, Ticket
from tests.surfaces.desk.conftest import NOW, signed_in
from tests.world import World


@pytest.fixture
def found(world: World) -> list[Ticket]:
    return [world.open(NOW - timedelta(hours=1), subject=f"Boleto {number}") for number in range(3)]


def test_what_was_found_is_passed_on_with_a_report_and_taken_back(
    world: World, rafael: Client, found: list[Ticket]
) -> None:
    actions.cancel_ticket(found[0].pk, reason="Resolvido.", by=world.by(world.marina), now=NOW)
    page = rafael.get("/mesa/busca?q=boleto").content.decode()
    chosen = [f"{ticket.pk}.{Ticket.objects.get(pk=ticket.pk).last_entry_id}" for ticket in found]
    assert all(f'value="{value}"' in page for value in chosen)
    assert "/mesa/lotes/novo" in page
    asked = rafael.post("/mesa/lotes/novo", {"ticket": chosen, "back": "/mesa/busca?q=boleto"}).content.decode()
    assert "/mesa/busca?q=boleto" in asked
    facts = {"ticket": chosen, "verbo": "assign", "responsavel": str(world.jussara.pk)}
    rafael.post("/mesa/lotes", facts)
    batch = Batch.objects.get()
    actions.run_batch(batch.pk, now=NOW)
    report = rafael.get(f"/mesa/lotes/{batch.pk}").content.decode()
    assert "2 chamados mudados" in report
    assert "1 recusado" in report
    assert Ticket.objects.filter(assignee=world.jussara).count() == 2
    rafael.post(f"/mesa/lotes/{batch.pk}/reversao")
    actions.run_batch(Batch.objects.latest("pk").pk, now=NOW)
    assert not Ticket.objects.filter(assignee=world.jussara).exists()


def test_a_list_that_is_cut_short_says_so_in_its_last_line(
    world: World, now: object, found: list[Ticket], monkeypatch: pytest.MonkeyPatch
) -> None:
    teresa = signed_in(world, "teresa")
    for most, lines in ((2, 4), (3, 4)):
        monkeypatch.setattr(search, "EXPORTED_AT_MOST", most)
        text = b"".join(teresa.get("/mesa/busca.csv?q=boleto").streaming_content).decode()  # type: ignore[attr-defined]
        assert len(text.splitlines()) == lines
        assert ("Há mais chamados: esta lista traz só os 2 primeiros." in text) is (most == 2)
