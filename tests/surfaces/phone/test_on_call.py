"""Out of hours: primary, backup, supervisor, each hop on record, by both doors (R-120 to R-122)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import psycopg
import pytest
from django.conf import settings
from django.test import Client

from farol.hours.rules.oncall import PHONES, RING_SECONDS, Level
from farol.phone.models import Call, CallBack, Hop
from tests.surfaces.phone.callers import Caller
from tests.surfaces.phone.conftest import JOAO, MARINA, served
from tests.surfaces.phone.on_call import NUMBERS, SUNDAY, on_call
from tests.surfaces.phone.test_twiml import Carrier
from tests.world import World

NIGHT = "/phone/twiml?now=2026-11-29T03%3A00"
DIALPLAN = Path(__file__).parents[3] / "docs/phone/extensions.conf"


pytestmark = pytest.mark.usefixtures("_carrier")


@pytest.fixture
def night(live: World) -> World:
    on_call(live)
    return live


@dataclass
class Night(Carrier):
    """A carrier's call at that hour; `rung` tells what came of one telephone and answers what follows."""

    first: str = NIGHT

    def rung(self, document: ElementTree.Element, status: str, **more: str) -> ElementTree.Element:
        dial = document.find("Dial")
        assert dial is not None
        answer = self.post(dial.get("action", ""), DialCallStatus=status, **{"CallStatus": "in-progress", **more})
        assert answer.status_code == 200
        return ElementTree.fromstring(answer.content)


def dialled(document: ElementTree.Element) -> str:
    dial = document.find("Dial")
    return "" if dial is None else dial.text or ""


def hops() -> list[tuple[str, str, str, str]]:
    rows = Hop.objects.select_related("person").order_by("number")
    return [(hop.level, hop.person.name if hop.person else "", hop.telephone, hop.outcome) for hop in rows]


@pytest.mark.rule("R-121")
def test_a_carrier_rings_primary_then_backup_then_supervisor_and_somebody_calls_back(night: World) -> None:
    call = Night()
    first = call.call(f"3 {MARINA}")
    assert dialled(first) == NUMBERS[Level.PRIMARY]
    second = call.rung(first, "no-answer")
    assert dialled(second) == NUMBERS[Level.BACKUP]
    assert dialled(call.rung(first, "no-answer")) == NUMBERS[Level.BACKUP], "told again, nothing rings twice"
    third = call.rung(second, "busy")
    assert dialled(third) == NUMBERS[Level.SUPERVISOR]
    last = call.rung(third, "failed")
    assert [each.tag for each in last] == ["Say", "Hangup"]
    assert hops() == [
        ("primary", "Jussara Lima", NUMBERS[Level.PRIMARY], "no_answer"),
        ("backup", "Rafael Tanaka", NUMBERS[Level.BACKUP], "busy"),
        ("supervisor", "Teresa Nunes", NUMBERS[Level.SUPERVISOR], "failed"),
    ]
    back = CallBack.objects.get()
    assert (back.why, back.ticket_id) == (CallBack.Why.UNANSWERED, Call.objects.get().ticket_id)


@pytest.mark.rule("R-121")
def test_who_answers_has_the_call_and_nobody_else_is_rung(night: World) -> None:
    call = Night()
    second = call.rung(call.call(f"3 {MARINA}"), "no-answer")
    assert not list(call.rung(second, "completed", DialCallDuration="125"))
    kept = Call.objects.get()
    assert (kept.outcome, kept.agent) == (Call.Outcome.SERVED, night.rafael)
    assert [outcome for *_, outcome in hops()] == ["no_answer", "answered"]
    assert not CallBack.objects.exists()


def test_who_hangs_up_while_it_rings_wakes_nobody_else(night: World) -> None:
    call = Night()
    assert not list(call.rung(call.call(f"3 {MARINA}"), "no-answer", CallStatus="completed"))
    assert len(hops()) == 1
    assert CallBack.objects.get().why == CallBack.Why.ABANDONED


@pytest.mark.rule("R-121")
def test_without_the_database_the_next_telephone_rings_by_its_name(night: World) -> None:
    call = Night()
    first = call.call(f"3 {MARINA}")
    keys = settings.DATABASES["default"]
    where = {"host": keys["HOST"], "port": keys["PORT"], "user": keys["USER"], "dbname": keys["NAME"]}
    with psycopg.connect(**where) as other:
        other.execute("SELECT 1 FROM phone_call FOR UPDATE")
        second = call.rung(first, "no-answer")
        other.rollback()
    assert [client.text for client in second.iter("Client")] == [PHONES[Level.BACKUP]]
    assert dialled(call.rung(second, "no-answer")) == NUMBERS[Level.SUPERVISOR]
    assert [level for level, *_ in hops()] == ["primary", "backup", "supervisor"]


def test_a_hop_that_does_not_exist_is_refused_and_of_an_unknown_call_nothing_is_kept(night: World) -> None:
    for hop in ("0", "4", "x", "", "1%00"):
        assert Night().post(f"/phone/twiml/fim?salto={hop}", DialCallStatus="busy").status_code == 400
    assert Night("CA9").post("/phone/twiml/fim?salto=1", DialCallStatus="busy").status_code == 200
    assert not Hop.objects.exists()


@pytest.mark.rule("R-121")
def test_the_roster_is_that_of_the_customers_own_contract(live: World) -> None:
    on_call(live, "support_tech_07_19", plan_calendar="support_tech_07_19")
    assert dialled(Night().call(f"3 {MARINA}")) == NUMBERS[Level.PRIMARY]


@pytest.mark.rule("R-122")
def test_without_a_contract_for_it_nobody_is_woken(live: World) -> None:
    assert Night().call(f"3 {JOAO}").find("Dial") is None
    assert not Hop.objects.exists()


@pytest.mark.rule("R-121")
def test_an_asterisk_rings_by_itself_and_tells_at_the_end(night: World, tmp_path: Path) -> None:
    def called(keys: str, **about: object) -> Caller:
        async def talk(_: object, port: int) -> Caller:
            return await Caller(keys, port, said={"agi_arg_1": SUNDAY}, **about).call()  # type: ignore[arg-type]

        return served(talk, tmp_path / "unwritten")

    caller = called(f"3 {MARINA}")
    assert (caller.variables["ROTA_TIPO"], caller.variables["ROTA_ALVO"]) == ("telefone", "oncall")
    since = int(datetime(2026, 11, 29, 6, 0, tzinfo=UTC).timestamp())
    told = f"primary@{since}:NOANSWER,backup@{since + 25}:,nobody@1:X,"
    for _ in range(2):
        called("", script="fim-de-chamada", known={"SALTOS": told, "DIALSTATUS": "ANSWER", "ANSWEREDTIME": "60"})
    assert [(level, name, outcome) for level, name, _, outcome in hops()] == [
        ("primary", "Jussara Lima", "no_answer"),
        ("backup", "Rafael Tanaka", "answered"),
    ]
    call = Call.objects.get()
    assert (call.outcome, call.agent) == (Call.Outcome.SERVED, night.rafael)


@pytest.mark.rule("R-121")
def test_the_page_of_the_call_names_each_telephone_and_its_outcome(night: World, client: Client) -> None:
    call = Night()
    call.rung(call.call(f"3 {MARINA}"), "no-answer")
    client.force_login(night.teresa)
    page = client.get(f"/mesa/chamadas/{Call.objects.get().pk}").content.decode()
    for words in ("Jussara Lima", "plantonista", NUMBERS[Level.PRIMARY], "não atendeu", "Rafael Tanaka", "tocando"):
        assert words in page


@pytest.mark.rule("R-121")
def test_the_example_dialplan_rings_the_same_chain_as_long() -> None:
    told = re.findall(r"Gosub\(saltar,s,1\((\w+),\$\{PLANTAO\}([\w-]*)\)\)", DIALPLAN.read_text())
    assert [(level, f"oncall{name}") for level, name in told] == [(level, PHONES[level]) for level in Level]
    assert f"Dial(${{ARG2}},{RING_SECONDS})" in DIALPLAN.read_text()
