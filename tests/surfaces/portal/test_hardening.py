"""What every answer bears so that a browser keeps to it (docs/security.md)."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.security import SecurityMiddleware
from django.test import Client, RequestFactory
from django.utils import timezone

from farol.house.cookies import Toasts
from farol.house.live.readers import ended, reader_of
from farol.house.proxies import ByTls
from farol.people.actions import issue_token
from farol.people.models import Session
from farol.people.rules.visits import DOUBLE
from tests.world import PASSWORD, World

ASKED = "from farol.house import settings as s; print(s.{0})"


def setting(name: str, **environment: str) -> str:
    """As a process has it that is started with this environment."""
    command = [sys.executable, "-c", ASKED.format(name)]
    found = subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, check=True)
    return found.stdout.strip()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/entrar", "/nada", "/api/v1/me", "/healthz", "/"])
def test_every_answer_is_framed(address: str) -> None:
    answer = Client().get(address)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    policy = answer["Content-Security-Policy"]
    for rule in ("default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert rule in policy, rule
    assert "unsafe" not in policy
    assert "Access-Control-Allow-Origin" not in answer


@pytest.mark.django_db
def test_cookies_are_out_of_reach_of_scripts_and_other_sites(world: World) -> None:
    client = Client()
    client.get("/entrar")
    client.post("/entrar", {"email": "marina@serraazul.example", "password": PASSWORD})
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
        assert client.cookies[name]["httponly"], name
        assert client.cookies[name]["samesite"] == "Lax", name


def test_by_tls_cookies_are_this_hosts_alone() -> None:
    found = setting(
        "SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, "
        "s.SECURE_HSTS_SECONDS, s.SECURE_HSTS_INCLUDE_SUBDOMAINS, s.DEBUG",
        FAROL_URL="https://suporte.example",
    )
    assert found == "__Host-farol __Host-farol-csrf True True 31536000 True False"


def test_by_tls_every_cookie_bears_the_name_of_this_host_alone() -> None:
    found = setting(
        "LANGUAGE_COOKIE_NAME, s.LANGUAGE_COOKIE_SECURE, s.MESSAGE_COOKIE_NAME, s.OPENID_COOKIE_NAME",
        FAROL_URL="https://suporte.example",
    )
    assert found == "__Host-farol-language True __Host-farol-messages __Host-farol-openid"
    assert setting("MESSAGE_COOKIE_NAME") == Toasts.cookie_name


def test_browsers_are_told_to_come_by_tls_whoever_ended_it_before_us(settings) -> None:
    settings.SECURE_HSTS_SECONDS = 31_536_000

    def answer(request: HttpRequest) -> HttpResponse:
        assert request.is_secure()
        return HttpResponse()

    assert "farol.house.proxies.ByTls" in setting("MIDDLEWARE", FAROL_URL="https://suporte.example")
    framed = ByTls(SecurityMiddleware(answer))
    assert framed(RequestFactory().get("/"))["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.django_db
def test_who_signs_out_leaves_nothing_in_the_browser(world: World) -> None:
    client = Client()
    client.force_login(world.marina)
    assert client.post("/sair").headers["Clear-Site-Data"] == '"cache", "storage"'


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "hours"), [("seen_at", 73), ("began_at", 14 * 24 + 1)])
def test_a_visit_ends_when_it_is_left_alone_or_too_old(world: World, name: str, hours: int) -> None:
    client = Client()
    client.force_login(world.marina)
    assert client.get("/preferencias").status_code == 200
    key = client.session.session_key
    Session.objects.update(**{name: timezone.now() - timedelta(hours=hours - 2)})
    assert client.get("/preferencias").status_code == 200
    assert not ended([str(key)])
    Session.objects.update(seen_at=timezone.now())
    Session.objects.update(**{name: timezone.now() - timedelta(hours=hours)})
    assert client.get("/preferencias").status_code == 302
    assert ended([str(key)]) == {key}


@pytest.mark.django_db
def test_who_asks_for_what_is_not_theirs_is_named_in_the_log(world: World, caplog: pytest.LogCaptureFixture) -> None:
    client = Client()
    client.get("/chamados/999")
    client.force_login(world.marina)
    client.get("/mesa/pessoas/1%0Aforged", REMOTE_ADDR="203.0.113.8")
    client.get("/chamados/999", REMOTE_ADDR="203.0.113.8")
    client.get("/mesa/pessoas", REMOTE_ADDR="203.0.113.8")
    secret = issue_token(world.marina, now=timezone.now())
    client.get("/api/v1/tickets/999", headers={"Authorization": f"Bearer {secret}"}, REMOTE_ADDR="203.0.113.9")
    lines = [record.getMessage() for record in caplog.records if record.name == "farol.denied"]
    assert lines == [
        f"404 person:{world.marina.pk} GET /chamados/999 from 203.0.113.8",
        f"404 person:{world.marina.pk} GET /mesa/pessoas from 203.0.113.8",
        f"404 person:{world.marina.pk} GET /api/v1/tickets/999 from 203.0.113.9",
    ]


@pytest.mark.parametrize(
    ("url", "wanted"), [("https://suporte.example", "True False"), ("http://x.example", "False False")]
)
def test_by_tls_the_staff_shows_two_proofs_unless_the_operator_says_otherwise(url: str, wanted: str) -> None:
    assert setting("STAFF_SECOND_FACTOR, s.CONTACT_SECOND_FACTOR", FAROL_URL=url) == wanted
    assert setting("STAFF_SECOND_FACTOR", FAROL_URL=url, FAROL_STAFF_SECOND_FACTOR="0") == "False"


@pytest.mark.django_db
def test_contacts_show_two_proofs_where_the_operator_wants_it(world: World, settings) -> None:
    settings.CONTACT_SECOND_FACTOR = True
    client = Client()
    client.force_login(world.marina)
    assert client.get("/chamados").headers["Location"] == "/conta/seguranca"
    assert reader_of(str(client.session.session_key)) is None
    session = client.session
    session[DOUBLE] = True
    session.save()
    assert client.get("/chamados").status_code == 200
    assert reader_of(str(client.session.session_key))


@pytest.mark.django_db
def test_a_form_without_its_token_does_nothing(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.marina)
    assert client.post("/preferencias", {"language": "en"}).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/.git/config", "/static/", "/static/../farol/house/settings.py", "/uv.lock"])
def test_nothing_is_served_from_the_source(address: str) -> None:
    assert Client().get(address).status_code in {302, 404}


@pytest.mark.django_db
def test_tracing_is_refused(world: World) -> None:
    client = Client()
    client.force_login(world.marina)
    assert client.generic("TRACE", "/chamados").status_code in {404, 405}
