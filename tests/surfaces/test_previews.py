"""Files to look at: images, PDF and text, from a shut address; held and infected ones by no way at all."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings

from farol.files import actions as files
from farol.files.models import Attachment
from farol.people.models import Person
from farol.tickets import actions
from tests.calling import Program
from tests.scanning import EICAR, clamd
from tests.world import World, at, build

NOW = at("2026-11-23 09:00")
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0"


@pytest.fixture
def world(db: None) -> World:
    return build()


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def attached(world: World, name: str, content: bytes, *, is_internal: bool = False) -> Attachment:
    ticket, by = world.open(NOW), world.by(world.rafael)
    file = files.keep(f"person:{world.rafael.pk}", SimpleUploadedFile(name, content), by=by)
    say = actions.note if is_internal else actions.reply
    say(ticket.pk, body="Segue.", by=by, now=NOW, attachments=[file.pk])
    file.refresh_from_db()
    return file


@pytest.mark.parametrize(("name", "content", "kind"), [
    ("tela.png", PNG, "image/png"),
    ("nota.pdf", b"%PDF-1.7\n", "application/pdf"),
    ("log.txt", b"linha <script>alert(1)</script>", "text/plain; charset=utf-8"),
])  # fmt: skip
def test_what_a_browser_can_show_is_shown_shut_in(world: World, name: str, content: bytes, kind: str) -> None:
    file = attached(world, name, content)
    for person, door in ((world.marina, ""), (world.rafael, "/mesa")):
        answer: Any = signed_in(person).get(f"{door}/arquivos/{file.pk}/ver")
        assert answer.status_code == 200
        assert answer["Content-Type"] == kind
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert ("sandbox" in answer["Content-Security-Policy"]) == (kind != "application/pdf")
        assert answer["Content-Disposition"].startswith("inline")
        assert b"".join(answer.streaming_content) == content
    page = signed_in(world.marina).get(f"/chamados/{file.subject.partition(':')[2]}").content.decode()
    assert f"/arquivos/{file.pk}/ver" in page


@pytest.mark.parametrize(("name", "content"), [
    ("tela.png", b"<html><script>alert(1)</script>"), ("nota.pdf", b"<html>"), ("pasta.zip", b"PK\3\4"),
])  # fmt: skip
def test_what_is_not_what_it_says_is_only_downloaded(world: World, name: str, content: bytes) -> None:
    file = attached(world, name, content)
    Attachment.objects.filter(pk=file.pk).update(
        content_type={"png": "image/png", "pdf": "application/pdf"}.get(name[-3:], "application/zip")
    )
    client = signed_in(world.marina)
    assert client.get(f"/arquivos/{file.pk}/ver").status_code == 404
    answer = client.get(f"/arquivos/{file.pk}")
    assert answer["Content-Disposition"].startswith("attachment")
    answer.close()


def test_a_notes_file_and_another_companys_are_shown_to_no_customer(world: World) -> None:
    note, message = attached(world, "a.txt", b"x", is_internal=True), attached(world, "b.txt", b"x")
    assert signed_in(world.marina).get(f"/arquivos/{note.pk}/ver").status_code == 404
    assert signed_in(world.bruno).get(f"/arquivos/{message.pk}/ver").status_code == 404
    assert signed_in(world.marina).get(f"/mesa/arquivos/{note.pk}/ver").status_code == 404


@pytest.mark.parametrize(("verdict", "word"), [("held", "em verificação"), ("infected", "retido: contém um vírus")])
def test_what_the_scanner_has_not_let_go_is_given_by_no_door(world: World, verdict: str, word: str) -> None:
    file = attached(world, "nota.txt", b"x")
    Attachment.objects.filter(pk=file.pk).update(verdict=verdict)
    for person, door in ((world.marina, ""), (world.rafael, "/mesa")):
        for address in (f"{door}/arquivos/{file.pk}", f"{door}/arquivos/{file.pk}/ver"):
            assert signed_in(person).get(address).status_code in {409, 422}
    assert Program.of(world.marina).send("GET", f"/attachments/{file.pk}").status_code in {409, 422}
    number = file.subject.partition(":")[2]
    for person, door in ((world.marina, ""), (world.rafael, "/mesa")):
        page = signed_in(person).get(f"{door}/chamados/{number}").content.decode()
        assert word in page
        assert f"/arquivos/{file.pk}" not in page


def test_the_test_file_is_refused_on_the_page_and_nothing_typed_is_lost(world: World, settings: Settings) -> None:
    number = world.open(NOW).pk
    with clamd() as server:
        settings.SCANNER = server.name
        facts = {"body": "Segue o arquivo.", "attachments": SimpleUploadedFile("eicar.txt", EICAR)}
        answer = signed_in(world.marina).post(f"/chamados/{number}/interacoes", facts)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "O arquivo eicar.txt contém um vírus (Win.Test.EICAR_HDB-1) e não foi aceito." in page
        assert "Segue o arquivo.</textarea>" in page
        program = Program.of(world.marina)
        sent = program.client.post(
            "/api/v1/attachments", {"file": SimpleUploadedFile("eicar.txt", EICAR)},
            headers={"Authorization": f"Bearer {program.token}"},
        )  # fmt: skip
        assert (sent.status_code, sent.json()["code"]) == (422, "file.infected")
