"""Pages behind links, and what strangers may ask: each end names the next door, and nobody learns who is known."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from farol.people.actions import contacts, links, requests
from farol.people.models import Organization, Person
from farol.people.rules.contacts import Details
from farol.portal import door
from tests.rooms.people.inviting import letters_to, secret_sent_to
from tests.surfaces.portal.conftest import NOW
from tests.surfaces.portal.test_sign_in import text_of
from tests.world import PASSWORD, World

ANA, MARINA, FINANCE = "ana@serraazul.example", "marina@serraazul.example", "financeiro@serraazul.example"
STRONG = "ponte azul trem girassol"


def invited(world: World) -> str:
    details = Details.written(name="Ana Reis", email=ANA)
    contacts.invite_contact(world.serra_azul.pk, details, by=world.by(world.marina), now=NOW)
    return secret_sent_to(ANA)


@pytest.mark.rule("R-012")
def test_looking_at_the_link_uses_nothing_up(client: Client, world: World, now: datetime) -> None:
    secret = invited(world)
    for _ in range(3):
        assert client.get(f"/acesso/{secret}").status_code == client.head(f"/acesso/{secret}/senha").status_code == 200
    assert client.post(f"/acesso/{secret}", {"name": "Ana R.", "title": "TI", "language": "es"}).status_code == 302
    entered = client.post(f"/acesso/{secret}/senha", {"password": STRONG})
    assert entered.headers["Location"] == "/conta/telefone?primeiro=1"
    assert Person.objects.get(email=ANA).language == "es"
    assert client.get("/").status_code == 200


@pytest.mark.rule("R-012")
def test_each_dead_link_names_the_next_step(
    client: Client, world: World, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = invited(world)
    assert "Quero me cadastrar" in text_of(client.get(f"/acesso/{secret[:-2]}"))
    assert client.get(f"/acesso/{secret[:-2]}").status_code == 404
    monkeypatch.setattr(door, "now", lambda: NOW + timedelta(hours=73))
    expired = client.get(f"/acesso/{secret}")
    assert (expired.status_code, "Enviar um link novo" in text_of(expired)) == (410, True)
    assert client.post(f"/acesso/{secret}/senha", {"password": STRONG}).status_code == 410
    assert "Confira o seu e-mail" in text_of(client.post(f"/acesso/{secret}/novo"))
    fresh = secret_sent_to(ANA)
    assert "Enviamos um link mais novo" in text_of(client.get(f"/acesso/{secret}"))
    client.post(f"/acesso/{fresh}/senha", {"password": STRONG})
    used = Client().get(f"/acesso/{fresh}")
    assert (used.status_code, "Este link já foi usado." in text_of(used)) == (410, True)


@pytest.mark.rule("R-017")
def test_a_weak_password_is_refused_on_its_field_and_never_shown_again(
    client: Client, world: World, now: datetime
) -> None:
    secret = invited(world)
    answer = client.post(f"/acesso/{secret}/senha", {"password": "senhasenhasenha"})
    assert answer.status_code == 422
    assert "Esta senha é fácil de adivinhar" in text_of(answer)
    assert "senhasenhasenha" not in answer.content.decode()
    assert client.post(f"/acesso/{secret}/senha", {"password": ""}).status_code == 422
    assert client.post(f"/acesso/{secret}/senha", {"password": "\x00" * 20}).status_code == 422


def test_strangers_are_answered_alike_and_nothing_is_looked_up_meanwhile(
    client: Client, world: World, now: datetime, django_assert_max_num_queries
) -> None:
    pages = []
    for email in (MARINA, "ninguem@x.example"):
        with django_assert_max_num_queries(6):
            pages.append(text_of(client.post("/senha", {"email": email})))
    assert pages[0] == pages[1]
    for cnpj in ("12.abc.345/01de-35", "11.444.777/0001-61"):
        pages.append(text_of(client.post("/cadastro", {"cnpj": cnpj, "name": "Ana", "email": ANA})))
    assert pages[2] == pages[3]
    assert ProcrastinateJob.objects.filter(task_name__startswith="people.").count() == 4


def test_who_asks_for_too_many_letters_waits(client: Client, world: World, now: datetime) -> None:
    answers = [client.post("/senha", {"email": f"p{n}@x.example"}).status_code for n in range(25)]
    assert answers[:20] == [200] * 20
    assert answers[-1] == 429


@pytest.mark.parametrize(
    ("cnpj", "words"),
    [
        ("11.444.777/0001-62", "Este CNPJ não confere."),
        ("1144", "Este CNPJ tem 4 caracteres."),
        ("", "Escreva o CNPJ."),
    ],
)
def test_a_wrong_cnpj_is_told_whoever_asks(client: Client, world: World, cnpj: str, words: str) -> None:
    answer = client.post("/cadastro", {"cnpj": cnpj, "name": "Ana", "email": ANA})
    assert answer.status_code == 422
    assert words in text_of(answer)


def test_a_new_password_is_followed_by_a_sign_in(client: Client, world: World, now: datetime) -> None:
    elsewhere = Client()
    elsewhere.force_login(world.marina)
    links.forget_password(MARINA, address="", now=NOW)
    secret = secret_sent_to(MARINA)
    assert client.get(f"/senha/{secret}").status_code == 200
    assert client.post(f"/senha/{secret}", {"password": "curta"}).status_code == 422
    assert client.post(f"/senha/{secret}", {"password": STRONG}).headers["Location"] == "/entrar"
    assert elsewhere.get("/").status_code == 302, "the other visits have ended"
    assert client.post("/entrar", {"email": MARINA, "password": STRONG}).status_code == 302


def test_the_financial_address_confirms_by_a_button(client: Client, world: World, now: datetime) -> None:
    Organization.objects.filter(pk=world.serra_azul.pk).update(financial_email=FINANCE)
    requests.ask_access(cnpj="12ABC34501DE35", name="Ana Reis", email=ANA, address="", now=NOW)
    there = f"/cadastro/{secret_sent_to(FINANCE)}"
    assert "Ana Reis fala pela Laticínios Serra Azul?" in text_of(client.get(there))
    assert client.post(there, {"answer": "talvez"}).status_code == 422
    assert "O pedido foi para quem administra" in text_of(client.post(there, {"answer": "confirmo"}))
    assert client.get(there).status_code == 410
    marina = Client()
    marina.force_login(world.marina)
    assert "Querem ser contatos" in text_of(marina.get("/contatos"))
    assert letters_to(ANA) == []


@pytest.mark.rule("R-017")
def test_a_password_is_changed_on_the_page_by_contacts_and_staff(world: World, now: datetime) -> None:
    for person, home in ((world.joao, "/"), (world.rafael, "/mesa/minha-fila")):
        client = Client()
        client.force_login(person)
        assert client.post("/conta/senha", {"old_password": "x", "password": STRONG}).status_code == 422
        assert client.post("/conta/senha", {"old_password": PASSWORD, "password": "curta"}).status_code == 422
        done = client.post("/conta/senha", {"old_password": PASSWORD, "password": STRONG})
        assert done.headers["Location"] == home
        assert client.get(home).status_code == 200


@pytest.mark.rule("R-017", "R-027")
def test_the_telephone_password_is_chosen_and_never_shown(world: World, now: datetime) -> None:
    client = Client()
    client.post("/entrar", {"email": "joao@serraazul.example", "password": PASSWORD})
    assert client.post("/conta/telefone", {"pin": "123456"}).status_code == 422
    assert client.post("/conta/telefone", {"pin": "318259"}).headers["Location"] == "/conta/seguranca"
    assert "318259" not in client.get("/conta/telefone").content.decode()
    marina = Client()
    marina.post("/entrar", {"email": MARINA, "password": PASSWORD})
    taken = marina.post("/conta/telefone", {"pin": "318259"})
    assert taken.status_code == 422
    assert "Esta senha de atendimento não pode ser usada." in text_of(taken)
