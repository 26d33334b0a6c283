"""Consulting and its money for programs: prices, terms, causes, what is ready to be invoiced."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from farol.catalog import actions as catalog
from tests.calling import ANNOYING, Program
from tests.world import World


def opened(world: World, contact: Program, **more: Any) -> Any:
    body = {"product": world.product.pk, "kind": "question", "subject": "ICMS", "impact": ANNOYING}
    return contact.post("/tickets", {**body, "description": "Precisamos de orientação sobre o ICMS.", **more})


@pytest.mark.rule("R-093")
def test_prices_are_there_to_be_read(contact: Program) -> None:
    told = {price["service"]: price for price in contact.get("/prices")["items"]}
    assert told["consulting"]["rate_cents"] == 440
    assert (told["emergency"]["unit"], told["emergency"]["minimum_minutes"]) == ("hour", 60)


@pytest.mark.rule("R-011", "R-090", "R-095")
def test_consulting_from_opening_to_the_bill(world: World, contact: Program, importer: Program) -> None:
    assert opened(world, contact)["service"] == "support"
    ticket = opened(world, Program.of(world.marina, "import"), service="consulting", at="2026-11-24T09:00:00-03:00")
    assert (ticket["service"], ticket["area"]["name"]) == ("consulting", "Consultoria")
    number = f"/tickets/{ticket['number']}"
    work = {
        "started_at": "2026-11-24T10:00:00-03:00", "ended_at": "2026-11-24T10:37:00-03:00", "activity": "ICMS",
        "billable": True, "at": "2026-11-24T11:00:00-03:00",
    }  # fmt: skip
    problem = importer.post(f"{number}/work-entries", work, expect=409)
    assert (problem["code"], problem["rule"]) == ("charge.not_authorized", "R-090")
    asked = importer.post(f"{number}/authorizations", {"body": "Parametrizar.", "at": "2026-11-24T09:30:00-03:00"})
    assert asked["state"] == "awaiting_authorization"
    said = Program.of(world.marina, "import")
    assert said.post(f"{number}/approval", {"at": "2026-11-24T09:40:00-03:00"})["state"] == "in_analysis"
    importer.post(f"{number}/work-entries", work)
    importer.post(f"{number}/solutions", {"body": "Pronto.", "at": "2026-11-24T11:10:00-03:00"})
    assert said.post(f"{number}/acceptance", {"at": "2026-11-24T12:00:00-03:00"})["state"] == "closed_accepted"
    entries = contact.get("/billing-entries")["items"]
    assert [(e["ticket"], e["minutes"], e["total_cents"]) for e in entries] == [(ticket["number"], 37, 16_280)]
    assert Program.of(world.bruno).get("/billing-entries")["items"] == []
    assert contact.get("/billing-entries", limit=1)["next"] is None
    contact.get("/billing-entries", limits=1, expect=422)


@pytest.mark.rule("R-011")
def test_a_contact_without_the_release_is_refused(world: World) -> None:
    joao = Program.of(world.joao)
    body = {"product": world.product.pk, "kind": "question", "subject": "ICMS", "impact": ANNOYING}
    problem = joao.post(
        "/tickets", {**body, "description": "Precisamos de orientação.", "service": "consulting"}, expect=403
    )
    assert problem["code"] == "access.service_not_released"


@pytest.mark.rule("R-056", "R-081", "R-065", "R-096")
def test_triage_cause_contest_and_region(world: World, contact: Program, analyst: Program) -> None:
    number = f"/tickets/{opened(world, contact)['number']}"
    told = analyst.post(f"{number}/triage", {"right_area": True, "question": True})
    assert (told["right_area"], told["question"]) == (True, True)
    assert contact.get(number)["right_area"] is None
    contact.post(f"{number}/triage", {"right_area": True, "question": True}, expect=403)
    cause = {"responsibility": "third_party", "reason": "É o banco."}
    assert analyst.put(f"{number}/responsibility", cause)["responsibility"] == "third_party"
    contact.post(f"{number}/severity-contests", {"reason": "Parou tudo."})
    assert contact.post(f"{number}/severity-contests", {"reason": "De novo."}, expect=409)["rule"] == "R-065"
    assert analyst.post(f"{number}/redirection", {"regional": True})["state"] == "closed_redirected"
    words = contact.get(f"{number}/timeline")["items"][-1]
    assert (words["name"], words["facts"]["office"]["name"]) == ("ticket.redirected", "Unidade Sul")


@pytest.mark.rule("R-080", "R-082", "R-083")
def test_the_customers_environment(world: World) -> None:
    contact, staff = Program.of(world.marina), Program.of(world.rafael)
    vpn = catalog.define_tool(code="vpn", name="VPN do cliente", is_approved=False)
    number = f"/tickets/{opened(world, contact)['number']}"
    asked = {
        "body": "Só acontece lá.",
        "scope": "Tabelas fiscais",
        "valid_until": str(datetime.now(UTC).date() + timedelta(days=9)),
    }
    assert staff.post(f"{number}/database-authorizations", asked, expect=409)["code"] == "database.attempt_missing"
    staff.post(f"{number}/reproduction-attempts", {"steps": "Mesma nota.", "reproduced": False})
    assert staff.post(f"{number}/database-authorizations", asked)["state"] == "awaiting_authorization"
    refused = staff.post(f"{number}/database-accesses", {"purpose": "Ver."}, expect=409)
    assert (refused["code"], refused["rule"]) == ("database.not_authorized", "R-080")
    contact.post(f"{number}/approval")
    assert staff.post(f"{number}/database-accesses", {"purpose": "Ver."})["name"] == "ticket.database_accessed"
    copy = staff.post(
        f"{number}/database-copies", {"name": "s7", "expires_on": str(datetime.now(UTC).date() + timedelta(days=2))}
    )
    assert copy["deleted_at"] is None
    assert staff.post(f"/database-copies/{copy['id']}/deletion", {"proof": "Ata 12."})["proof"] == "Ata 12."
    contact.post(f"/database-copies/{copy['id']}/deletion", {"proof": "Ata 12."}, expect=403)
    assert [tool["approved"] for tool in contact.get("/tools")["items"]] == [False]
    staff.post(f"{number}/preparation-notices", {"tool": vpn.pk}, expect=409)  # no price in force
    session = {"tool": vpn.pk, "asked_by": "customer", "preparation_minutes": 5}
    since = {"started_at": "2026-11-20T10:00:00-03:00", "ended_at": "2026-11-20T10:30:00-03:00"}
    told = staff.post(f"{number}/remote-sessions", {**session, **since})
    assert (told["approved"], told["preparation_billed"]) == (False, False)
    staff.post(f"{number}/remote-sessions", {**session, **since, "tool": 999}, expect=422)
