"""Coming in by the word of a provider: a real one, and one that lies."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.test import Client
from django.utils import timezone
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from farol.audit.models import Record
from farol.people.actions import factors
from farol.people.actions.openid import forget_providers
from farol.people.models import Person, Vouched
from farol.people.rules.one_time import code_at, step_of
from farol.people.rules.openid import Provider
from farol.portal import door
from tests.house.running import free_port
from tests.identity import identity_provider, tell
from tests.surfaces.portal.test_account import SECRET
from tests.surfaces.portal.test_account import field as hidden
from tests.surfaces.portal.test_sign_in import MARINA, text_of
from tests.world import World

MARINAS = {"email": "Marina@SerraAzul.example", "email_verified": True}


@pytest.fixture(scope="module")
def house() -> Iterator[str]:
    with identity_provider() as issuer:
        yield issuer


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    forget_providers()


@pytest.fixture
def trusted(settings: Any) -> Callable[..., Provider]:
    def trust(issuer: str, **about: Any) -> Provider:
        provider = Provider("acme", "Acme", issuer, "farol", "a secret: of ours", **about)
        settings.OPENID_PROVIDERS = [provider]
        return provider

    return trust


def come(client: Client, subject: str, wanted: str = "") -> Any:
    """Through the provider's own form and back."""
    start = client.get("/entrar/openid/acme", {"next": wanted} if wanted else {})
    assert start.status_code == 302, text_of(start)
    agreed = requests.post(start.headers["Location"], data={"sub": subject}, allow_redirects=False, timeout=10)
    back = urlsplit(agreed.headers["Location"])
    return client.get(f"{back.path}?{back.query}")


def test_a_person_known_by_a_verified_address_comes_in(client: Client, world: World, house: str, trusted) -> None:
    trusted(house)
    tell(house, "marina", **MARINAS)
    assert "Entrar com Acme" in text_of(client.get("/entrar"))
    assert come(client, "marina", "/faturamento").headers["Location"] == "/faturamento"
    assert "Marina Prado" in text_of(client.get("/"))
    assert Record.objects.get(name="person.signed_in").facts == {"way": "openid acme"}


def test_the_question_goes_with_a_challenge_and_an_unrepeatable_state(
    client: Client, world: World, house: str, trusted
) -> None:
    trusted(house)
    asked = [parse_qs(urlsplit(client.get("/entrar/openid/acme").headers["Location"]).query) for _ in range(2)]
    assert asked[0]["code_challenge_method"] == ["S256"]
    assert asked[0]["redirect_uri"] == ["http://127.0.0.1:8000/entrar/openid/acme/volta"]
    assert asked[0]["scope"] == ["openid email"]
    assert not any(asked[0][name] == asked[1][name] for name in ("state", "nonce", "code_challenge"))


def test_nobody_is_made_and_the_gone_stay_out(client: Client, world: World, house: str, trusted) -> None:
    trusted(house)
    tell(house, "nova", email="nova@serraazul.example", email_verified=True)
    before = Person.objects.count()
    refused = come(client, "nova")
    assert refused.status_code == 401
    assert "Não há conta ativa no Farol para nova@serraazul.example" in text_of(refused)
    assert "Peça ao administrador de contatos" in text_of(refused)
    Person.objects.filter(email=MARINA).update(is_active=False)
    tell(house, "marina-gone", **MARINAS)
    assert come(client, "marina-gone").status_code == 401
    assert Person.objects.count() == before


@pytest.mark.parametrize("said", [{"email_verified": False}, {"email_verified": None}, {}])
def test_an_address_that_is_not_verified_opens_nothing(
    client: Client, world: World, house: str, trusted, said: dict[str, Any]
) -> None:
    trusted(house)
    tell(house, "unsure", email=MARINA, **said)
    refused = come(client, "unsure")
    assert "Acme não confirma que o e-mail é seu" in text_of(refused)
    assert client.get("/").status_code == 302


def test_a_provider_vouches_for_its_own_domains_alone(client: Client, world: World, house: str, trusted) -> None:
    trusted(house, domains=("boavista.example",))
    tell(house, "marina", **MARINAS)
    assert come(client, "marina").status_code == 401


def test_an_address_that_passed_to_somebody_else_there_opens_nothing_here(
    client: Client, world: World, house: str, trusted
) -> None:
    trusted(house)
    tell(house, "marina-1", **MARINAS)
    tell(house, "marina-2", **MARINAS)
    assert come(client, "marina-1").status_code == 302
    refused = come(Client(), "marina-2")
    assert "era de outra pessoa quando esta conta foi ligada" in text_of(refused)
    tell(house, "marina-1", email="marina.prado@serraazul.example", email_verified=True)
    assert come(Client(), "marina-1").status_code == 302, "who is linked stays who they are"
    assert Vouched.objects.count() == 1


def test_a_second_factor_is_asked_for_all_the_same(client: Client, world: World, house: str, trusted) -> None:
    trusted(house)
    tell(house, "marina-f", **MARINAS)
    now = timezone.now()
    before = now - timedelta(days=1)
    first = code_at(SECRET, step_of(before.timestamp()))
    factors.add_code_app(world.marina, SECRET, first, by=world.by(world.marina), now=before)
    asked = come(client, "marina-f", "/faturamento")
    assert "Falta o código do aplicativo." in text_of(asked)
    code = code_at(SECRET, step_of(now.timestamp()))
    done = client.post("/entrar/codigo", {"who": hidden(asked, "who"), "next": hidden(asked, "next"), "code": code})
    assert done.headers["Location"] == "/faturamento"


def test_a_provider_with_another_name_is_named(client: Client, world: World, house: str, trusted) -> None:
    trusted(f"{house}/")
    refused = client.get("/entrar/openid/acme")
    assert refused.status_code == 401
    said = text_of(refused)
    assert "Acme respondeu com o nome de outro emissor" in said
    assert house in said
    assert "mostre esta página a quem cuida do Farol" in said


def test_a_provider_that_is_down_is_named_and_not_asked_again_at_once(client: Client, world: World, trusted) -> None:
    trusted(f"http://localhost:{free_port()}")
    refused = client.get("/entrar/openid/acme")
    assert refused.status_code == 503
    assert refused.headers["Retry-After"] == "30"
    assert "Acme não responde agora" in text_of(refused)
    assert "entre com e-mail e senha" in text_of(refused)


@pytest.mark.parametrize("minutes", [-2, 2])
def test_clocks_two_minutes_apart_are_named(
    client: Client, world: World, house: str, trusted, monkeypatch: pytest.MonkeyPatch, minutes: int
) -> None:
    trusted(house)
    tell(house, "marina", **MARINAS)
    monkeypatch.setattr(door, "now", lambda: timezone.now() + timedelta(minutes=minutes))
    said = text_of(come(client, "marina"))
    assert "O relógio de Acme difere 2 min do nosso, e o acesso não foi aceito." in said
    assert "acerte a hora" in said


def test_an_answer_is_taken_once_by_the_browser_that_asked_and_in_time(
    client: Client, world: World, house: str, trusted
) -> None:
    trusted(house)
    tell(house, "marina", **MARINAS)
    start = client.get("/entrar/openid/acme")
    cookie = client.cookies["farol-openid-acme"].value
    agreed = requests.post(start.headers["Location"], data={"sub": "marina"}, allow_redirects=False, timeout=10)
    back = urlsplit(agreed.headers["Location"])
    url = f"{back.path}?{back.query}"
    assert "começou em outro navegador" in text_of(Client().get(url))
    assert client.get(url).status_code == 302
    again = Client()
    again.cookies["farol-openid-acme"] = cookie
    assert "já foi usado" in text_of(again.get(url))


def test_who_says_no_there_is_told_how_to_go_on(client: Client, world: World, house: str, trusted) -> None:
    trusted(house)
    start = client.get("/entrar/openid/acme")
    denied = requests.post(start.headers["Location"], data={"action": "deny"}, allow_redirects=False, timeout=10)
    state = parse_qs(urlsplit(start.headers["Location"]).query)["state"][0]
    assert "error=access_denied" in denied.headers["Location"]
    refused = client.get("/entrar/openid/acme/volta", {"error": "access_denied", "state": state})
    assert "Acme não autorizou a entrada." in text_of(refused)


def test_a_provider_that_nobody_named_is_not_there(client: Client, world: World) -> None:
    assert client.get("/entrar/openid/acme").status_code == 404
    assert client.get("/entrar/openid/acme/volta").status_code == 404


@dataclass
class Liar:
    """A provider that says what it is told to say."""

    url: str = ""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "1"}))
    shown: RSAKey | None = None
    token: Callable[[dict[str, Any]], object] = lambda claims: None
    claims: dict[str, Any] = field(default_factory=dict)
    nonce: str = ""
    verifier: str = ""

    def answer(self, path: str, body: str) -> object:
        if path.endswith("openid-configuration"):
            names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
            return {"issuer": self.url} | {name: f"{self.url}/{name}" for name in names}
        if path == "/jwks_uri":
            return {"keys": [(self.shown or self.key).as_dict(private=False)]}
        self.verifier = parse_qs(body).get("code_verifier", [""])[0]
        now = int(timezone.now().timestamp())
        claims = {"iss": self.url, "aud": "farol", "sub": "7", "nonce": self.nonce, "iat": now, "exp": now + 300}
        return self.token(claims | MARINAS | self.claims)

    def signed(self, claims: dict[str, Any]) -> object:
        return {"id_token": jwt.encode({"alg": "RS256", "kid": "1"}, claims, self.key)}


@pytest.fixture
def liar(trusted) -> Iterator[Liar]:
    told = Liar()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            said = told.answer(self.path, body)
            text = said if isinstance(said, bytes) else json.dumps(said).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        do_POST = do_GET

        def log_message(self, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    told.url = f"http://127.0.0.1:{server.server_port}"
    trusted(told.url)
    yield told
    server.shutdown()
    server.server_close()
    thread.join()


def answered(client: Client, liar: Liar) -> Any:
    asked = parse_qs(urlsplit(client.get("/entrar/openid/acme").headers["Location"]).query)
    liar.nonce = asked["nonce"][0]
    return client.get("/entrar/openid/acme/volta", {"code": "c", "state": asked["state"][0]})


def test_a_token_signed_by_the_provider_lets_in(client: Client, world: World, liar: Liar) -> None:
    liar.token = liar.signed
    assert answered(client, liar).status_code == 302
    assert len(liar.verifier) >= 43, "the proof of who had asked"


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        ({"iss": "https://id.other.example"}, "nome de outro emissor: https://id.other.example"),
        ({"aud": "somebody"}, "feita para outro sistema"),
        ({"aud": ["farol", "somebody"]}, "feita para outro sistema"),
        ({"nonce": "another"}, "não responde ao nosso pedido"),
        ({"exp": 1}, "O relógio de Acme difere"),
        ({"iat": "now"}, "incompleta ou malformada"),
        ({"sub": ""}, "incompleta ou malformada"),
        ({"sub": ["7"]}, "incompleta ou malformada"),
        ({"email": None}, "não confirma que o e-mail é seu"),
    ],
)
def test_a_token_that_says_something_else_lets_nobody_in(
    client: Client, world: World, liar: Liar, claims: dict[str, Any], said: str
) -> None:
    liar.token, liar.claims = liar.signed, claims
    refused = answered(client, liar)
    assert refused.status_code == 401
    assert said in text_of(refused)
    assert client.get("/").status_code == 302


def _unsigned(claims: dict[str, Any]) -> object:
    import base64

    parts = [
        base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in ({"alg": "none"}, claims)
    ]
    return {"id_token": ".".join([*parts, ""])}


def _by_a_shared_secret(claims: dict[str, Any]) -> object:
    return {"id_token": jwt.encode({"alg": "HS256"}, claims, OctKey.import_key("farol-farol-farol-farol-farol-fa"))}


@pytest.mark.parametrize(
    "token",
    [
        _unsigned,
        _by_a_shared_secret,
        lambda claims: {"id_token": jwt.encode({"alg": "RS256"}, claims, RSAKey.generate_key(2048))},
        lambda claims: {"id_token": "a.b.c"},
        lambda claims: {"id_token": 7},
        lambda claims: {},
        lambda claims: [],
        lambda claims: b"<html>",
        lambda claims: b"\xff" * 600_000,
    ],
)
def test_a_token_that_is_not_the_providers_lets_nobody_in(
    client: Client, world: World, liar: Liar, token: Callable[[dict[str, Any]], object]
) -> None:
    liar.token = token
    refused = answered(client, liar)
    assert refused.status_code in {401, 503}
    assert "Acme" in text_of(refused)
    assert client.get("/").status_code == 302


def test_a_provider_that_has_changed_its_keys_is_asked_for_them_anew(client: Client, world: World, liar: Liar) -> None:
    liar.token = liar.signed
    assert answered(client, liar).status_code == 302
    liar.key = RSAKey.generate_key(2048, {"kid": "1"})
    assert answered(Client(), liar).status_code == 302


@pytest.mark.parametrize("cookie", ["", "x", "é", "\x00", "gAAAAA" * 100])
def test_a_cookie_that_we_did_not_seal_is_none(client: Client, world: World, liar: Liar, cookie: str) -> None:
    client.cookies["farol-openid-acme"] = cookie
    assert client.get("/entrar/openid/acme/volta", {"code": "c", "state": "é"}).status_code == 401
