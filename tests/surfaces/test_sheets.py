"""Lists as files for spreadsheets: what one may see, nothing that runs."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from django.http import StreamingHttpResponse
from django.test import Client

from tests.world import World, at, build

NOW = at("2026-11-23 10:00")


@pytest.fixture
def world(db: None) -> World:
    return build()


def signed_in(person: object) -> Client:
    client = Client()
    client.force_login(person)  # type: ignore[arg-type]
    return client


def lines(client: Client, address: str, delimiter: str = ";") -> list[list[str]]:
    answer = client.get(address)
    assert isinstance(answer, StreamingHttpResponse)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="chamados.csv"'
    text = answer.getvalue().decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(StringIO(text[1:]), delimiter=delimiter))


def test_the_desk_exports_what_the_address_asks_for(world: World) -> None:
    ticket = world.open(NOW, subject="Boleto sem multa; com juros")
    world.open(NOW, subject="Etiqueta em branco")
    head, *rows = lines(signed_in(world.rafael), "/mesa/busca.csv?q=boletos&severidade=high")
    assert head[:4] == ["Protocolo", "Assunto", "Cliente", "CNPJ"]
    assert [row[:4] for row in rows] == [
        [str(ticket.pk), "Boleto sem multa; com juros", "Laticínios Serra Azul", "12.ABC.345/01DE-35"]
    ]
    assert rows[0][-3] == "2026-11-23 10:00"


@pytest.mark.parametrize(
    "subject", ["=1+1", "+55", "-2", "@SUM(A1)", "  =cmd|' /C calc'!A0", "＝1+1", "|x", "%x", "\t=1"]
)
def test_no_subject_is_a_formula(world: World, subject: str) -> None:
    world.open(NOW, subject=subject)
    _head, row = lines(signed_in(world.rafael), "/mesa/busca.csv?severidade=high")
    assert row[1].startswith("'")


def test_a_customer_exports_their_companys_tickets_alone(world: World) -> None:
    ours, theirs = world.open(NOW), world.open(NOW, by=world.bruno)
    rows = lines(signed_in(world.marina), "/chamados.csv?situacao=todos")[1:]
    assert [row[0] for row in rows] == [str(ours.pk)]
    assert lines(signed_in(world.marina), f"/chamados.csv?q={theirs.pk}")[1:] == []


def test_nobody_exports_through_the_wrong_door(world: World, client: Client) -> None:
    assert signed_in(world.marina).get("/mesa/busca.csv?q=nota").status_code == 404
    assert client.get("/chamados.csv").status_code == 302


def test_lists_of_several_pages_are_whole(world: World) -> None:
    numbers = [world.open(NOW).pk for _ in range(25)]
    rows = lines(signed_in(world.rafael), "/mesa/busca.csv?q=rejeição")[1:]
    assert [int(row[0]) for row in rows] == numbers[::-1]
