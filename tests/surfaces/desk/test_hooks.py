"""The pages where managers set up webhooks and read what arrived."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client

from farol.automation.models import Delivery, Hook
from tests.surfaces.desk.conftest import NOW, signed_in
from tests.world import World

WRITTEN = {"name": "ERP", "url": "https://erp.example/farol", "events": ["ticket.opened"], "is_active": "on"}
NEW = "/mesa/automacao/webhooks/novo"


@pytest.fixture
def teresa(world: World, now: datetime) -> Client:
    return signed_in(world, "teresa")


def test_a_hook_is_set_up_read_back_and_switched_off(teresa: Client) -> None:
    answer = teresa.post(NEW, WRITTEN)
    hook = Hook.objects.get()
    assert answer["Location"] == f"/mesa/automacao/webhooks/{hook.pk}"
    page = teresa.get(answer["Location"]).content.decode()
    assert 'value="https://erp.example/farol"' in page
    assert hook.secret in page
    teresa.post(answer["Location"], {key: value for key, value in WRITTEN.items() if key != "is_active"})
    secret = hook.secret
    hook.refresh_from_db()
    assert (hook.is_active, hook.secret) == (False, secret)
    assert "Desligado" in teresa.get("/mesa/automacao").content.decode()


@pytest.mark.parametrize(
    ("change", "words"),
    [({"name": ""}, "Dê um nome ao webhook."), ({"url": "http://10.0.0.1/"}, "https://"),
     ({"events": []}, "Escolha ao menos"), ({"events": ["ticket.noted"]}, "ticket.noted"),
     ({"url": "https://u:p@x.example/"}, "não traga senha")],
)  # fmt: skip
def test_what_cannot_be_kept_comes_back(teresa: Client, change: dict[str, object], words: str) -> None:
    answer = teresa.post(NEW, WRITTEN | change)
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert not Hook.objects.exists()


def test_a_trial_and_a_repetition_wait_in_the_log(teresa: Client) -> None:
    address = teresa.post(NEW, WRITTEN)["Location"]
    teresa.post(f"{address}/teste")
    trial = Delivery.objects.get()
    assert "Teste" in teresa.get(address).content.decode()
    Delivery.objects.update(state="failed", ended_at=NOW, answer="timeout", attempts=9)
    page = teresa.get(address).content.decode()
    for words in ("Desistimos", "timeout", "9 tentativas", "Enviar de novo"):
        assert words in page
    assert teresa.post(f"{address}/entregas/{trial.pk}/repeticao").status_code == 302
    trial.refresh_from_db()
    assert trial.state == "queued"
    assert teresa.post(f"{address}/entregas/999/repeticao").status_code == 404


@pytest.mark.parametrize("path", ["novo", "1"])
def test_only_managers_have_these_pages(world: World, rafael: Client, marina: Client, path: str) -> None:
    for client in (rafael, marina):
        assert client.get(f"/mesa/automacao/webhooks/{path}").status_code == 404
        assert client.post(f"/mesa/automacao/webhooks/{path}", WRITTEN).status_code == 404
    assert not Hook.objects.exists()
