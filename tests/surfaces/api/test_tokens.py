"""Who may call, and what a token may say."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from farol.people.actions import TOKEN_LIFE, issue_token
from farol.people.models import Person, Token
from tests.calling import Program
from tests.surfaces.api.test_bad_input import opening
from tests.world import World


@pytest.mark.parametrize(
    "header", [None, "", "Bearer", "Bearer ", "Bearer nothing", "Basic abc", "Bearer \x00", "Bearer é", "token"]
)
def test_without_a_valid_token_there_is_nothing(world: World, header: str | None) -> None:
    program = Program("")
    for method, path in (("GET", "/me"), ("GET", "/tickets"), ("POST", "/tickets"), ("PUT", "/tickets/1/severity")):
        answer = program.client.generic(
            method, f"/api/v1{path}", headers={} if header is None else {"Authorization": header}
        )
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"] == 'Bearer realm="Farol"'
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json()["code"] == "token.needed"


def test_an_expired_a_revoked_and_a_former_persons_token_are_worth_nothing(world: World) -> None:
    old = issue_token(world.marina, now=timezone.now() - TOKEN_LIFE - timedelta(seconds=1))
    Program(old).get("/me", expect=401)
    revoked = Program.of(world.marina)
    revoked.get("/me")
    Token.objects.update(revoked_at=timezone.now())
    revoked.get("/me", expect=401)
    former = Program.of(world.rafael)
    Person.objects.filter(pk=world.rafael.pk).update(is_active=False)
    former.get("/me", expect=401)


def test_a_token_is_stored_as_its_digest_only(world: World, contact: Program) -> None:
    assert not Token.objects.filter(digest__contains=contact.token[6:20]).exists()


def test_a_cookie_is_no_token(world: World) -> None:
    program = Program("nothing")
    program.client.force_login(world.marina)
    program.get("/me", expect=401)


def test_a_contact_reads_who_they_are(world: World, contact: Program) -> None:
    me = contact.get("/me")
    assert me["person"] == {
        "id": world.marina.pk,
        "name": "Marina Prado",
        "email": "marina@serraazul.example",
        "language": "pt-br",
    }
    assert (me["kind"], me["areas"], me["scopes"]) == ("contact", [], [])
    assert me["organization"] == {"id": world.serra_azul.pk, "name": "Laticínios Serra Azul"}
    assert me["services"] == [{"id": "support", "name": "Suporte"}, {"id": "consulting", "name": "Consultoria"}]


def test_the_staff_reads_its_areas(world: World, importer: Program) -> None:
    me = importer.get("/me")
    assert (me["kind"], me["organization"], me["services"]) == ("staff", None, [])
    assert me["areas"] == [{"id": world.fiscal.pk, "name": "Fiscal"}]
    assert me["scopes"] == ["import"]


@pytest.mark.parametrize("said", [{"at": "2026-11-23T09:00:00-03:00"}, {"channel": "phone"}])
def test_only_an_importer_says_when_and_by_which_channel(world: World, contact: Program, said: dict[str, str]) -> None:
    problem = contact.post("/tickets", opening(world, **said), expect=403)
    assert problem["code"] == "token.import_scope_needed"
    number = f"/tickets/{world.open(timezone.now()).pk}"
    for call, body in (("messages", {"body": "Olá"}), ("acceptance", {}), ("rejection", {"reason": "Não"})):
        contact.post(f"{number}/{call}", body | said, expect=403)


def test_saying_null_is_saying_nothing(world: World, contact: Program) -> None:
    contact.post("/tickets", opening(world, at=None, channel=None, module=None, version=None, attachments=None))


def test_history_comes_in_as_it_happened(world: World, importer: Program) -> None:
    ticket = importer.post(
        "/tickets",
        opening(
            world,
            at="2026-11-19T16:00:00-03:00",
            channel="phone",
            organization=world.serra_azul.pk,
            contact=world.joao.pk,
        ),
    )
    assert (ticket["channel"], ticket["opened_at"]) == ("phone", "2026-11-19T16:00:00-03:00")
    assert ticket["contact"]["name"] == "João Pires"
    (entry,) = importer.get(f"/tickets/{ticket['number']}/timeline")["items"]
    assert (entry["channel"], entry["at"]) == ("phone", "2026-11-19T16:00:00-03:00")
    assert entry["actor"] == {"id": world.rafael.pk, "name": "Rafael Tanaka", "kind": "staff"}


def test_history_does_not_run_backwards(world: World, importer: Program) -> None:
    ticket = world.open(timezone.now())
    problem = importer.post(
        f"/tickets/{ticket.pk}/messages", {"body": "Antes", "at": "2020-01-01T09:00:00-03:00"}, expect=422
    )
    assert list(problem["errors"]) == ["at"]


def test_history_brought_in_is_news_to_nobody(world: World, importer: Program, analyst: Program) -> None:
    heard = ProcrastinateJob.objects.filter(queue_name="journal").exclude(args__has_key="is_history")
    people = {"organization": world.serra_azul.pk, "contact": world.joao.pk}
    number = importer.post("/tickets", opening(world, at="2026-11-19T16:00:00-03:00", **people))["number"]
    body = {"body": "Atualize.", "at": "2026-11-19T17:00:00-03:00"}
    importer.post(f"/tickets/{number}/solutions", body, headers={"Idempotency-Key": "solution"})
    importer.put(f"/tickets/{number}/assignment", {"assignee": "me", "at": "2026-11-19T17:05:00-03:00"})
    assert not heard.exists()
    importer.post("/tickets", opening(world, **people))
    assert heard.count() == 1, "what an importer does today is news"
