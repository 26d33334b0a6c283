"""Every refusal of a page is the same refusal here: status, code, rule, remedy."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from farol.contracts.models import Contract
from farol.people.models import Person
from farol.tickets.models import Ticket
from tests.calling import ANNOYING, Program
from tests.surfaces.api.test_bad_input import opening
from tests.world import World

MEMBERS = {"type", "title", "status", "detail", "code", "rule", "remedy", "errors"}
ANSWERED = ["acceptance", "postponement", "approval", "disapproval"]


def path_of(ticket: Ticket) -> str:
    return f"/tickets/{ticket.pk}"


def test_a_problem_has_every_member_of_the_contract(world: World, contact: Program) -> None:
    answer = contact.send("POST", f"{path_of(world.open(timezone.now()))}/acceptance")
    assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")
    problem = answer.json()
    assert problem.keys() == MEMBERS
    assert problem == {
        "type": "/api/v1/docs#ticket.step_refused",
        "title": "A situação atual não permite.",
        "status": 409,
        "detail": "A situação do chamado mudou e esta ação já não cabe.",
        "code": "ticket.step_refused",
        "rule": None,
        "remedy": "Atualize a página e veja a situação atual.",
        "errors": {},
    }


@pytest.mark.rule("R-016")
def test_without_a_contract_nothing_is_opened_or_forecast(world: World, contact: Program) -> None:
    Contract.objects.update(valid_until="2020-12-31")
    problem = contact.post("/tickets", opening(world), expect=403)
    assert (problem["code"], problem["rule"]) == ("access.no_active_contract", "R-016")
    assert problem["remedy"]
    forecast = {"product": world.product.pk, "kind": "question", "impact": ANNOYING}
    assert contact.post("/forecasts", forecast, expect=403)["code"] == "access.no_active_contract"
    assert contact.get("/me")["services"] == []


@pytest.mark.rule("R-016")
def test_a_product_outside_the_contract_is_refused_by_its_name(world: World, contact: Program) -> None:
    problem = contact.post("/tickets", opening(world, product=world.other_product.pk), expect=403)
    assert (problem["code"], problem["detail"]) == (
        "access.product_not_in_contract",
        "O seu contrato não inclui Âncora RH.",
    )


def test_a_contact_opens_for_nobody_else(world: World, contact: Program) -> None:
    for said in (
        {"organization": world.boa_vista.pk},
        {"contact": world.bruno.pk},
        {"contact": world.joao.pk},
        {"organization": world.serra_azul.pk, "contact": world.bruno.pk},
    ):
        assert contact.post("/tickets", opening(world, **said), expect=403)["code"] == "request.others_refused"
    contact.post("/tickets", opening(world, organization=world.serra_azul.pk, contact=world.marina.pk))


def test_the_staff_says_for_whom_it_opens(world: World, analyst: Program) -> None:
    assert analyst.post("/tickets", opening(world), expect=422)["errors"].keys() == {"organization", "contact"}
    theirs = {"organization": world.serra_azul.pk, "contact": world.bruno.pk}
    assert analyst.post("/tickets", opening(world, **theirs), expect=422)["errors"].keys() == {"contact"}
    forecast = {"product": world.product.pk, "kind": "question", "impact": ANNOYING}
    assert analyst.post("/forecasts", forecast, expect=422)["errors"].keys() == {"organization"}
    told = analyst.post("/forecasts", forecast | {"organization": world.serra_azul.pk}, expect=200)
    ticket = analyst.post("/tickets", opening(world, organization=world.serra_azul.pk, contact=world.joao.pk))
    assert ticket["severity"]["value"] == told["severity"] == "medium"


@pytest.mark.parametrize(
    ("method", "call", "body"),
    [
        ("PUT", "assignment", {"assignee": "me"}),
        ("PUT", "assignment", {"assignee": None}),
        ("PUT", "assignment", {"assignee": 1}),
        ("PUT", "severity", {"severity": "low", "reason": "Porque sim"}),
        ("POST", "transfers", {"area": "factory", "reason": "Porque sim"}),
        ("POST", "information-requests", {"body": "Envie o XML."}),
        ("POST", "quotes", {"body": "R$ 1.000"}),
        ("POST", "authorizations", {"body": "Duas horas"}),
        ("POST", "solutions", {"body": "Atualize."}),
        ("POST", "redirection", {"body": "Fale com a consultoria."}),
        ("POST", "messages", {"body": "Segredo", "internal": True}),
        (
            "POST",
            "work-entries",
            {
                "started_at": "2026-11-23T09:00:00-03:00",
                "ended_at": "2026-11-23T10:00:00-03:00",
                "activity": "Análise",
                "billable": True,
            },
        ),
    ],
)
def test_what_the_staff_does_no_contact_does(
    world: World, contact: Program, method: str, call: str, body: dict[str, Any]
) -> None:
    if body.get("area"):
        body = body | {"area": world.factory.pk}
    ticket = world.open(timezone.now())
    problem = contact.call(method, f"{path_of(ticket)}/{call}", body, expect=403)
    assert problem["code"] == "ticket.not_yours_to_do"
    assert Ticket.objects.get(pk=ticket.pk).last_entry_id == ticket.last_entry_id


@pytest.mark.parametrize("call", [*ANSWERED, "rejection"])
def test_what_the_customer_decides_no_analyst_decides(world: World, analyst: Program, call: str) -> None:
    ticket = world.solved(timezone.now())
    body = {"reason": "Não serviu"} if call == "rejection" else None
    assert analyst.post(f"{path_of(ticket)}/{call}", body, expect=403)["code"] == "ticket.not_yours_to_do"


@pytest.mark.rule("R-053")
def test_a_closed_ticket_refuses_everything_but_going_on(world: World, contact: Program, analyst: Program) -> None:
    ticket = world.solved(timezone.now())
    path = path_of(ticket)
    contact.post(f"{path}/acceptance")
    work = {
        "started_at": "2026-11-23T09:00:00-03:00",
        "ended_at": "2026-11-23T10:00:00-03:00",
        "activity": "Análise",
        "billable": True,
    }
    calls: list[tuple[Program, str, str, Any]] = [
        *((contact, "POST", call, None) for call in ANSWERED),
        (contact, "POST", "rejection", {"reason": "Voltou"}),
        (contact, "POST", "cancellation", {"reason": "Chega"}),
        (contact, "POST", "messages", {"body": "Obrigada"}),
        (analyst, "POST", "messages", {"body": "Por nada"}),
        (analyst, "POST", "messages", {"body": "Nota", "internal": True}),
        (analyst, "POST", "information-requests", {"body": "Mais?"}),
        (analyst, "POST", "solutions", {"body": "Outra"}),
        (analyst, "POST", "transfers", {"area": world.factory.pk, "reason": "Porque sim"}),
        (analyst, "POST", "work-entries", work),
        (analyst, "PUT", "severity", {"severity": "low", "reason": "Porque sim"}),
        (analyst, "PUT", "assignment", {"assignee": None}),
    ]
    for program, method, call, body in calls:
        problem = program.call(method, f"{path}/{call}", body, expect=409)
        assert (problem["code"], problem["rule"]) == ("ticket.closed", "R-053"), call
    new = contact.post(f"{path}/continuations", {"subject": "Voltou a acontecer"})
    assert (new["subject"], new["links"][0]["number"]) == ("Voltou a acontecer", ticket.pk)


@pytest.mark.rule("R-053")
def test_an_open_ticket_is_not_gone_on_from(world: World, contact: Program) -> None:
    problem = contact.post(f"{path_of(world.open(timezone.now()))}/continuations", expect=409)
    assert problem["code"] == "ticket.still_open"


@pytest.mark.rule("R-004", "R-067")
def test_a_transfer_goes_to_another_area_and_says_why(world: World, analyst: Program) -> None:
    ticket = world.open(timezone.now())
    path = f"{path_of(ticket)}/transfers"
    assert analyst.post(path, {"area": 999_999, "reason": "x"}, expect=422)["errors"].keys() == {"area"}
    assert analyst.post(path, {"area": world.fiscal.pk, "reason": "x"}, expect=422)["errors"].keys() == {"area"}
    assert analyst.post(path, {"area": world.factory.pk, "reason": " "}, expect=422)["errors"].keys() == {"reason"}
    before = analyst.get(path_of(ticket))
    moved = analyst.post(path, {"area": world.factory.pk, "reason": "É erro de código."})
    assert moved["area"] == {"id": world.factory.pk, "name": "Fábrica"}
    assert (moved["opened_at"], moved["due_at"]) == (before["opened_at"], before["due_at"])


@pytest.mark.rule("R-063", "R-065")
def test_a_new_severity_moves_the_date_from_the_opening(world: World, importer: Program) -> None:
    ticket = importer.post(
        "/tickets",
        opening(world, organization=world.serra_azul.pk, contact=world.marina.pk, at="2026-11-23T09:00:00-03:00"),
    )
    path = f"/tickets/{ticket['number']}/severity"
    assert ticket["due_at"] == "2026-11-25T15:00:00-03:00"
    changed = importer.put(path, {"severity": "critical", "reason": "Parou tudo.", "at": "2026-11-24T11:00:00-03:00"})
    assert (changed["severity"]["value"], changed["due_at"]) == ("critical", "2026-11-23T19:00:00-03:00")
    assert changed["severity"]["reasons"] == ["Reclassificada pela equipe."]
    again = importer.put(
        path, {"severity": "critical", "reason": "De novo", "at": "2026-11-24T11:01:00-03:00"}, expect=422
    )
    assert again["errors"].keys() == {"severity"}


@pytest.mark.rule("R-054")
def test_one_analyst_is_in_one_place_at_a_time(world: World, importer: Program) -> None:
    one, other = (
        importer.post(
            "/tickets",
            opening(world, organization=world.serra_azul.pk, contact=world.marina.pk, at="2026-11-23T07:00:00-03:00"),
        )
        for _ in range(2)
    )
    work = {
        "started_at": "2026-11-23T09:00:00-03:00",
        "ended_at": "2026-11-23T10:30:00-03:00",
        "activity": "Análise",
        "billable": True,
        "reason": "Customização",
        "at": "2026-11-23T11:00:00-03:00",
    }
    entry = importer.post(f"/tickets/{one['number']}/work-entries", work)
    assert (entry["minutes"], entry["analyst"]["name"], entry["billable"]) == (90, "Rafael Tanaka", True)
    problem = importer.post(f"/tickets/{other['number']}/work-entries", work, expect=409)
    assert (problem["code"], problem["rule"]) == ("work.entries_overlap", "R-054")
    assert str(one["number"]) in problem["detail"]
    assert importer.get(f"/tickets/{one['number']}")["billable_minutes"] == 90


def test_a_ticket_is_taken_handed_over_and_dropped(world: World, analyst: Program) -> None:
    path = f"{path_of(world.open(timezone.now()))}/assignment"
    taken = analyst.put(path, {"assignee": "me"})
    assert (taken["state"], taken["assignee"]["id"]) == ("in_analysis", world.rafael.pk)
    assert analyst.put(path, {"assignee": "me"})["updated_at"] == taken["updated_at"]
    handed = analyst.put(path, {"assignee": world.jussara.pk})
    assert handed["assignee"] == {"id": world.jussara.pk, "name": "Jussara Lima"}
    dropped = analyst.put(path, {"assignee": None})
    assert (dropped["state"], dropped["assignee"]) == ("open", None)
    assert analyst.put(path, {"assignee": world.marina.pk}, expect=422)["errors"].keys() == {"assignee"}


@pytest.mark.parametrize("language", ["pt-BR", "pt", "xx", "fr;q=0.9, pt;q=0.8"])
def test_a_problem_is_told_in_portuguese_unless_asked_otherwise(db: None, language: str) -> None:
    problem = Program("").get("/me", headers={"Accept-Language": language}, expect=401)
    assert problem["title"] == "É preciso um token válido."


@pytest.mark.parametrize("language", ["en", "en-GB", "es", "es-AR"])
def test_a_problem_follows_the_language_of_its_reader(world: World, contact: Program, language: str) -> None:
    path = path_of(world.open(timezone.now()))

    def told(code: str) -> list[str]:
        headers = {"Accept-Language": code}
        closed = contact.post(f"{path}/acceptance", headers=headers, expect=409)
        empty = contact.post(f"{path}/messages", {}, headers=headers, expect=422)
        return [closed["title"], closed["detail"], closed["remedy"], empty["detail"], *empty["errors"]["body"]]

    for here, there in zip(told("pt-BR"), told(language), strict=True):
        assert here != there


def test_without_a_wish_a_problem_speaks_the_language_of_the_person(world: World, contact: Program) -> None:
    Person.objects.filter(pk=world.marina.pk).update(language="en")
    path = f"{path_of(world.open(timezone.now()))}/acceptance"
    wished = contact.post(path, headers={"Accept-Language": "en"}, expect=409)
    assert contact.post(path, expect=409) == wished


def test_a_bug_is_told_as_a_problem_too(
    world: World, contact: Program, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("farol.api.shapes.ticket", None)
    contact.client.raise_request_exception = False
    ticket = world.open(timezone.now())
    problem = contact.get(path_of(ticket), expect=500)
    assert (problem["code"], problem.keys()) == ("server.failed", MEMBERS)
    assert "TypeError" in caplog.text
