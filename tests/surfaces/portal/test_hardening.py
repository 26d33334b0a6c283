"""What every answer bears so that a browser keeps to it (docs/security.md)."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.test import Client

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
