"""Whatever an address or a form says, at either door, it is answered: never by a failure of our own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.test import Client

from farol.desk.urls import urlpatterns as desk
from farol.portal.urls import urlpatterns as portal
from tests.world import World, build

ASKED = (
    "q", "depois", "antes", "desde", "ate", "de", "dias", "nota", "ano", "mes", "dia", "semana", "situacao", "area",
    "severidade", "produto", "contrato", "cliente", "pessoa", "ordem", "quais", "modelo",
)  # fmt: skip
SAID = (
    "body", "reason", "seen", "number", "entry", "name", "url", "events", "area", "assignee", "severity", "started_at",
    "ended_at", "minutes", "seconds", "language", "score", "comment", "title", "day", "first_day", "last_day", "kind",
    "role", "attachments", "steps", "purpose", "scope", "valid_until", "expires_on", "tool", "numbers", "event", "mode",
    "if_area", "do_area", "person", "year", "description", "subject", "product", "outcome", "why", "guidance",
)  # fmt: skip
ODD = ("\x00", "9" * 30, "9999-12-31", "-1", "x\ufffe")


@pytest.fixture
def world(db: None) -> World:
    return build()


def addresses(number: int) -> Iterator[str]:
    for prefix, patterns in (("/mesa/", desk), ("/", portal)):
        for pattern in patterns:
            if str(pattern.pattern) == "sair":
                continue
            for found in (number, 10**25):
                address = re.sub(r"<int:\w+>", str(found), f"{prefix}{pattern.pattern}")
                yield re.sub(r"<\w+:\w+>", "x", address)


@pytest.mark.parametrize("name", ["teresa", "marina"])
def test_no_request_ends_in_a_failure_of_ours(world: World, name: str) -> None:
    number = world.open(datetime.now(UTC)).pk
    client = Client(raise_request_exception=False)
    client.force_login(getattr(world, name))
    failed = []
    for address in addresses(number):
        for odd in ODD:
            for asked in (client.get, client.post):
                names = ASKED if asked == client.get else SAID
                if asked(address, dict.fromkeys(names, odd)).status_code >= 500:
                    failed.append((asked.__name__, address, odd))
    assert not failed


@pytest.mark.parametrize("address", ["/sair", "/entrar/codigo", "/conta/codigos"])
def test_an_address_that_only_takes_forms_says_so_and_names_a_way_on(world: World, address: str) -> None:
    client = Client()
    client.force_login(world.marina)
    answer = client.get(address)
    text = answer.content.decode()
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "Este endereço só recebe formulários" in text
    assert 'href="/' in text[text.index("Código para o telefone") :]


def test_the_staff_is_not_told_of_a_company_of_theirs(world: World) -> None:
    client = Client()
    client.force_login(world.teresa)
    text = client.get("/mesa/nada").content.decode()
    assert "não está aberto para o seu papel" in text
    assert "sua empresa" not in text
