"""The main job by the API alone: what a program needs to know to carry a ticket from opening to its end.

A contact of a customer, an analyst, and the hours 7h to 19h from Monday to Friday. The tokens may say
`at`, so that every instant below can be checked on a calendar.
"""

from __future__ import annotations

from typing import Any

import pytest

from farol.house.command_line import execute
from tests.calling import STOPPED, Program
from tests.world import World


@pytest.mark.rule("R-050", "R-051", "R-053", "R-061", "R-062", "R-070", "R-071", "R-072", "R-073", "R-076")
def test_from_a_stopped_invoice_to_a_linked_new_ticket(world: World) -> None:
    contact, analyst = Program.of(world.marina, "import"), Program.of(world.rafael, "import")
    ticket = invoicing_stops(world, contact)
    number = f"/tickets/{ticket['number']}"
    the_analyst_needs_a_file(ticket, number, analyst)
    the_customer_answers_the_next_day(number, contact)
    the_solution_states_its_hours(number, contact, analyst)
    the_customer_refuses_it(number, contact)
    the_second_solution_is_judged_later(number, contact, analyst)
    silence_accepts(number, contact)
    a_closed_ticket_is_gone_on_from_in_a_new_one(ticket, number, contact)
    all_of_it_is_on_record(number, contact, analyst)


def invoicing_stops(world: World, contact: Program) -> Any:
    """On Monday at 9h. The answer announces severity, reasons and date, as forecast."""
    opening = {
        "product": world.product.pk,
        "module": world.module.pk,
        "kind": "nonconformity",
        "subject": "Rejeição 778 ao transmitir NF-e de devolução",
        "description": "Ao transmitir a NF-e 45.231, a SEFAZ devolve 778: NCM inexistente.",
        "impact": STOPPED,
        "at": "2026-11-23T09:00:00-03:00",
    }
    forecast = contact.post(
        "/forecasts", {key: opening[key] for key in ("product", "module", "kind", "impact", "at")}, expect=200
    )
    ticket = contact.post("/tickets", opening)
    assert (ticket["state"], ticket["waiting_on"], ticket["channel"]) == ("open", "vendor", "api")
    assert ticket["severity"]["value"] == forecast["severity"] == "critical"
    assert ticket["severity"]["reasons"] == forecast["reasons"] != []
    assert ticket["due_at"] == forecast["due_at"] == "2026-11-23T19:00:00-03:00"
    assert forecast["allowance_minutes"] == 600
    assert ticket["organization"] == {"id": world.serra_azul.pk, "name": "Laticínios Serra Azul"}
    assert ticket["contact"] == {"id": world.marina.pk, "name": "Marina Prado"}
    assert ticket["area"] == {"id": world.fiscal.pk, "name": "Fiscal"}
    assert ticket["assignee"] is None
    return ticket


def the_analyst_needs_a_file(ticket: Any, number: str, analyst: Program) -> None:
    """They find the ticket, take it, ask: the clock stands still."""
    assert [item["number"] for item in analyst.get("/tickets", state="open", order="due")["items"]] == [
        ticket["number"]
    ]
    ticket = analyst.put(f"{number}/assignment", {"assignee": "me", "at": "2026-11-23T10:00:00-03:00"})
    assert (ticket["state"], ticket["assignee"]["name"]) == ("in_analysis", "Rafael Tanaka")
    ticket = analyst.post(
        f"{number}/information-requests", {"body": "Envie o XML da nota.", "at": "2026-11-23T11:00:00-03:00"}
    )
    assert (ticket["state"], ticket["paused"], ticket["waiting_on"]) == ("awaiting_customer", True, "customer")


def the_customer_answers_the_next_day(number: str, contact: Program) -> None:
    """On Tuesday at 10h: 2 of 10 hours were used, so 8 are left from there."""
    entry = contact.post(f"{number}/messages", {"body": "Segue o XML.", "at": "2026-11-24T10:00:00-03:00"})
    assert (entry["name"], entry["body"], entry["actor"]["name"]) == ("ticket.replied", "Segue o XML.", "Marina Prado")
    ticket = contact.get(number)
    assert (ticket["state"], ticket["paused"], ticket["due_at"]) == (
        "in_analysis",
        False,
        "2026-11-24T18:00:00-03:00",
    )
    clock = contact.get(f"{number}/clock")
    assert (clock["allowance_minutes"], clock["due_at"]) == (600, ticket["due_at"])
    assert [(span["from"][5:16], span["to"][5:16], span["kind"], span["minutes"]) for span in clock["spans"]] == [
        ("11-23T09:00", "11-23T11:00", "running", 120),
        ("11-23T11:00", "11-24T10:00", "paused", 1380),
        ("11-24T10:00", "11-24T18:00", "running", 480),
    ]


def the_solution_states_its_hours(number: str, contact: Program, analyst: Program) -> None:
    """Two and a half hours of work go with it, to be judged until the fifteenth day."""
    for started, ended in (("10:30", "11:30"), ("13:00", "14:30")):
        analyst.post(
            f"{number}/work-entries",
            {
                "started_at": f"2026-11-24T{started}:00-03:00",
                "ended_at": f"2026-11-24T{ended}:00-03:00",
                "activity": "Análise da rejeição",
                "billable": True,
                "at": "2026-11-24T15:00:00-03:00",
            },
        )
    ticket = analyst.post(f"{number}/solutions", {"body": "Atualize a tabela NCM.", "at": "2026-11-24T15:20:00-03:00"})
    assert (ticket["state"], ticket["billable_minutes"]) == ("awaiting_acceptance", 150)
    assert ticket["acceptance"] == {
        "sent_at": "2026-11-24T15:20:00-03:00",
        "reminder_on": "2026-12-07",
        "last_day": "2026-12-09",
        "postponed": False,
    }
    assert contact.get(number)["billable_minutes"] == 150


def the_customer_refuses_it(number: str, contact: Program) -> None:
    """A refusal needs a reason, and the clock goes on."""
    contact.post(f"{number}/rejection", {"reason": " ", "at": "2026-11-25T09:20:00-03:00"}, expect=422)
    ticket = contact.post(
        f"{number}/rejection", {"reason": "Continua a rejeição 778.", "at": "2026-11-25T09:20:00-03:00"}
    )
    assert (ticket["state"], ticket["acceptance"]) == ("in_analysis", None)
    assert ticket["due_at"] == "2026-11-25T12:00:00-03:00"


def the_second_solution_is_judged_later(number: str, contact: Program, analyst: Program) -> None:
    """45 days in all, once."""
    analyst.post(f"{number}/solutions", {"body": "Instale o patch.", "at": "2026-11-25T10:00:00-03:00"})
    ticket = contact.post(f"{number}/postponement", {"at": "2026-11-26T10:00:00-03:00"})
    assert ticket["acceptance"] == {
        "sent_at": "2026-11-25T10:00:00-03:00",
        "reminder_on": "2027-01-07",
        "last_day": "2027-01-09",
        "postponed": True,
    }
    problem = contact.post(f"{number}/postponement", {"at": "2026-11-26T10:01:00-03:00"}, expect=409)
    assert (problem["code"], problem["rule"]) == ("acceptance.postponement_refused", "R-072")


def silence_accepts(number: str, contact: Program) -> None:
    """The last day counts whole."""
    assert execute(["deadlines", "run", "--now", "2027-01-09T23:59:00-03:00"]) == 0
    assert contact.get(number)["state"] == "awaiting_acceptance"
    assert execute(["deadlines", "run", "--now", "2027-01-10T00:00:00-03:00"]) == 0
    ticket = contact.get(number)
    assert (ticket["state"], ticket["waiting_on"]) == ("closed_silent", "nobody")
    assert ticket["closed_at"] == "2027-01-10T00:00:00-03:00"


def a_closed_ticket_is_gone_on_from_in_a_new_one(ticket: Any, number: str, contact: Program) -> None:
    problem = contact.post(
        f"{number}/messages", {"body": "Voltou a acontecer.", "at": "2027-01-11T09:00:00-03:00"}, expect=409
    )
    assert (problem["code"], problem["rule"], problem["status"]) == ("ticket.closed", "R-053", 409)
    assert problem["remedy"]
    new = contact.post(f"{number}/continuations", {"at": "2027-01-11T09:00:00-03:00"})
    assert (new["state"], new["due_at"]) == ("open", "2027-01-11T19:00:00-03:00")
    assert [(link["kind"], link["number"]) for link in new["links"]] == [("continues", ticket["number"])]
    assert [(link["kind"], link["number"]) for link in contact.get(number)["links"]] == [
        ("continued_by", new["number"])
    ]


def all_of_it_is_on_record(number: str, contact: Program, analyst: Program) -> None:
    """In order; what was internal is the staff's alone."""
    told = [item["name"].removeprefix("ticket.") for item in contact.get(f"{number}/timeline")["items"]]
    assert told == [
        "opened", "assumed", "information_asked", "replied", "solution_sent", "rejected", "solution_sent",
        "postponed", "reminded", "closed_silent", "continued",
    ]  # fmt: skip
    assert len(analyst.get(f"{number}/timeline")["items"]) == len(told) + 2
