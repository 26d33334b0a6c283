"""A POST with a key is done once, whoever repeats it and whenever."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.utils import timezone

from farol.files.models import Attachment
from farol.journal.actions import forget_receipts
from farol.journal.models import Entry, Receipt
from farol.tickets.models import Ticket
from tests.calling import BASE, Program
from tests.surfaces.api.test_bad_input import opening
from tests.world import World, build

KEY = {"Idempotency-Key": "8f6c2a4e-0001"}


def test_the_same_key_and_body_give_the_first_answer_again(world: World, contact: Program) -> None:
    first, second = (contact.send("POST", "/tickets", opening(world), headers=KEY) for _ in range(2))
    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert "Idempotency-Replayed" not in first
    assert second["Idempotency-Replayed"] == "true"
    assert Ticket.objects.count() == Entry.objects.count() == 1


def test_the_first_answer_stays_what_it_was(world: World, contact: Program, analyst: Program) -> None:
    first = contact.post("/tickets", opening(world), headers=KEY)
    analyst.put(f"/tickets/{first['number']}/assignment", {"assignee": "me"})
    assert contact.post("/tickets", opening(world), headers=KEY) == first


def test_the_same_key_with_another_body_is_refused(world: World, contact: Program) -> None:
    contact.post("/tickets", opening(world), headers=KEY)
    problem = contact.post("/tickets", opening(world, subject="Outro assunto"), headers=KEY, expect=409)
    assert problem["code"] == "idempotency.key_reused"
    ticket = world.open(timezone.now())
    contact.post(f"/tickets/{ticket.pk}/messages", opening(world) and {"body": "x"}, headers=KEY, expect=409)


def test_another_persons_key_is_another_key(world: World, contact: Program) -> None:
    mine = contact.post("/tickets", opening(world), headers=KEY)
    theirs = Program.of(world.bruno).post("/tickets", opening(world), headers=KEY)
    assert mine["number"] != theirs["number"]


def test_another_key_is_another_request(world: World, contact: Program) -> None:
    for key in ("1", "2"):
        contact.post("/tickets", opening(world), headers={"Idempotency-Key": key})
    assert Ticket.objects.count() == 2


def test_a_refusal_is_not_remembered(world: World, contact: Program) -> None:
    ticket = world.open(timezone.now())
    path = f"/tickets/{ticket.pk}/acceptance"
    contact.post(path, headers=KEY, expect=409)
    Program.of(world.rafael).post(f"/tickets/{ticket.pk}/solutions", {"body": "Pronto."})
    assert contact.post(path, headers=KEY)["state"] == "closed_accepted"
    assert contact.post(path, headers=KEY)["state"] == "closed_accepted"


def test_a_bug_leaves_neither_change_nor_receipt(
    world: World, contact: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    contact.client.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr("farol.api.shapes.new_ticket", None)
        contact.post("/tickets", opening(world), headers=KEY, expect=500)
    assert Ticket.objects.count() == Receipt.objects.count() == 0
    contact.post("/tickets", opening(world), headers=KEY)


@pytest.mark.parametrize("key", ["", "x" * 201, "chave com ç", "quebra\x7f"])
def test_a_key_has_one_to_two_hundred_visible_characters(world: World, contact: Program, key: str) -> None:
    problem = contact.post("/tickets", opening(world), headers={"Idempotency-Key": key}, expect=400)
    assert problem["code"] == "idempotency.key_malformed"


def test_an_upload_is_repeated_by_its_content(contact: Program) -> None:
    def send(name: str, content: bytes) -> HttpResponse:
        headers = {"Authorization": f"Bearer {contact.token}", **KEY}
        answer: HttpResponse = contact.client.post(
            f"{BASE}/attachments", {"file": SimpleUploadedFile(name, content)}, headers=headers
        )  # type: ignore[assignment]
        return answer

    assert send("a.txt", b"um").content == send("a.txt", b"um").content
    assert send("a.txt", b"dois").status_code == 409
    assert Attachment.objects.count() == 1


def test_receipts_are_forgotten_after_two_days(world: World, contact: Program) -> None:
    contact.post("/tickets", opening(world), headers=KEY)
    assert forget_receipts(timezone.now() + timedelta(hours=47)) == 0
    assert forget_receipts(timezone.now() + timedelta(hours=49)) == 1


def together(*calls: Callable[[], HttpResponse]) -> list[HttpResponse]:
    """All at once, each on its own connection."""
    gate = Barrier(len(calls))

    def one(call: Callable[[], HttpResponse]) -> HttpResponse:
        gate.wait()
        try:
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(one, calls))


@pytest.mark.django_db(transaction=True)
def test_two_openings_at_once_with_one_key_are_one_ticket() -> None:
    world = build()
    token = Program.of(world.marina).token
    body = opening(world)
    answers = together(*(lambda: Program(token).send("POST", "/tickets", body, headers=KEY) for _ in range(4)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert Ticket.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.rule("R-071")
def test_of_two_acceptances_at_once_one_is_told_it_came_late() -> None:
    world = build()
    ticket = world.solved(timezone.now())
    token = Program.of(world.marina).token
    answers = together(*(lambda: Program(token).send("POST", f"/tickets/{ticket.pk}/acceptance") for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
    assert Entry.objects.filter(name="ticket.accepted").count() == 1
