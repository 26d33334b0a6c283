"""Calls against the pure script: keys in, prompts and the route out. "-" is silence, "#" ends an answer."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from farol.hours.rules.roster import Duty, Slot
from farol.kernel.errors import FieldsRefused
from farol.phone.script.hours import Holiday, Opening, Standing, standing
from farol.phone.script.machine import (
    Admission,
    Heard,
    Identity,
    Kind,
    State,
    TeamFound,
    Turn,
    begin,
    hear,
    way_on,
)
from farol.phone.script.menus import SEED, Menus, faults
from farol.worktime.schedule import Schedule

MENUS = Menus.read(SEED)
ZONE = ZoneInfo("America/Sao_Paulo")
ANA, CARLA, BRUNO = "2 2 11222333000181# 314159#", "2 2 45997418000153# 161803#", "3 11222333000181# 271828#"


@dataclass
class Known:
    """A port that knows three contacts."""

    closed: frozenset[str] = frozenset()
    duty: frozenset[str] = frozenset()
    own: str = ""
    asked: list[str] = field(default_factory=list)

    def identify(self, document: str, pin: str) -> Identity:
        self.asked.append(document)
        known = {("11222333000181", "314159"): 1, ("45997418000153", "161803"): 2, ("11222333000181", "271828"): 3}
        if (document, pin) == ("12222345013335", "999111"):
            return Identity(is_ambiguous=True)
        return Identity(known.get((document, pin), 0), 7)

    def admit(self, person: int, needs: str) -> Admission:
        if person == 2:
            return Admission.DEBT
        return Admission.NOT_SOLD if person == 3 and needs == "call_datacenter" else Admission.ALLOWED

    def own_queue(self, organization: int) -> str:
        return self.own

    def team(self, organization: int, code: str) -> TeamFound:
        return TeamFound("fiscal") if code == "014800129" else TeamFound(is_wrong=len(code) < 9)

    def standing(self, service: str) -> Standing:
        if service in self.closed:
            return Standing.CLOSED
        return Standing.DUTY if service in self.duty else Standing.OPEN


def called(keys: str, port: Known | None = None) -> tuple[list[str], Turn, State]:
    """What was said, one file a turn, the last turn, and the state; through JSON at each turn, as a door keeps it."""
    port = port or Known()
    state, turn = begin(MENUS)
    said = ["+".join(turn.say)]
    for token in keys.split():
        assert turn.ask, f"nobody asked for {token}"
        state = State(**json.loads(json.dumps(asdict(state))))
        turn = hear(state, Heard(token.strip("#-"), "#" in token), MENUS, port)
        said.append("+".join(turn.say))
    return said, turn, state


def route(keys: str, port: Known | None = None) -> tuple[str, str, str]:
    turn = called(keys, port)[1]
    assert turn.route
    return turn.route.kind, turn.route.target, turn.route.reason


@pytest.mark.rule("R-020", "R-021")
@pytest.mark.parametrize(
    ("keys", "target", "reason"),
    [
        (f"{ANA} 2 1", "suporte-folha", "area"),
        (f"{ANA} 1 014800129#", "suporte-fiscal", "codigo"),
        (f"{ANA} 1 9# 9# 9# 2", "suporte-fiscal", "area"),
        (f"{ANA} 1 123456789# 1", "suporte-folha", "area"),
        ("2 3 11222333000181# 314159# 2 1", "consultoria-folha", "area"),
        ("3 11222333000181# 314159#", "datacenter", "menu"),
        ("4", "cst", "menu"),
        ("5", "ouvidoria", "menu"),
        ("2 * 4", "cst", "menu"),
        ("1 9 5", "ouvidoria", "menu"),
        ("6 7 8 9", "assessoria", "menu-invalido"),
        ("* * * *", "assessoria", "menu-invalido"),
        ("- - -", "assessoria", "silencio"),
        ("2 2 - 11222333000181# 314159# 2 1", "suporte-folha", "area"),
        (CARLA, "cst", "pendencia"),
        (BRUNO, "cst", "sem-contrato"),
    ],
)
def test_a_call_goes_where_its_keys_lead(keys: str, target: str, reason: str) -> None:
    assert route(keys) == ("fila", target, reason)


@pytest.mark.rule("R-022")
def test_the_fourth_wrong_identification_leads_to_people_and_is_told_as_the_others_are() -> None:
    tries = " 11222333000181# 000000#" * 4
    said, turn, state = called(f"2 2{tries}")
    assert said.count("id.incorreto+id.documento") == 3
    assert said[-1] == "id.falhou+rota.assessoria+aviso.gravacao"
    assert turn.route
    assert (turn.route.target, turn.route.reason) == ("assessoria", "identificacao")
    assert state.document == "11222333000181"


@pytest.mark.rule("R-022")
@pytest.mark.parametrize("wrong", ["123# 1#", "52998224724# 1#", "11222333000181# #", "1122*333000181# 314159#"])
def test_whatever_is_wrong_with_document_or_pin_is_one_wrong_try(wrong: str) -> None:
    said = called(f"2 2 {wrong} 11222333000181# 314159# 2 1")[0]
    assert said.count("id.incorreto+id.documento") == 1


@pytest.mark.rule("R-031")
def test_customers_keyed_alike_are_asked_for_a_cpf_without_a_mistake() -> None:
    said, _, state = called("2 2 12222345013335# 999111#")
    assert said[-1] == "id.documento"
    assert state.wrong_ids == 0


@pytest.mark.rule("R-028")
def test_the_state_and_what_is_shown_of_a_turn_never_hold_a_pin() -> None:
    _, turn, state = called(f"{ANA} 2 1")
    assert "314159" not in json.dumps(asdict(state)) + repr(turn) + repr(Heard("314159", True))
    early = called("2 2 314159#")[2]
    assert "314159" not in json.dumps(asdict(early)), "keyed too soon, where the document was asked"


@pytest.mark.rule("R-025")
@pytest.mark.parametrize(
    ("keys", "service", "said"),
    [
        (ANA, "suporte", "fechado.suporte"),
        ("2 3 11222333000181# 314159#", "consultoria", "fechado.consultoria"),
        ("4", "cst", "fechado.cst"),
        ("5", "ouvidoria", "fechado.ouvidoria"),
        (CARLA, "cst", "pendencia+fechado.cst"),
        (BRUNO, "cst", "sem-contrato+fechado.cst"),
    ],
)
def test_out_of_hours_a_caller_hears_the_hours_and_waits_for_nobody(keys: str, service: str, said: str) -> None:
    heard, turn, _ = called(keys, Known(closed=frozenset({service})))
    assert heard[-1] == said
    assert turn.route
    assert turn.route.kind is Kind.END


@pytest.mark.rule("R-023")
def test_who_owes_reaches_cst_and_ouvidoria_without_saying_who_they_are() -> None:
    port = Known()
    assert route("4", port)[1] == "cst"
    assert route("5", port)[1] == "ouvidoria"
    assert not port.asked


@pytest.mark.rule("R-026", "R-120")
def test_out_of_hours_the_datacenter_is_on_the_on_call_telephone_for_who_bought_it() -> None:
    port = Known(closed=frozenset({"datacenter", "cst"}))
    assert route("3 11222333000181# 314159#", port) == ("telefone", "oncall", "menu+plantao")
    assert route(BRUNO, port)[0] == "fim"


@pytest.mark.rule("R-030")
def test_a_contract_with_a_queue_of_its_own_is_served_there() -> None:
    assert route(f"{ANA} 2 1", Known(own="sla"))[1] == "sla"
    assert route("2 3 11222333000181# 314159# 2 1", Known(own="sla"))[1] == "consultoria-folha"


def test_when_the_duty_shift_serves_the_reason_says_so() -> None:
    assert route(f"{ANA} 2 1", Known(duty=frozenset({"suporte"})))[2] == "area+plantao"


def test_when_nothing_can_be_looked_up_people_take_over() -> None:
    state, _ = begin(MENUS)
    turn = way_on(state)
    assert turn.route
    assert turn.route.target == "assessoria"
    assert hear(state, Heard("2"), MENUS, Known()) == Turn(())


@pytest.mark.rule("R-025")
@pytest.mark.parametrize(
    ("instant", "holiday", "expected"),
    [
        ("2026-11-24 07:00", "", Standing.DUTY),
        ("2026-11-24 08:00", "", Standing.OPEN),
        ("2026-11-24 10:15", "", Standing.OPEN),
        ("2026-11-24 15:40", "", Standing.DUTY),
        ("2026-11-24 19:00", "", Standing.CLOSED),
        ("2026-11-24 09:00", "local", Standing.DUTY),
        ("2026-11-24 09:00", "nacional", Standing.CLOSED),
        ("2026-11-25 09:00", "", Standing.DUTY),
    ],
)
def test_support_is_open_on_duty_or_closed_by_the_minute(instant: str, holiday: str, expected: Standing) -> None:
    slots = (Slot(time(7), time(8), Duty.ON_CALL), Slot(time(15, 30), time(15, 45), Duty.INTEGRATION))
    desk = Opening(Schedule.weekdays("07:00-19:00", zone=ZONE), slots, local_holidays=frozenset({date(2026, 11, 25)}))
    now = datetime.fromisoformat(instant).replace(tzinfo=ZONE)
    assert standing(desk, now, Holiday(holiday)) is expected


def edited(**changes: Any) -> dict[str, Any]:
    return {**json.loads(json.dumps(SEED)), **changes}


@pytest.mark.rule("R-020")
def test_a_draft_that_leads_nowhere_is_refused() -> None:
    lost = edited()
    lost["menus"]["menu.software"]["keys"]["2"] = {"service": "nenhum"}
    endless = edited()
    endless["menus"]["menu.destino"]["keys"] = {"1": {"menu": "menu.destino"}}
    no_key = edited()
    no_key["menus"]["menu.principal"]["keys"]["#"] = {"service": "cst"}
    bad: tuple[Any, ...] = (
        lost,
        endless,
        no_key,
        edited(first="x"),
        edited(tries=0),
        edited(services={}),
        {},
        {"menus": 3},
        None,
        [],
    )
    for draft in bad:
        assert faults(draft)
    with pytest.raises(FieldsRefused):
        Menus.read(lost)
    assert faults(edited()) == []
