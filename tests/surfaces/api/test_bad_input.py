"""Whatever is sent, the answer is a problem that says what is wrong, never a crash."""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.calling import ANNOYING, STOPPED, Program
from tests.world import World

HUGE = 10**30
BEYOND = base64.urlsafe_b64encode(f"-opened|2026-11-23T09:00:00+00:00|{HUGE}".encode()).decode()


def opening(world: World, **said: Any) -> dict[str, Any]:
    return {
        "product": world.product.pk,
        "kind": "question",
        "subject": "Dúvida sobre a apuração",
        "description": "Como apurar o crédito presumido de novembro?",
        "impact": ANNOYING,
    } | said


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("product", None),
        ("product", "1"),
        ("product", 1.5),
        ("product", True),
        ("product", 0),
        ("product", -1),
        ("product", HUGE),
        ("product", 2**63),
        ("product", 2**63 - 1),
        ("product", []),
        ("module", 999_999),
        ("version", 999_999),
        ("kind", "complaint"),
        ("kind", 3),
        ("subject", ""),
        ("subject", "   "),
        ("subject", "x" * 161),
        ("subject", "nulo \x00 no meio"),
        ("subject", "metade \ud800 de um par"),
        ("subject", ["lista"]),
        ("subject", None),
        ("description", "curta"),
        ("description", "x" * 100_001),
        ("description", "vinte caracteres ao menos \x00"),
        ("description", {"a": 1}),
        ("impact", "critical"),
        ("impact", None),
        ("impact", {}),
        ("impact", STOPPED | {"usability": "none"}),
        ("impact", STOPPED | {"critical_operation": "yes"}),
        ("impact", STOPPED | {"critical_operation": 1}),
        ("impact", STOPPED | {"weather": "rain"}),
        ("attachments", [999_999]),
        ("attachments", ["1"]),
        ("attachments", [HUGE]),
        ("attachments", 7),
        ("attachments", [1] * 51),
        ("severity", "critical"),
        ("\x00", 1),
        ("at", "2026-11-23T09:00:00"),
        ("at", "2026-11-23"),
        ("at", 1_700_000_000),
        ("at", "1700000000"),
        ("at", "ontem"),
        ("at", "2026-02-30T09:00:00-03:00"),
        ("at", "0001-01-01T00:00:00+14:00"),
        ("at", "9999-12-31T23:59:59-12:00"),
        ("at", "2099-12-31T23:00:00-03:00"),
        ("at", "2026-11-23T09:00:00+99:00"),
        ("channel", "house"),
        ("channel", "fax"),
    ],
)
def test_a_wrong_field_is_refused_by_its_name(world: World, field: str, value: Any) -> None:
    problem = Program.of(world.marina, "import").post("/tickets", opening(world, **{field: value}), expect=422)
    assert {name.split(".")[0] for name in problem["errors"]} == {field}
    assert all(messages and all(messages) for messages in problem["errors"].values())
    assert problem["code"] == "fields.refused"


def test_half_a_character_is_no_name_of_a_field(world: World, contact: Program) -> None:
    contact.post("/tickets", opening(world, **{"\ud800": 1}), expect=422)


@pytest.mark.parametrize("field", ["product", "kind", "subject", "description", "impact"])
def test_a_missing_field_is_refused_by_its_name(world: World, contact: Program, field: str) -> None:
    body = opening(world)
    del body[field]
    assert contact.post("/tickets", body, expect=422)["errors"] == {field: ["Informe este campo."]}


def test_a_missing_part_of_the_impact_is_named_with_its_place(world: World, contact: Program) -> None:
    impact = {key: value for key, value in STOPPED.items() if key != "data_corruption"}
    problem = contact.post("/tickets", opening(world, impact=impact), expect=422)
    assert list(problem["errors"]) == ["impact.data_corruption"]


@pytest.mark.parametrize(
    "body",
    [
        "{",
        "nada",
        b"\xff\xfe\x00",
        b'{"subject": "\xff"}',
        "[" * 100_000,
        '{"a":' * 50_000,
        '{"product": ' + "9" * 5_000 + "}",
        "\x00",
    ],
    ids=["cut", "word", "utf-16", "latin-1", "deep", "deeper", "digits", "null"],
)
def test_what_is_not_json_is_malformed(contact: Program, body: str | bytes) -> None:
    assert contact.post("/tickets", body, expect=400)["code"] == "request.malformed"


@pytest.mark.parametrize("body", ["null", "[]", "7", '"texto"', "NaN", ""])
def test_json_that_is_no_object_is_refused(contact: Program, body: str) -> None:
    assert contact.post("/tickets", body, expect=422)["errors"].keys() == {"body"}


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data"]
)
def test_another_format_is_not_read(contact: Program, content_type: str) -> None:
    answer = contact.send("POST", "/tickets", "subject=x", content_type=content_type)
    assert (answer.status_code, answer["Content-Type"]) == (415, "application/problem+json")


def test_too_long_a_body_is_not_read(contact: Program) -> None:
    problem = contact.post("/tickets", '{"subject": "' + "x" * 3_000_000 + '"}', expect=413)
    assert problem["code"] == "request.too_large"


def test_a_body_of_unknown_length_is_not_read(contact: Program) -> None:
    answer = contact.send("POST", "/tickets", "{}", headers={"Transfer-Encoding": "chunked"})
    assert (answer.status_code, answer.json()["code"]) == (411, "request.length_needed")


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"state": "lost"}, "state"),
        ({"area": "fiscal"}, "area"),
        ({"area": HUGE}, "area"),
        ({"area": 0}, "area"),
        ({"severity": "urgent"}, "severity"),
        ({"organization": "x"}, "organization"),
        ({"organization": -3}, "organization"),
        ({"assignee": "you"}, "assignee"),
        ({"order": "opened"}, "order"),
        ({"limit": 0}, "limit"),
        ({"limit": 201}, "limit"),
        ({"limit": "many"}, "limit"),
        ({"q": "nulo\x00"}, "q"),
        ({"q": "x" * 500}, "q"),
        ({"offset": 10}, "offset"),
    ],
)
def test_a_wrong_filter_is_refused_by_its_name(contact: Program, query: dict[str, Any], field: str) -> None:
    problem = contact.get("/tickets", expect=422, **query)
    assert [name.split(".")[0] for name in problem["errors"]] == [field]


@pytest.mark.parametrize("q", ["²", "٣", "'; drop table", "a & b | !", "\\", "%", ":*", "🙂", "(", "1" * 18, "1" * 300])
def test_any_words_may_be_looked_for(contact: Program, q: str) -> None:
    assert contact.get("/tickets", q=q)["items"] == []


@pytest.mark.parametrize(
    "cursor",
    ["x", "====", "%00", "é", "ZHVlfHg", "LW9wZW5lZHxhfDE", "bnVsbA", "x" * 5_000, BEYOND],
)
def test_a_cursor_nobody_gave_is_malformed(world: World, contact: Program, cursor: str) -> None:
    assert contact.get("/tickets", cursor=cursor, expect=400)["code"] == "request.cursor_malformed"
    ticket = world.open(timezone.now())
    assert contact.get(f"/tickets/{ticket.pk}/timeline", cursor=cursor, expect=400)


def test_the_cursor_of_another_order_is_malformed(world: World, contact: Program) -> None:
    for _ in range(2):
        world.open(timezone.now())
    cursor = contact.get("/tickets", limit=1)["next"]
    contact.get("/tickets", limit=1, cursor=cursor, order="due", expect=400)


@pytest.mark.parametrize(
    "path", ["/tickets/abc", "/tickets/-1", f"/tickets/{'9' * 6_000}", "/tickets/", "/nothing", ""]
)
def test_an_address_that_is_none_is_a_problem_too(contact: Program, path: str) -> None:
    assert contact.get(path, expect=404)["code"] == "request.not_found"


@pytest.mark.parametrize("number", [0, HUGE, 2**63, 999_999])
def test_a_ticket_that_is_none_is_not_found(contact: Program, number: int) -> None:
    for path in ("", "/timeline", "/clock"):
        assert contact.get(f"/tickets/{number}{path}", expect=404)["code"] == "ticket.not_found"
    contact.post(f"/tickets/{number}/messages", {"body": "Olá?"}, expect=404)
    contact.get(f"/attachments/{number}", expect=404)


def test_another_method_is_refused_with_those_that_serve(contact: Program) -> None:
    answer = contact.send("DELETE", "/tickets/1")
    assert (answer.status_code, answer["Content-Type"]) == (405, "application/problem+json")
    assert answer["Allow"] == "GET"


@pytest.mark.parametrize("assignee", ["you", "", HUGE, 0, True, 1.5, [1], 999_999])
def test_nobody_is_assigned_by_a_wrong_name(world: World, analyst: Program, assignee: Any) -> None:
    ticket = world.open(timezone.now())
    problem = analyst.put(f"/tickets/{ticket.pk}/assignment", {"assignee": assignee}, expect=422)
    assert list(problem["errors"]) == ["assignee"]


def test_an_assignment_says_who(world: World, analyst: Program) -> None:
    ticket = world.open(timezone.now())
    assert list(analyst.put(f"/tickets/{ticket.pk}/assignment", {}, expect=422)["errors"]) == ["assignee"]


def test_work_is_logged_with_real_instants(world: World, analyst: Program) -> None:
    ticket, now = world.open(timezone.now()), timezone.now()
    work = {
        "started_at": now.isoformat(),
        "ended_at": (now - timedelta(hours=1)).isoformat(),
        "activity": "Análise",
        "billable": True,
    }
    path = f"/tickets/{ticket.pk}/work-entries"
    assert list(analyst.post(path, work, expect=422)["errors"]) == ["ended_at"]
    assert list(analyst.post(path, work | {"billable": "sim"}, expect=422)["errors"]) == ["billable"]
    assert list(analyst.post(path, work | {"started_at": "9h"}, expect=422)["errors"]) == ["started_at"]


@pytest.mark.parametrize("call", ["acceptance", "postponement", "approval", "disapproval", "continuations"])
def test_a_call_without_a_body_refuses_unknown_fields_too(world: World, contact: Program, call: str) -> None:
    ticket = world.open(timezone.now())
    assert list(contact.post(f"/tickets/{ticket.pk}/{call}", {"state": "closed"}, expect=422)["errors"]) == ["state"]
