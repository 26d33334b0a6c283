"""What a token may see is exactly what its person may see on the pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.calling import BASE, Program
from tests.world import World

WORK = {
    "started_at": "2026-11-23T09:00:00-03:00",
    "ended_at": "2026-11-23T10:00:00-03:00",
    "activity": "Análise",
    "billable": True,
}


def upload(program: Program, name: str = "nota.xml", content: bytes = b"<nfe/>", expect: int = 201) -> Any:
    answer = program.client.post(
        f"{BASE}/attachments",
        {"file": SimpleUploadedFile(name, content)},
        headers={"Authorization": f"Bearer {program.token}"},
    )
    assert answer.status_code == expect, answer.text
    return answer.json()


@pytest.fixture
def stranger(world: World) -> Program:
    return Program.of(world.bruno)


@pytest.mark.parametrize(
    ("method", "call", "body"),
    [
        ("GET", "", None),
        ("GET", "/timeline", None),
        ("GET", "/clock", None),
        ("POST", "/messages", {"body": "Olá"}),
        ("POST", "/messages", {"body": "Olá", "internal": True}),
        ("PUT", "/assignment", {"assignee": "me"}),
        ("POST", "/transfers", {"area": 0, "reason": "x"}),
        ("PUT", "/severity", {"severity": "low", "reason": "x"}),
        ("POST", "/information-requests", {"body": "?"}),
        ("POST", "/work-entries", WORK),
        ("POST", "/solutions", {"body": "!"}),
        ("POST", "/quotes", {"body": "R$"}),
        ("POST", "/authorizations", {"body": "R$"}),
        ("POST", "/redirection", {"body": "Lá"}),
        ("POST", "/acceptance", None),
        ("POST", "/rejection", {"reason": "x"}),
        ("POST", "/postponement", None),
        ("POST", "/approval", None),
        ("POST", "/disapproval", None),
        ("POST", "/cancellation", {"reason": "x"}),
        ("POST", "/continuations", None),
    ],
)
def test_another_companys_ticket_does_not_exist(
    world: World, stranger: Program, method: str, call: str, body: dict[str, Any] | None
) -> None:
    ticket = world.solved(timezone.now())
    if body and "area" in body:
        body = body | {"area": world.factory.pk}
    problem = stranger.call(method, f"/tickets/{ticket.pk}{call}", body, expect=404)
    assert problem == stranger.call(method, f"/tickets/999999{call}", body, expect=404)
    assert problem["code"] == "ticket.not_found"


def test_what_a_token_reads_no_cache_keeps(world: World, contact: Program) -> None:
    assert contact.send("GET", "/tickets")["Cache-Control"] == "no-store"
    assert contact.send("GET", "/tickets/999999")["Cache-Control"] == "no-store"


def test_lists_and_search_hold_ones_own_companys_tickets_only(world: World, stranger: Program) -> None:
    ticket = world.open(timezone.now())
    mine = world.open(timezone.now(), by=world.bruno)
    assert [item["number"] for item in stranger.get("/tickets")["items"]] == [mine.pk]
    assert [item["number"] for item in stranger.get("/tickets", q="rejeicao")["items"]] == [mine.pk]
    assert stranger.get("/tickets", q=str(ticket.pk))["items"] == []
    assert stranger.get("/tickets", organization=world.serra_azul.pk)["items"] == []
    colleague = Program.of(world.joao)
    assert [item["number"] for item in colleague.get("/tickets")["items"]] == [ticket.pk]


def test_internal_notes_are_the_staffs_alone(world: World, contact: Program, analyst: Program) -> None:
    number = f"/tickets/{world.open(timezone.now()).pk}"
    secret = upload(analyst, "senha.txt", b"segredo")
    note = analyst.post(
        f"{number}/messages", {"body": "Cliente difícil: melancia", "internal": True, "attachments": [secret["id"]]}
    )
    assert note["internal"]
    assert [file["name"] for file in note["attachments"]] == ["senha.txt"]
    analyst.post(f"{number}/work-entries", WORK | {"activity": "Melancia"})
    seen = contact.send("GET", f"{number}/timeline")
    assert "melancia" not in seen.text.lower()
    assert "senha" not in seen.text
    assert [item["name"] for item in seen.json()["items"]] == ["ticket.opened"]
    assert contact.get("/tickets", q="melancia")["items"] == []
    contact.get(f"/attachments/{secret['id']}", expect=404)
    assert "melancia" in analyst.send("GET", f"{number}/timeline").text


def test_a_file_is_its_uploaders_until_it_hangs_on_a_ticket(
    world: World, contact: Program, stranger: Program, analyst: Program
) -> None:
    number = f"/tickets/{world.open(timezone.now()).pk}"
    file = upload(contact)
    for other in (stranger, analyst):
        other.get(f"/attachments/{file['id']}", expect=404)
    problem = analyst.post(f"{number}/messages", {"body": "Peguei", "attachments": [file["id"]]}, expect=422)
    assert problem["errors"].keys() == {"attachments"}
    contact.post(f"{number}/messages", {"body": "Segue", "attachments": [file["id"]]})
    stranger.get(f"/attachments/{file['id']}", expect=404)
    for reader in (contact, analyst, Program.of(world.joao)):
        answer = reader.send("GET", f"/attachments/{file['id']}")
        assert b"".join(answer) == b"<nfe/>"
        assert answer["Content-Disposition"] == 'attachment; filename="nota.xml"'
        assert answer["X-Content-Type-Options"] == "nosniff"
    (entry,) = [item for item in contact.get(f"{number}/timeline")["items"] if item["attachments"]]
    assert entry["attachments"] == [file]


@pytest.mark.parametrize(
    ("name", "content", "status", "code"),
    [
        ("virus.exe", b"MZ", 415, "file.type_forbidden"),
        ("foto.png", b"MZ\x90", 415, "file.type_forbidden"),
        ("vazio.txt", b"", 422, "file.empty"),
    ],
)
def test_a_file_that_is_not_taken_says_why(contact: Program, name: str, content: bytes, status: int, code: str) -> None:
    problem = upload(contact, name, content, expect=status)
    assert (problem["code"], bool(problem["remedy"])) == (code, True)


def test_an_upload_is_a_form_with_a_file(contact: Program) -> None:
    assert contact.send("POST", "/attachments", {"file": "x"}).status_code == 415
    answer = contact.client.post(
        f"{BASE}/attachments", {"other": "x"}, headers={"Authorization": f"Bearer {contact.token}"}
    )
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["file"])


@pytest.mark.parametrize("name", ["a" * 300 + ".xml", "..", "../../etc/passwd", "nulo\x00.xml", "\u202etxt.xml", ""])
def test_a_strange_file_name_does_no_harm(contact: Program, name: str) -> None:
    answer = contact.client.post(
        f"{BASE}/attachments",
        {"file": SimpleUploadedFile("x", b"<nfe/>")} if not name else {"file": _named(name)},
        headers={"Authorization": f"Bearer {contact.token}"},
    )
    assert answer.status_code in {201, 422}
    if answer.status_code == 201:
        contact.send("GET", f"/attachments/{answer.json()['id']}").close()


def _named(name: str) -> SimpleUploadedFile:
    file = SimpleUploadedFile("x", b"<nfe/>")
    file.__dict__["_name"] = name
    return file
