"""Opening a quote's document, then approving it; and contesting a severity, in the portal."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from farol.files import actions as files
from farol.tickets import actions
from farol.tickets.models import Task, Ticket
from farol.tickets.rules.lifecycle import State
from farol.tickets.rules.windows import Asked
from tests.calling import Program
from tests.world import World


@pytest.mark.rule("R-193")
def test_the_button_waits_for_the_document(marina: Client, world: World, now: datetime) -> None:
    ticket = world.open(now - timedelta(hours=1))
    staff = world.by(world.rafael)
    document = files.keep(staff.subject, SimpleUploadedFile("orcamento.pdf", b"%PDF-1.7"), by=staff)
    actions.ask_customer(
        ticket.pk, body="Oito horas.", asked=Asked.QUOTE, by=staff, now=now, attachments=[document.pk]
    )  # fmt: skip
    page = f"/chamados/{ticket.pk}"
    assert "Abra o orçamento para poder aprovar." in marina.get(page).content.decode()
    refused = marina.post(f"{page}/aprovacao")
    assert refused.status_code == 409
    assert "Abra o orçamento antes de aprovar: orcamento.pdf." in refused.content.decode()
    assert marina.post(f"{page}/aprovacao").status_code == 409
    assert b"".join(marina.get(f"/arquivos/{document.pk}").streaming_content) == b"%PDF-1.7"  # type: ignore[attr-defined]
    assert "Abra o orçamento para poder aprovar." not in marina.get(page).content.decode()
    api = Program.of(world.marina)
    told = api.get(f"/tickets/{ticket.pk}/quotes")["items"]
    assert [(quote["version"], quote["state"], quote["unopened"]) for quote in told] == [(1, "sent", [])]
    assert marina.post(f"{page}/aprovacao").status_code == 302
    assert api.get(f"/tickets/{ticket.pk}/quotes")["items"][0]["state"] == "accepted"
    assert Ticket.objects.get(pk=ticket.pk).state == State.IN_ANALYSIS


@pytest.mark.rule("R-065")
def test_a_severity_is_contested_with_a_reason(marina: Client, world: World, now: datetime) -> None:
    ticket = world.open(now - timedelta(hours=1))
    page = f"/chamados/{ticket.pk}/contestacao"
    assert page in marina.get(f"/chamados/{ticket.pk}").content.decode()
    assert "Por que a severidade não é essa?" in marina.get(page).content.decode()
    assert marina.post(page, {"reason": ""}).status_code == 422
    assert marina.post(page, {"reason": "A expedição parou."}).status_code == 302
    assert Task.objects.get().words == "A expedição parou."
    assert marina.post(page, {"reason": "De novo."}).status_code == 409
    assert "A expedição parou." in marina.get(f"/chamados/{ticket.pk}").content.decode()
