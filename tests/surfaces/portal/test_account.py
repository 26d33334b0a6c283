"""How one's account is kept: a second proof, codes, browsers that are signed in."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from farol.people.actions import factors
from farol.people.actions.entering import MISTAKES_OF_AN_ADDRESS
from farol.people.models import CodeApp, Mistakes, Pace, Session
from farol.people.rules.one_time import code_at, step_of
from farol.portal import door
from tests.surfaces.portal.conftest import NOW
from tests.surfaces.portal.test_sign_in import MARINA, enter, text_of
from tests.world import PASSWORD, World

SECRET = b"12345678901234567890"
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0.0.0 Safari/537.36"
Travel = Callable[[timedelta], None]


@pytest.fixture
def travel(monkeypatch: pytest.MonkeyPatch) -> Travel:
    def go(far: timedelta) -> None:
        monkeypatch.setattr(door, "now", lambda: NOW + far)

    go(timedelta())
    return go


def code(far: timedelta = timedelta()) -> str:
    return code_at(SECRET, step_of((NOW + far).timestamp()))


@pytest.fixture
def paper(world: World, travel: Travel) -> list[str]:
    before = NOW - timedelta(days=1)
    first = code_at(SECRET, step_of(before.timestamp()))
    return factors.add_code_app(world.marina, SECRET, first, by=world.by(world.marina), now=before)


def field(response, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())
    assert found, name
    return found[1].replace("&quot;", '"').replace("&amp;", "&")


def second(client: Client, **fields: str):
    asked = enter(client, MARINA, PASSWORD, next="/faturamento")
    assert asked.status_code == 200
    return client.post("/entrar/codigo", {"who": field(asked, "who"), "next": field(asked, "next"), **fields})


def test_after_the_password_a_code_is_asked_for(client: Client, world: World, paper: list[str]) -> None:
    asked = enter(client, MARINA, PASSWORD)
    assert "Falta o código do aplicativo." in text_of(asked)
    assert client.get("/").status_code == 302, "not in yet"
    assert second(client, code=code()).headers["Location"] == "/faturamento"
    assert client.get("/").status_code == 200


def test_the_same_code_lets_nobody_else_in(client: Client, world: World, paper: list[str]) -> None:
    second(client, code=code())
    refused = second(Client(), code=code())
    assert refused.status_code == 401
    assert "Este código já foi usado." in text_of(refused)


def test_a_code_of_the_paper_does_instead(client: Client, world: World, paper: list[str]) -> None:
    assert second(client, code=paper[3]).status_code == 302
    assert "Este código não confere." in text_of(second(Client(), code=paper[3]))


@pytest.mark.rule("R-013")
def test_wrong_codes_lock_like_wrong_passwords_and_a_right_password_forgives_none(
    client: Client, world: World, paper: list[str]
) -> None:
    answers = [second(client, code="000000") for _ in range(4)]
    assert "Este código não confere." in text_of(answers[2])
    assert "Fale com a Assessoria (4003-0000) ou espere 15 minutos." in text_of(answers[3])
    assert enter(client, MARINA, PASSWORD).status_code == 401, "even the right one, now"


@pytest.mark.rule("R-013")
def test_coming_in_forgives_earlier_mistakes(client: Client, world: World, paper: list[str]) -> None:
    enter(client, MARINA, "errada")
    second(client, code="000000")
    second(client, code=code())
    assert not Mistakes.objects.exists()
    assert not Pace.objects.filter(paid_until__gt=NOW + 2 * MISTAKES_OF_AN_ADDRESS.every).exists()


def test_a_clock_off_by_two_minutes_is_named(client: Client, world: World, paper: list[str]) -> None:
    said = text_of(second(client, code=code(timedelta(minutes=-2))))
    assert "o relógio do seu telefone difere 120 s do nosso." in said
    assert "Acerte o relógio do telefone" in said


def test_half_way_in_lasts_ten_minutes_and_ends_with_the_password(
    client: Client, world: World, paper: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = enter(client, MARINA, PASSWORD)
    world.marina.set_password("outra senha, bem comprida")
    world.marina.save()
    later = client.post("/entrar/codigo", {"who": field(asked, "who"), "code": code()})
    assert later.status_code == 401
    assert "Entre de novo com e-mail e senha." in text_of(later)
    for who in ("", "nada", "\x00", "a" * 9_000):
        assert client.post("/entrar/codigo", {"who": who, "code": code()}).status_code == 401


def test_an_application_is_turned_on_with_its_first_code(client: Client, world: World, travel: Travel) -> None:
    enter(client, MARINA, PASSWORD)
    shown = client.get("/conta/aplicativo")
    key = re.search(r'class="secret">([A-Z2-7 ]+)<', shown.content.decode())
    assert key
    wrong = client.post("/conta/aplicativo", {"secret": field(shown, "secret"), "code": "000000"})
    assert wrong.status_code == 422
    assert key[1] in wrong.content.decode(), "the same drawing, so that nothing has to be scanned again"
    secret = factors.secret_shown(world.marina, field(wrong, "secret"))
    assert secret
    right = code_at(secret, step_of(NOW.timestamp()))
    done = client.post("/conta/aplicativo", {"secret": field(wrong, "secret"), "code": right})
    assert len(re.findall(r"<code>[0-9a-z]{5}-[0-9a-z]{5}</code>", done.content.decode())) == 10
    assert "Ligado" in text_of(client.get("/conta/seguranca"))


def test_a_secret_shown_to_somebody_else_is_none(client: Client, world: World, travel: Travel) -> None:
    enter(client, MARINA, PASSWORD)
    secret, seal = factors.shown_secret(world.joao)
    right = code_at(secret, step_of(NOW.timestamp()))
    assert "O desenho venceu" in text_of(client.post("/conta/aplicativo", {"secret": seal, "code": right}))
    assert not CodeApp.objects.exists()


def test_ten_minutes_after_the_last_proof_another_is_asked_for(client: Client, world: World, travel: Travel) -> None:
    enter(client, MARINA, PASSWORD)
    assert client.get("/conta/aplicativo").status_code == 200
    travel(timedelta(minutes=11))
    asked = client.get("/conta/aplicativo")
    assert asked.headers["Location"] == "/conta/confirmacao?next=%2Fconta%2Faplicativo"
    wrong = client.post("/conta/confirmacao", {"proof": "errada", "next": "/conta/aplicativo"})
    assert "Esta não é a sua senha atual." in text_of(wrong)
    right = client.post("/conta/confirmacao", {"proof": PASSWORD, "next": "/conta/aplicativo"})
    assert right.headers["Location"] == "/conta/aplicativo"
    assert client.get("/conta/aplicativo").status_code == 200


def test_who_has_a_second_factor_confirms_with_it(
    client: Client, world: World, paper: list[str], travel: Travel
) -> None:
    second(client, code=code())
    travel(timedelta(minutes=11))
    assert client.post("/conta/aplicativo/retirada").headers["Location"].startswith("/conta/confirmacao")
    assert client.post("/conta/confirmacao", {"proof": PASSWORD}).status_code == 422
    assert client.post("/conta/confirmacao", {"proof": code(timedelta(minutes=11))}).status_code == 302
    client.post("/conta/aplicativo/retirada")
    assert not CodeApp.objects.exists()


@pytest.mark.rule("R-013")
def test_a_stranger_at_an_open_browser_has_four_tries(client: Client, world: World, travel: Travel) -> None:
    enter(client, MARINA, PASSWORD)
    travel(timedelta(minutes=11))
    for _ in range(4):
        said = text_of(client.post("/conta/confirmacao", {"proof": "errada"}))
    assert "Fale com a Assessoria" in said
    assert client.post("/conta/confirmacao", {"proof": PASSWORD}).status_code == 422


@pytest.mark.parametrize("path", ["aplicativo", "chaves", "aplicativo/retirada", "codigos", "chaves/1/retirada"])
def test_a_session_that_never_proved_anything_changes_no_key(marina: Client, path: str) -> None:
    answer = marina.post(f"/conta/{path}", {"code": "000000"})
    assert answer.headers["Location"].startswith("/conta/confirmacao")


def test_browsers_are_listed_with_device_and_address(client: Client, world: World, travel: Travel) -> None:
    client.post("/entrar", {"email": MARINA, "password": PASSWORD}, headers={"user-agent": CHROME})
    Client(REMOTE_ADDR="203.0.113.9").post("/entrar", {"email": MARINA, "password": PASSWORD})
    said = text_of(client.get("/conta/sessoes"))
    assert "Chrome em Windows esta sessão" in said
    assert "203.0.113.9" in said
    assert client.session.session_key not in client.get("/conta/sessoes").content.decode()


def test_a_browser_is_signed_out_by_its_owner_alone(client: Client, world: World, travel: Travel) -> None:
    other, bruno = Client(), Client()
    for one, email in ((client, MARINA), (other, MARINA), (bruno, "bruno@boavista.example")):
        enter(one, email, PASSWORD)
    (name,) = re.findall(r"/conta/sessoes/([0-9a-f]{24})/encerramento", client.get("/conta/sessoes").content.decode())
    assert bruno.post(f"/conta/sessoes/{name}/encerramento").status_code == 404
    assert other.get("/").status_code == 200
    assert client.post(f"/conta/sessoes/{name}/encerramento").status_code == 302
    assert other.get("/").status_code == 302
    assert client.get("/").status_code == 200


def test_all_others_are_signed_out_at_once(client: Client, world: World, travel: Travel) -> None:
    others = [Client() for _ in range(3)]
    for one in (client, *others):
        enter(one, MARINA, PASSWORD)
    bruno = Client()
    enter(bruno, "bruno@boavista.example", PASSWORD)
    assert "3 outras sessões encerradas." in text_of(client.post("/conta/sessoes/encerramento", follow=True))
    assert [one.get("/").status_code for one in (client, bruno, *others)] == [200, 200, 302, 302, 302]


def test_a_page_writes_when_one_was_seen_only_now_and_then(
    marina: Client, django_assert_num_queries, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = timezone.now() - timedelta(minutes=11)
    Session.objects.update(seen_at=old)
    marina.get("/preferencias", REMOTE_ADDR="203.0.113.8")
    session = Session.objects.get()
    assert session.seen_at > old
    assert session.address == "203.0.113.8"
    marina.get("/preferencias", REMOTE_ADDR="203.0.113.99")
    assert Session.objects.get().address == "203.0.113.8"


def test_the_staff_works_with_two_factors_where_the_operator_wants_it(world: World, settings, travel: Travel) -> None:
    settings.STAFF_SECOND_FACTOR = True
    rafael, marina = Client(), Client()
    enter(rafael, "rafael@farol.example", PASSWORD)
    assert rafael.get("/mesa/minha-fila").headers["Location"] == "/conta/seguranca"
    assert "é preciso um segundo fator" in text_of(rafael.get("/conta/seguranca"))
    seal = field(rafael.get("/conta/aplicativo"), "secret")
    secret = factors.secret_shown(world.rafael, seal)
    assert secret
    rafael.post("/conta/aplicativo", {"secret": seal, "code": code_at(secret, step_of(NOW.timestamp()))})
    assert rafael.get("/mesa/minha-fila").status_code == 200
    enter(marina, MARINA, PASSWORD)
    assert marina.get("/").status_code == 200


def test_too_many_mistakes_from_an_address_are_a_page_that_says_when(
    client: Client, world: World, now: datetime
) -> None:
    for number in range(30):
        assert enter(client, f"alguem{number}@x.example", "errada").status_code == 401
    refused = enter(client, MARINA, PASSWORD)
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "30"
    assert "Tentativas demais em pouco tempo. Espere 30 s e tente de novo." in text_of(refused)
    assert enter(Client(REMOTE_ADDR="203.0.113.9"), MARINA, PASSWORD).status_code == 302


@pytest.mark.parametrize(
    "answer", ["", "{}", "[]", "null", "x", '{"rawId": "AAAA", "id": "AAAA"}', "\x00", "{" * 9_000]
)
def test_an_answer_that_is_no_key_is_refused_with_the_way_on(client: Client, world: World, answer: str) -> None:
    state = client.get("/entrar/chave").json()["state"]
    refused = client.post("/entrar/chave", {"answer": answer, "state": state})
    assert refused.status_code == 401
    assert "Esta chave de acesso não foi aceita." in text_of(refused)
    again = client.post("/entrar/chave", {"answer": answer, "state": state})
    assert "venceu ou já foi usado" in text_of(again)


def test_what_proves_something_is_never_kept_for_later(client: Client, world: World, now: datetime) -> None:
    page = client.post("/conta/confirmacao", {"proof": "minha senha secreta", "note": "um texto meu"})
    kept = json.loads(field(page, "kept"))
    assert kept["fields"] == {"note": ["um texto meu"]}


def test_another_password_ends_every_other_browser_and_is_asked_for_four_times_at_most(
    client: Client, world: World, travel: Travel
) -> None:
    other, fresh = Client(), "ponte azul trem viola"
    for one in (client, other):
        enter(one, MARINA, PASSWORD)
    changed = client.post("/conta/senha", {"old_password": PASSWORD, "password": fresh})
    assert changed.status_code == 302
    assert (client.get("/").status_code, other.get("/").status_code) == (200, 302)
    assert Session.objects.filter(person=world.marina).count() == 1, "none is listed that opens nothing"
    for _ in range(4):
        said = text_of(client.post("/conta/senha", {"old_password": "errada", "password": fresh}))
    assert "Fale com a Assessoria" in said
    assert client.post("/conta/senha", {"old_password": fresh, "password": PASSWORD}).status_code == 422
