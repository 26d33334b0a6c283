"""Refusals, errors, and what is typed when the session has ended: nothing lost, nothing done by mistake."""

from __future__ import annotations

import html
import re
from datetime import datetime

import pytest
from django.conf import settings
from django.test import Client

from farol.tickets.models import Draft
from tests.surfaces.portal.conftest import NOW, signed_in
from tests.world import PASSWORD, World

MARINA = "marina@serraazul.example"
TYPED = "O erro voltou depois da atualização de hoje cedo."


def hidden(response, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())
    return html.unescape(found.group(1)) if found else ""


def half_written(world: World) -> Draft:
    answers = {"product": world.product.pk, "kind": "question", "module": "0", "version": "0"}
    return Draft.objects.create(person=world.marina, answers=answers, updated_at=NOW)


def test_a_form_sent_after_the_session_ended_comes_back_with_its_text(world: World, now: datetime) -> None:
    step = f"/chamados/novo/{half_written(world).pk}/detalhes"
    client = Client()
    answer = client.post(
        step, {"subject": "Rejeição 778", "description": TYPED}, headers={"referer": f"http://testserver{step}"}
    )
    assert answer.status_code == 401
    assert "Sua sessão terminou" in answer.content.decode()
    entered = client.post(
        "/entrar",
        {"email": MARINA, "password": PASSWORD, "next": hidden(answer, "next"), "kept": hidden(answer, "kept")},
    )
    form = client.get(entered.headers["Location"])
    assert TYPED in form.content.decode()
    assert 'value="Rejeição 778"' in form.content.decode()
    assert TYPED not in client.get("/").content.decode()


def test_a_wrong_password_on_the_way_keeps_the_text(world: World, now: datetime) -> None:
    step = f"/chamados/novo/{half_written(world).pk}/detalhes"
    client = Client()
    answer = client.post(step, {"description": TYPED})
    again = client.post("/entrar", {"email": MARINA, "password": "errada", "kept": hidden(answer, "kept")})
    assert again.status_code == 401
    assert TYPED in hidden(again, "kept")


def test_a_page_without_a_place_for_the_text_shows_it_to_be_copied(world: World, now: datetime) -> None:
    client = Client()
    answer = client.post("/chamados/1/interacoes", {"body": TYPED}, headers={"referer": "http://testserver/chamados"})
    entered = client.post(
        "/entrar",
        {"email": MARINA, "password": PASSWORD, "next": hidden(answer, "next"), "kept": hidden(answer, "kept")},
    )
    assert entered.headers["Location"] == "/chamados"
    assert TYPED in client.get("/chamados").content.decode()
    assert TYPED not in client.get("/chamados").content.decode(), "shown once"


def test_secrets_do_not_travel_along(world: World) -> None:
    answer = Client().post("/chamados/1/interacoes", {"body": TYPED, "password": "segredo-de-alguem"})
    assert "segredo-de-alguem" not in answer.content.decode()


@pytest.mark.parametrize("sent", ["{", "[]", '{"path": 1}', '{"path": "/", "fields": [1]}', "null"])
def test_what_was_kept_is_read_with_care(world: World, now: datetime, sent: str) -> None:
    assert Client().post("/entrar", {"email": MARINA, "password": PASSWORD, "kept": sent}).headers["Location"] == "/"


def test_a_page_older_than_its_sign_in_sends_nothing_and_keeps_the_text(world: World, now: datetime) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.marina)
    draft = half_written(world)
    answer = client.post(f"/chamados/novo/{draft.pk}/detalhes", {"description": TYPED})
    assert answer.status_code == 403
    assert TYPED in answer.content.decode()
    draft.refresh_from_db()
    assert "description" not in draft.answers


def test_an_old_sign_in_page_is_simply_shown_again(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/entrar", {"email": MARINA, "password": PASSWORD, "kept": '{"path": "/", "fields": {}}'})
    assert answer.status_code == 403
    assert MARINA in answer.content.decode()
    assert PASSWORD not in answer.content.decode()
    assert hidden(answer, "kept")


def test_a_request_of_a_script_is_only_told_that_one_is_out(world: World) -> None:
    answer = Client().post("/chamados/novo/1/previsao", headers={"hx-request": "true"})
    assert (answer.status_code, answer.content) == (401, b"")


def test_somebody_elses_ticket_is_not_there(world: World, bruno: Client) -> None:
    ticket = world.open(NOW)
    assert bruno.get(f"/chamados/{ticket.pk}").status_code == 404


def test_the_staff_is_shown_to_its_own_door(world: World, now: datetime) -> None:
    rafael = signed_in(world, "rafael")
    assert rafael.get("/").headers["Location"] == "/mesa/"
    assert rafael.get("/chamados/123").headers["Location"] == "/mesa/chamados/123"


@pytest.mark.parametrize("address", ["/entrar", "/chamados", "/api/v1/me"])
def test_a_host_that_is_not_ours_is_a_request_nobody_understands(marina: Client, address: str) -> None:
    answer = marina.get(address, headers={"host": "evil.example", "referer": "http://evil.example/"})
    assert answer.status_code == 400


def test_a_kept_text_that_somebody_else_made_is_nothing(world: World, now: datetime) -> None:
    kept = '{"path": "/chamados", "fields": ' + "[" * 200_000
    entered = Client().post("/entrar", {"email": MARINA, "password": PASSWORD, "next": "/chamados", "kept": kept})
    assert entered.headers["Location"] == "/chamados"


def test_what_somebody_signed_in_was_shown_stays_in_no_cache(world: World, marina: Client) -> None:
    ticket = world.open(NOW)
    for address in ("/", "/chamados", f"/chamados/{ticket.pk}", "/chamados/novo", "/chamados/999999", "/nada"):
        assert marina.get(address)["Cache-Control"] == "private, no-store", address
    rafael = signed_in(world, "rafael")
    for address in ("/mesa/minha-fila", f"/mesa/chamados/{ticket.pk}", "/mesa/nada"):
        assert rafael.get(address)["Cache-Control"] == "private, no-store", address


def test_what_everybody_may_see_may_be_kept(world: World, marina: Client) -> None:
    assert "no-store" not in Client().get("/nada").headers.get("Cache-Control", "")
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    (settings.STATIC_ROOT / "sea.css").write_text("main {}")
    sheet = marina.get("/static/sea.css")
    sheet.close()
    assert (sheet.status_code, "no-store" in sheet["Cache-Control"]) == (200, False)
