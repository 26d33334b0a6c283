"""The two flow charts of the guide (p. 8 and 9), every branch, by the API: the clock and the money at each step.

Hours are 7h to 19h from Monday to Friday. Monday is 23 November 2026; a question about the ICMS is of low
impact: 40 hours, so it is due on Thursday at 13h if nothing stops the clock.
"""

from __future__ import annotations

from typing import Any

import pytest

from farol.house.command_line import execute
from tests.calling import Program
from tests.world import World

SMALL = {"usability": "cosmetic", "workaround": "yes", "critical_operation": False, "data_corruption": "no"}
DUE = "2026-11-26T13:00:00-03:00"


def at(clock: str, day: int = 23) -> str:
    return f"2026-11-{day}T{clock}:00-03:00"


class Walk:
    """One ticket, the two people who carry it, and what is true of it after each step."""

    def __init__(self, world: World, **more: Any) -> None:
        self.world = world
        self.contact, self.analyst = Program.of(world.marina, "import"), Program.of(world.rafael, "import")
        opening = {
            "product": world.product.pk, "kind": "question", "subject": "Como parametrizar o ICMS?",
            "description": "Precisamos de orientação para parametrizar o ICMS.", "impact": SMALL, "at": at("09:00"),
        }  # fmt: skip
        ticket = self.contact.post("/tickets", {**opening, **more})
        assert ticket["due_at"] == DUE
        self.number = f"/tickets/{ticket['number']}"
        self.id = ticket["number"]

    def staff(self, noun: str, clock: str, *, expect: int = 201, **body: Any) -> Any:
        return self.analyst.post(f"{self.number}/{noun}", {**body, "at": at(clock)}, expect=expect)

    def customer(self, noun: str, clock: str, *, day: int = 23, expect: int = 201, **body: Any) -> Any:
        return self.contact.post(f"{self.number}/{noun}", {**body, "at": at(clock, day)}, expect=expect)

    def works(self, start: str, end: str, *, billable: bool = True, expect: int = 201) -> Any:
        return self.staff(
            "work-entries", end, started_at=at(start), ended_at=at(end), activity="ICMS", billable=billable,
            expect=expect,
        )  # fmt: skip

    def passes_to(self, area: Any, clock: str) -> Any:
        return self.staff("transfers", clock, area=area.pk, reason="Não é daqui.", expected_on="2026-11-25")

    def stands(self, state: str, due: str = DUE) -> None:
        ticket, clock = self.contact.get(self.number), self.contact.get(f"{self.number}/clock")
        assert (ticket["state"], ticket["due_at"]) == (state, due)
        assert sum(span["minutes"] for span in clock["spans"] if span["kind"] == "running") == 2400

    @property
    def bill(self) -> list[tuple[int, int]]:
        items = self.contact.get("/billing-entries")["items"]
        return [(item["minutes"], item["total_cents"]) for item in items if item["ticket"] == self.id]


@pytest.mark.rule("R-004", "R-056", "R-067")
def test_support_a_question_in_the_wrong_area_is_passed_on_and_guided(world: World) -> None:
    walk = Walk(world)
    walk.staff("triage", "09:30", right_area=False, question=True)
    for area in (world.factory, world.consulting, world.factory, world.fiscal):
        walk.passes_to(area, "10:00")
        walk.stands("open")
    assert walk.contact.get(walk.number)["service"] == "support"
    told = walk.staff("triage", "10:30", right_area=True, question=True)
    assert (told["right_area"], told["question"]) == (True, True)
    walk.staff("messages", "11:00", body="O parâmetro fica em Fiscal, Impostos.")
    walk.stands("open")
    walk.staff("solutions", "12:00", body="Siga o guia.")
    walk.customer("acceptance", "15:00")
    walk.stands("closed_accepted", "2026-11-26T13:00:00-03:00")
    assert walk.bill == []


@pytest.mark.rule("R-056", "R-062", "R-071", "R-095")
def test_support_no_question_the_solution_is_refused_once_and_the_work_is_billed(world: World) -> None:
    walk = Walk(world)
    walk.staff("triage", "09:30", right_area=True, question=False)
    walk.works("10:00", "11:00")
    assert walk.staff("solutions", "11:00", body="Instale o pacote.")["billable_minutes"] == 60
    walk.customer("rejection", "13:00", reason="Continua.")
    walk.stands("in_analysis", "2026-11-26T15:00:00-03:00")
    walk.works("13:00", "14:30")
    assert walk.staff("solutions", "15:00", body="Instale o outro.")["billable_minutes"] == 150
    assert walk.bill == []
    walk.customer("acceptance", "16:00")
    walk.stands("closed_accepted", "2026-11-26T15:00:00-03:00")
    assert walk.bill == [(150, 66_000)]


@pytest.mark.rule("R-096")
def test_consulting_on_site_goes_to_the_customers_region(world: World) -> None:
    walk = Walk(world, service="consulting")
    walk.staff("redirection", "10:00", regional=True)
    walk.stands("closed_redirected")
    assert walk.contact.get(f"{walk.number}/timeline")["items"][-1]["body"] == "Unidade Sul\n(41) 3000-0040"
    assert walk.bill == []


@pytest.mark.rule("R-090")
def test_consulting_the_charge_is_refused(world: World) -> None:
    walk = Walk(world, service="consulting")
    walk.works("09:10", "09:20", expect=409)
    walk.staff("authorizations", "10:00", body="São cerca de 40 minutos.")
    walk.stands("awaiting_authorization")
    walk.customer("disapproval", "12:00", reason="Agora não.")
    walk.stands("cancelled")
    assert walk.bill == []


@pytest.mark.rule("R-062", "R-076", "R-090", "R-093", "R-095", "R-242")
@pytest.mark.parametrize(
    ("service", "end", "minutes", "cents"),
    [
        ("consulting", "12:37", 37, 16_280),
        ("emergency", "12:37", 37, 36_000),
        ("consulting", "14:05", 125, 55_000),
        ("emergency", "14:05", 125, 108_000),
    ],
)
def test_consulting_the_charge_is_accepted_and_billed_to_the_cent(
    world: World, service: str, end: str, minutes: int, cents: int
) -> None:
    walk = Walk(world, service="consulting")
    walk.staff("authorizations", "10:00", body="Orientação.", service=service)
    walk.customer("approval", "12:00")
    walk.stands("in_analysis", "2026-11-26T15:00:00-03:00")
    walk.works("11:59", "12:00", expect=409)
    walk.works("12:00", end)
    assert walk.staff("solutions", "15:00", body="Pronto.")["billable_minutes"] == minutes
    told = walk.contact.get(f"{walk.number}/timeline")["items"][-1]["facts"]
    assert told["total_cents"] == cents
    walk.customer("acceptance", "16:00")
    assert walk.bill == [(minutes, cents)]
    walk.customer("messages", "16:05", body="Obrigado!", expect=409)
    walk.stands("closed_accepted", "2026-11-26T15:00:00-03:00")


@pytest.mark.rule("R-073", "R-095")
def test_consulting_silence_accepts_what_was_authorised(world: World) -> None:
    walk = Walk(world, service="consulting")
    walk.staff("authorizations", "10:00", body="Orientação.")
    walk.customer("approval", "10:00")
    walk.works("10:00", "10:37")
    walk.staff("solutions", "11:00", body="Pronto.")
    for _ in range(2):
        assert execute(["deadlines", "run", "--now", "2026-12-09T00:00:00-03:00"]) == 0
    walk.stands("closed_silent")
    assert walk.bill == [(37, 16_280)]


@pytest.mark.rule("R-081", "R-094")
def test_consulting_what_the_vendor_caused_is_waived(world: World) -> None:
    walk = Walk(world, service="consulting")
    walk.staff("authorizations", "10:00", body="Orientação.", conditional=True)
    walk.customer("approval", "10:00")
    walk.works("10:00", "10:37")
    assert walk.staff("solutions", "11:00", body="Pronto.", expect=409)["rule"] == "R-081"
    cause = {"responsibility": "vendor", "reason": "Erro no cálculo.", "at": at("11:00")}
    walk.analyst.put(f"{walk.number}/responsibility", cause)
    assert walk.staff("solutions", "11:00", body="Pronto.")["billable_minutes"] == 0
    walk.customer("acceptance", "12:00")
    walk.stands("closed_accepted")
    assert walk.bill == []


@pytest.mark.rule("R-004", "R-067")
def test_consulting_in_the_wrong_area_is_support_again(world: World) -> None:
    walk = Walk(world, service="consulting")
    walk.passes_to(world.fiscal, "10:00")
    walk.stands("open")
    assert walk.contact.get(walk.number)["service"] == "support"
