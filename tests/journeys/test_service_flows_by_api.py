"""The two flow charts of the guide (p. 7 to 9), every branch, by the API: the clock and the money at each step.

Support (p. 7 and 8):

1. right area? no: transferred (to Sustentação, Fábrica, Inovação, Consultoria) and back; the clock goes on
2. a question? yes: the customer is guided; no: the area works on it
3. not reproduced: database access, authorised with its scope and the charge on condition; or not authorised
4. a tool that is not approved: its preparation is billed if it was announced before, not otherwise
5. solution accepted? no: back to the area, the clock goes on; yes: billed or not; postponed; silence
6. the customer does not answer a question: closed, nothing billed

Consulting (p. 8 and 9):

7. right area? no: transferred, and support again
8. external (on site)? yes: closed with the office of the customer's region
9. the charge accepted? no: ended at no cost; yes: billed to the cent, by the minute or the hour
10. a quote: opened before it is accepted, refused, or a newer one in its place, even of one that was accepted
11. solution accepted or silence: billed what was authorised; the vendor's cause: waived

Hours are 7h to 19h from Monday to Friday. Monday is 23 November 2026; a question about the ICMS is of low
impact: 40 hours, so it is due on Thursday at 13h if nothing stops the clock.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from farol.catalog import actions as catalog
from farol.contracts import actions as contracts
from farol.contracts.rules.prices import Price, Sold, Unit
from farol.house.command_line import execute
from farol.people import actions as people
from tests.calling import BASE, Program
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

    def upload(self, name: str) -> int:
        answer = self.analyst.client.post(
            f"{BASE}/attachments", {"file": SimpleUploadedFile(name, b"%PDF-1.7 proposta")},
            headers={"Authorization": f"Bearer {self.analyst.token}"},
        )  # fmt: skip
        found: int = answer.json()["id"]
        return found

    def opens(self, attachment: int) -> None:
        answer = self.contact.send("GET", f"/attachments/{attachment}")
        assert answer.getvalue()

    @property
    def bill(self) -> list[tuple[int, int]]:
        items = self.contact.get("/billing-entries")["items"]
        return [(item["minutes"], item["total_cents"]) for item in items if item["ticket"] == self.id]


@pytest.mark.rule("R-004", "R-056", "R-067")
def test_support_a_question_in_the_wrong_area_is_passed_on_and_guided(world: World) -> None:
    walk = Walk(world)
    walk.staff("triage", "09:30", right_area=False, question=True)
    others = [
        people.register_area(code=kind, name=kind, with_name=kind, kind=kind) for kind in ("sustaining", "innovation")
    ]
    for area in (*others, world.factory, world.consulting, world.fiscal):
        told = walk.passes_to(area, "10:00")
        assert (told["area"]["id"], told["opened_at"]) == (area.pk, "2026-11-23T09:00:00-03:00")
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


@pytest.mark.rule("R-080", "R-081", "R-083", "R-090")
@pytest.mark.parametrize(("cause", "bill"), [("vendor", []), ("customer", [(60, 26_400)])])
def test_support_not_reproduced_the_database_is_looked_at_on_condition(
    world: World, cause: str, bill: list[tuple[int, int]]
) -> None:
    walk = Walk(world)
    access = {"body": "Precisamos da base.", "scope": "Tabelas fiscais", "valid_until": "2026-12-01"}
    assert walk.staff("database-authorizations", "09:10", **access, expect=409)["rule"] == "R-080"
    walk.staff("reproduction-attempts", "09:20", steps="Emitimos a mesma nota.", reproduced=False)
    assert walk.staff("database-accesses", "09:30", purpose="Conferir.", expect=409)["rule"] == "R-080"
    walk.staff("database-authorizations", "10:00", **access)
    walk.stands("awaiting_authorization")
    walk.customer("approval", "11:00")
    walk.stands("in_analysis", "2026-11-26T14:00:00-03:00")
    walk.staff("database-accesses", "11:10", purpose="Conferir o NCM.")
    walk.staff("database-copies", "11:20", name="Base de testes", expires_on="2026-11-30")
    walk.works("11:30", "12:30")
    assert walk.staff("solutions", "12:40", body="Pronto.", expect=409)["rule"] == "R-081"
    walk.analyst.put(f"{walk.number}/responsibility", {"responsibility": cause, "reason": "Medido.", "at": at("12:50")})
    walk.staff("solutions", "13:00", body="Pronto.")
    walk.customer("acceptance", "14:00")
    walk.stands("closed_accepted", "2026-11-26T14:00:00-03:00")
    assert walk.bill == bill


@pytest.mark.rule("R-080", "R-090")
def test_support_the_access_is_not_authorised(world: World) -> None:
    walk = Walk(world)
    walk.staff("reproduction-attempts", "09:20", steps="Emitimos a mesma nota.", reproduced=False)
    walk.staff("database-authorizations", "10:00", body="Base.", scope="Fiscal", valid_until="2026-12-01")
    walk.customer("disapproval", "11:00", reason="Não podemos.")
    walk.stands("cancelled")
    assert walk.bill == []


@pytest.mark.rule("R-082")
@pytest.mark.parametrize(("announced", "bill"), [(True, [(30, 18_000)]), (False, [])])
def test_support_by_a_tool_that_is_not_approved(world: World, announced: bool, bill: list[tuple[int, int]]) -> None:
    contracts.set_price(Price(Sold.PREPARATION, Unit.HOUR, 36_000), valid_from=date(2020, 1, 1))
    tool = catalog.define_tool(code="deles", name="Da casa deles", is_approved=False)
    walk = Walk(world)
    if announced:
        walk.staff("preparation-notices", "09:30", tool=tool.pk)
    walk.staff(
        "remote-sessions", "11:00", tool=tool.pk, asked_by="customer", started_at=at("10:30"), ended_at=at("11:00"),
        preparation_minutes=30,
    )  # fmt: skip
    walk.staff("solutions", "12:00", body="Pronto.")
    walk.customer("acceptance", "13:00")
    walk.stands("closed_accepted")
    assert walk.bill == bill


@pytest.mark.rule("R-070", "R-072", "R-073")
def test_support_the_answer_is_put_off_once_and_then_silence_accepts(world: World) -> None:
    walk = Walk(world)
    walk.staff("solutions", "12:00", body="Instale o pacote.")
    walk.customer("postponement", "13:00", day=24)
    walk.customer("postponement", "14:00", day=24, expect=409)
    walk.stands("awaiting_acceptance")
    assert execute(["deadlines", "run", "--now", "2027-01-07T23:59:00-03:00"]) == 0
    walk.stands("awaiting_acceptance")
    assert execute(["deadlines", "run", "--now", "2027-01-08T00:00:00-03:00"]) == 0
    walk.stands("closed_silent")
    assert walk.bill == []


@pytest.mark.rule("R-062", "R-074")
def test_support_a_question_is_answered_and_another_is_not(world: World) -> None:
    walk = Walk(world)
    walk.staff("information-requests", "10:00", body="Qual é a versão?")
    walk.stands("awaiting_customer")
    walk.customer("messages", "11:30", body="A 12.4.2.")
    walk.stands("in_analysis", "2026-11-26T14:30:00-03:00")
    walk.works("11:30", "12:00")
    walk.staff("information-requests", "12:00", body="E o XML?")
    assert execute(["deadlines", "run", "--now", "2026-12-08T23:59:00-03:00"]) == 0
    walk.stands("awaiting_customer", "2026-11-26T14:30:00-03:00")
    assert execute(["deadlines", "run", "--now", "2026-12-09T00:00:00-03:00"]) == 0
    walk.stands("closed_abandoned", "2026-11-26T14:30:00-03:00")
    assert walk.bill == []


@pytest.mark.rule("R-062", "R-193")
def test_consulting_a_quote_is_replaced_opened_and_accepted(world: World) -> None:
    walk = Walk(world, service="consulting")
    ids = [walk.upload(f"orcamento-{version}.pdf") for version in (1, 2)]
    walk.staff("quotes", "10:00", body="Proposta.", attachments=ids[:1])
    walk.stands("awaiting_quote")
    assert walk.customer("approval", "10:30", expect=409)["rule"] == "R-193"
    walk.staff("quotes", "11:00", body="Proposta revista.", attachments=ids[1:])
    walk.opens(ids[0])
    assert walk.contact.post(f"{walk.number}/approval", expect=409)["rule"] == "R-193"
    walk.opens(ids[1])
    assert walk.contact.post(f"{walk.number}/approval")["state"] == "in_analysis"
    paused = [span for span in walk.contact.get(f"{walk.number}/clock")["spans"] if span["kind"] == "paused"]
    assert paused[0]["from"] == at("10:00")
    states = [quote["state"] for quote in walk.contact.get(f"{walk.number}/quotes")["items"]]
    assert sorted(states) == ["accepted", "replaced"]
    assert walk.bill == []


@pytest.mark.rule("R-062", "R-090", "R-193")
def test_consulting_a_newer_quote_cancels_the_accepted_one_and_is_refused(world: World) -> None:
    walk = Walk(world, service="consulting")
    walk.staff("quotes", "10:00", body="Oito horas.")
    walk.customer("approval", "11:00")
    walk.stands("in_analysis", "2026-11-26T14:00:00-03:00")
    walk.staff("quotes", "12:00", body="Dez horas.")
    walk.stands("awaiting_quote", "2026-11-26T14:00:00-03:00")
    walk.works("12:00", "12:10", expect=409)
    walk.customer("disapproval", "13:00", reason="Fica para depois.")
    walk.stands("in_analysis", "2026-11-26T15:00:00-03:00")
    states = [quote["state"] for quote in walk.contact.get(f"{walk.number}/quotes")["items"]]
    assert sorted(states) == ["refused", "replaced"]
    assert walk.bill == []


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
