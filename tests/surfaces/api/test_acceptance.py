"""Acceptance as a contract, by the API alone (section 7)."""

from __future__ import annotations

from typing import Any

import pytest

from farol.house.command_line import execute
from farol.tickets.models import Window
from tests.calling import STOPPED, Program
from tests.surfaces.api.test_bad_input import opening
from tests.world import World

SENT = "2026-11-24T15:20:00-03:00"


def deadlines(now: str) -> None:
    assert execute(["deadlines", "run", "--now", now]) == 0


@pytest.fixture
def customer(world: World) -> Program:
    return Program.of(world.marina, "import")


@pytest.fixture
def number(world: World, customer: Program, importer: Program) -> str:
    """A ticket whose solution was sent on Tuesday, 24 November 2026, at 15h20."""
    ticket = customer.post("/tickets", opening(world, impact=STOPPED, at="2026-11-23T09:00:00-03:00"))
    path = f"/tickets/{ticket['number']}"
    importer.post(f"{path}/solutions", {"body": "Atualize a tabela NCM.", "at": SENT})
    return path


def names(program: Program, number: str) -> list[str]:
    return [item["name"].removeprefix("ticket.") for item in program.get(f"{number}/timeline")["items"]]


@pytest.mark.rule("R-070")
def test_the_reminder_goes_once_and_only_while_waiting(number: str, customer: Program) -> None:
    deadlines("2026-12-06T23:59:00-03:00")
    assert "reminded" not in names(customer, number)
    for now in ("2026-12-07T00:00:00-03:00", "2026-12-07T12:00:00-03:00", "2026-12-09T23:59:00-03:00"):
        deadlines(now)
    assert names(customer, number).count("reminded") == 1
    assert customer.get(number)["state"] == "awaiting_acceptance"


@pytest.mark.rule("R-070")
def test_deadlines_tried_out_for_a_day_ahead_leave_the_customer_their_turn(number: str, customer: Program) -> None:
    deadlines("2026-12-07T12:00:00-03:00")
    assert customer.post(f"{number}/acceptance", {"at": "2026-11-25T09:00:00-03:00"})["state"] == "closed_accepted"


@pytest.mark.rule("R-071", "R-077")
def test_accepting_closes_and_keeps_the_evidence(world: World, number: str, customer: Program) -> None:
    ticket = customer.post(f"{number}/acceptance", {"at": "2026-11-25T09:00:00-03:00"})
    assert (ticket["state"], ticket["waiting_on"]) == ("closed_accepted", "nobody")
    assert ticket["acceptance"]["last_day"] == "2026-12-09"
    evidence = Window.objects.get(outcome="accepted").evidence
    assert evidence is not None
    assert (evidence["person"], evidence["channel"], evidence["address"]) == (world.marina.pk, "api", "127.0.0.1")
    assert len(evidence["text_sha256"]) == 64


@pytest.mark.rule("R-071")
@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_a_rejection_without_a_reason_is_refused(number: str, customer: Program, reason: str) -> None:
    problem = customer.post(f"{number}/rejection", {"reason": reason, "at": "2026-11-25T09:20:00-03:00"}, expect=422)
    assert problem["errors"].keys() == {"reason"}
    assert customer.post(f"{number}/rejection", expect=422)["errors"].keys() == {"body"}
    assert customer.get(number)["state"] == "awaiting_acceptance"


@pytest.mark.rule("R-072")
@pytest.mark.parametrize(
    ("asked_at", "status"), [("2026-12-09T23:59:00-03:00", 201), ("2026-12-10T00:00:00-03:00", 409)]
)
def test_a_postponement_is_asked_for_in_the_first_fifteen_days(
    number: str, customer: Program, asked_at: str, status: int
) -> None:
    answer = customer.post(f"{number}/postponement", {"at": asked_at}, expect=status)
    if status == 201:
        assert answer["acceptance"] == {
            "sent_at": SENT,
            "reminder_on": "2027-01-06",
            "last_day": "2027-01-08",
            "postponed": True,
        }


@pytest.mark.rule("R-072")
def test_a_second_postponement_is_refused_with_the_last_day(number: str, customer: Program) -> None:
    customer.post(f"{number}/postponement", {"at": "2026-11-27T09:00:00-03:00"})
    problem = customer.post(f"{number}/postponement", {"at": "2026-11-28T09:00:00-03:00"}, expect=409)
    assert (problem["code"], problem["rule"]) == ("acceptance.postponement_refused", "R-072")
    assert "08/01/2027" in problem["detail"]


@pytest.mark.rule("R-073", "R-075")
def test_silence_accepts_after_the_last_day_and_whatever_comes_then_is_refused(number: str, customer: Program) -> None:
    too_late = {"at": "2026-12-10T00:00:00-03:00"}
    assert customer.post(f"{number}/acceptance", too_late, expect=409)["code"] == "ticket.closed"
    for now in ("2026-12-20T10:00:00-03:00", "2026-12-10T00:00:00-03:00", "2027-12-01T00:00:00-03:00"):
        deadlines(now)
    ticket = customer.get(number)
    assert (ticket["state"], ticket["closed_at"]) == ("closed_silent", "2026-12-10T00:00:00-03:00")
    assert names(customer, number)[-2:] == ["reminded", "closed_silent"]


@pytest.mark.rule("R-074")
def test_a_question_left_unanswered_ends_the_ticket(world: World, customer: Program, importer: Program) -> None:
    ticket = customer.post("/tickets", opening(world, at="2026-11-24T09:00:00-03:00"))
    path = f"/tickets/{ticket['number']}"
    importer.post(f"{path}/information-requests", {"body": "Qual a versão?", "at": SENT})
    deadlines("2026-12-09T23:59:00-03:00")
    assert customer.get(path)["state"] == "awaiting_customer"
    deadlines("2026-12-10T00:00:00-03:00")
    assert customer.get(path)["state"] == "closed_abandoned"


@pytest.mark.rule("R-074")
def test_a_comment_takes_the_solution_back_into_analysis(number: str, customer: Program) -> None:
    customer.post(f"{number}/messages", {"body": "Ainda testando.", "at": "2026-12-05T10:00:00-03:00"})
    ticket = customer.get(number)
    assert (ticket["state"], ticket["acceptance"], ticket["waiting_on"]) == ("in_analysis", None, "vendor")
    deadlines("2027-02-01T00:00:00-03:00")
    assert customer.get(number)["state"] == "in_analysis"


@pytest.mark.rule("R-076")
def test_hours_logged_after_the_solution_are_not_on_its_bill(
    world: World, customer: Program, importer: Program
) -> None:
    ticket = customer.post("/tickets", opening(world, at="2026-11-24T08:00:00-03:00"))
    path = f"/tickets/{ticket['number']}"

    def log(started: str, ended: str, *, billable: bool, at: str) -> None:
        work: dict[str, Any] = {"activity": "Análise", "billable": billable, "at": at}
        times = {"started_at": f"2026-11-24T{started}:00-03:00", "ended_at": f"2026-11-24T{ended}:00-03:00"}
        importer.post(f"{path}/work-entries", work | times)

    log("09:00", "10:00", billable=True, at=SENT)
    log("10:00", "10:30", billable=False, at=SENT)
    assert importer.get(path)["billable_minutes"] == 60
    assert customer.get(path)["billable_minutes"] == 0
    importer.post(f"{path}/solutions", {"body": "Pronto.", "at": SENT})
    log("15:20", "16:20", billable=True, at="2026-11-24T16:30:00-03:00")
    for reader in (customer, importer):
        assert reader.get(path)["billable_minutes"] == 60


@pytest.mark.rule("R-090")
def test_a_quote_is_approved_and_a_refused_charge_ends_at_no_cost(
    world: World, customer: Program, analyst: Program
) -> None:
    ticket = customer.post("/tickets", opening(world))
    path = f"/tickets/{ticket['number']}"
    assert analyst.post(f"{path}/quotes", {"body": "R$ 1.200,00"})["state"] == "awaiting_quote"
    assert customer.post(f"{path}/approval")["state"] == "in_analysis"
    assert analyst.post(f"{path}/authorizations", {"body": "Três horas."})["state"] == "awaiting_authorization"
    declined = customer.post(f"{path}/disapproval", {"reason": "Sem verba."})
    assert (declined["state"], declined["waiting_on"]) == ("cancelled", "nobody")


def test_whoever_needs_a_ticket_no_more_cancels_it(world: World, contact: Program, analyst: Program) -> None:
    for program in (contact, analyst):
        ticket = contact.post("/tickets", opening(world))
        path = f"/tickets/{ticket['number']}/cancellation"
        assert program.post(path, {"reason": ""}, expect=422)["errors"].keys() == {"reason"}
        assert program.post(path, {"reason": "Era engano."})["state"] == "cancelled"


@pytest.mark.rule("R-096")
def test_a_request_for_somebody_else_ends_with_their_address(world: World, contact: Program, analyst: Program) -> None:
    ticket = contact.post("/tickets", opening(world))
    redirected = analyst.post(f"/tickets/{ticket['number']}/redirection", {"body": "Fale com a sua franquia."})
    assert redirected["state"] == "closed_redirected"
