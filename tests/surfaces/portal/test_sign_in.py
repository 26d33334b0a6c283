"""Coming in: whose password it is, where one lands, what is not told, and what is not lost."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client

from farol.people.models import Person, Session
from farol.portal import door
from tests.surfaces.portal.conftest import NOW
from tests.world import PASSWORD, World

MARINA = "marina@serraazul.example"


def enter(client: Client, email: str, password: str, **fields: str):
    return client.post("/entrar", {"email": email, "password": password, **fields})


def text_of(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_a_contact_lands_on_the_first_page_and_the_staff_at_the_desk(client: Client, world: World) -> None:
    assert enter(client, "MARINA@serraazul.example ", PASSWORD).headers["Location"] == "/"
    assert enter(Client(), "rafael@farol.example", PASSWORD).headers["Location"] == "/mesa/"


def test_signing_in_gives_a_new_session(client: Client, world: World) -> None:
    client.get("/entrar")
    client.session.save()
    before = client.session.session_key
    enter(client, MARINA, PASSWORD)
    assert client.session.session_key != before


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(client: Client, world: World) -> None:
    known, unknown = enter(client, MARINA, "errada"), enter(client, "ninguem@serraazul.example", "errada")
    assert known.status_code == unknown.status_code == 401
    for response in (known, unknown):
        assert "Senha incorreta. Restam 3 tentativas antes de chamar a Assessoria." in response.content.decode()


@pytest.mark.rule("R-013")
def test_three_mistakes_are_forgiven_and_the_fourth_locks(client: Client, world: World, now: datetime) -> None:
    answers = [text_of(enter(client, MARINA, "errada")) for _ in range(4)]
    assert "Resta 1 tentativa" in answers[2]
    assert "Fale com a Assessoria (4003-0000) ou espere 15 minutos." in answers[3]
    assert enter(client, MARINA, PASSWORD).status_code == 401, "even the right one, now"


@pytest.mark.rule("R-013")
def test_a_right_password_starts_the_count_anew(client: Client, world: World, now: datetime) -> None:
    for _ in range(3):
        enter(client, MARINA, "errada")
    assert enter(client, MARINA, PASSWORD).status_code == 302
    assert "Restam 3 tentativas" in text_of(enter(Client(), MARINA, "errada"))


@pytest.mark.rule("R-013")
def test_nobody_is_locked_out_for_good(client: Client, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "now", lambda: NOW)
    for _ in range(5):
        enter(client, MARINA, "errada")
    monkeypatch.setattr(door, "now", lambda: NOW + timedelta(minutes=16))
    assert enter(client, MARINA, PASSWORD).status_code == 302


def test_missing_fields_are_named(client: Client, world: World) -> None:
    response = enter(client, "", "")
    assert response.status_code == 422
    assert "Escreva o seu e-mail." in text_of(response)
    assert "Escreva a sua senha." in text_of(response)


@pytest.mark.parametrize(
    "there", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil.example"]
)
def test_nobody_is_sent_elsewhere(client: Client, world: World, there: str) -> None:
    assert enter(client, MARINA, PASSWORD, next=there).headers["Location"] == "/"


def test_one_comes_back_to_where_one_wanted_to_go(client: Client, world: World) -> None:
    asked = client.get("/chamados?situacao=encerrados")
    assert asked.headers["Location"] == "/entrar?next=/chamados%3Fsituacao%3Dencerrados"
    there = "/chamados?situacao=encerrados"
    assert enter(client, MARINA, PASSWORD, next=there).headers["Location"] == there


def test_going_out_is_by_post_and_ends_the_session(marina: Client) -> None:
    assert marina.get("/sair").status_code == 405
    assert marina.post("/sair").headers["Location"] == "/entrar"
    assert marina.get("/").status_code == 302


def test_a_session_ends_with_its_person_or_their_password(world: World, marina: Client) -> None:
    elsewhere = Client()
    elsewhere.force_login(world.marina)
    assert {session.person_id for session in Session.objects.all()} == {world.marina.pk}
    world.marina.set_password("outra senha, bem comprida")
    world.marina.save()
    assert marina.get("/").status_code == 302
    elsewhere.force_login(world.marina)
    Person.objects.filter(pk=world.marina.pk).update(is_active=False)
    assert elsewhere.get("/").status_code == 302


def test_pages_speak_the_language_of_the_person(world: World, marina: Client) -> None:
    world.marina.language = "es"
    world.marina.save()
    assert b'<html lang="es"' in marina.get("/").content


def test_a_page_that_is_not_there_says_so_with_a_protocol(marina: Client) -> None:
    response = marina.get("/nada-aqui")
    assert response.status_code == 404
    assert "Não encontramos esta página" in text_of(response)
    assert re.search(r"P-[0-9A-F]{8}", response.content.decode())


def test_what_breaks_says_so_without_the_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    client.raise_request_exception = False

    def broken() -> datetime:
        raise RuntimeError("no clock")

    monkeypatch.setattr(door, "now", broken)
    response = client.post("/entrar", {"email": MARINA, "password": "x"})
    assert response.status_code == 500
    assert re.search(r"P-[0-9A-F]{8}", response.content.decode())


@pytest.mark.parametrize("key", ['"\\000aaaaaaaaaaa"', '"\\355\\240\\200aaaaaaaa"', "a" * 100_000])
def test_a_cookie_that_cannot_be_a_session_is_none(world: World, key: str) -> None:
    assert Client().get("/", headers={"cookie": f"sessionid={key}"}).status_code == 302
