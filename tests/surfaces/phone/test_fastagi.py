from __future__ import annotations

import asyncio
import time
from datetime import date
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from farol.billing.models import TurnedAway
from farol.people.models import Organization, WrongPin
from farol.phone import queries
from farol.phone.doors.serving import Switchboard, Terms
from farol.phone.models import Call, CallBack, Step
from farol.tickets.models import Ticket
from tests.surfaces.phone.callers import Caller
from tests.surfaces.phone.conftest import JOAO, MARINA, NINE, served
from tests.world import World


def called(keys: str, spool: Path, **about: object) -> Caller:
    async def talk(_: Switchboard, port: int) -> Caller:
        return await Caller(keys, port, said=NINE, **about).call()  # type: ignore[arg-type]

    return served(talk, spool / "unwritten")


@pytest.mark.rule("R-021", "R-029")
def test_a_caller_reaches_the_team_with_a_ticket_and_hears_its_number(live: World, tmp_path: Path) -> None:
    caller = called(f"2 2 {JOAO} 2 2", tmp_path)
    ticket = Ticket.objects.get()
    assert caller.variables == {
        "ROTA_TIPO": "fila",
        "ROTA_ALVO": "suporte-fiscal",
        "ROTA_MOTIVO": "area",
        "CHAMADO": str(ticket.pk),
    }
    assert caller.heard[0] == "saudacao+menu-principal"
    assert caller.heard[-2:] == ["rota-suporte+aviso-gravacao", "chamado"]
    assert caller.commands[-1] == f'SAY DIGITS {ticket.pk} ""'
    call = queries.calls().get()
    assert (call.person, call.area, call.ticket, call.state) == (live.joao, live.fiscal, ticket, Call.State.QUEUED)
    assert (call.caller, call.document) == ("1133334444", "")


@pytest.mark.rule("R-022")
def test_who_cannot_be_identified_reaches_people_with_the_document_on_their_screen(live: World, tmp_path: Path) -> None:
    caller = called("2 2" + " 12222345013335# 999999#" * 4, tmp_path)
    assert (caller.variables["ROTA_ALVO"], caller.variables["ROTA_MOTIVO"]) == ("assessoria", "identificacao")
    call = Call.objects.get()
    assert call.document == "12222345013335"
    assert [step.heard for step in queries.steps_of(call) if step.place == "id.senha"] == ["••••"] * 4


@pytest.mark.rule("R-024")
def test_consulting_is_for_whom_it_was_released_to(live: World, tmp_path: Path) -> None:
    assert called(f"2 3 {MARINA} 2 1", tmp_path).variables["ROTA_ALVO"] == "consultoria-folha"
    assert called(f"2 3 {JOAO}", tmp_path).variables["ROTA_MOTIVO"] == "sem-contrato"


@pytest.mark.rule("R-101")
def test_whom_debt_turns_away_stands_in_the_count_of_the_cst(live: World, tmp_path: Path) -> None:
    Organization.objects.filter(pk=live.serra_azul.pk).update(blocked_from=date(2020, 1, 1))
    assert called(f"2 2 {JOAO}", tmp_path).variables["ROTA_MOTIVO"] == "pendencia"
    row = TurnedAway.objects.get()
    assert (row.action, row.channel, row.count) == ("call_support", "phone", 1)


@pytest.mark.rule("R-237")
def test_a_hang_up_at_any_step_ends_the_call_and_in_the_queue_it_leaves_a_call_back(
    live: World, tmp_path: Path
) -> None:
    whole = f"2 2 {JOAO} 2 2".split()
    for place in range(len(whole)):
        called(" ".join([*whole[:place], "!"]), tmp_path, key=f"hung.{place}")
    assert set(Call.objects.values_list("outcome", flat=True)) == {Call.Outcome.UNFINISHED}
    assert not Call.objects.filter(ended_at=None).exists()
    called(" ".join(whole), tmp_path)
    called("", tmp_path, script="fim-de-chamada", known={"QUEUESTATUS": "TIMEOUT"})
    assert CallBack.objects.get().why == CallBack.Why.UNANSWERED


def test_at_the_end_the_score_the_time_and_the_recording_are_kept(live: World, tmp_path: Path) -> None:
    called(f"2 2 {JOAO} 2 2", tmp_path)
    ended = {"ANSWEREDTIME": "125", "GRAVACAO": "2026/11/24/7.wav"}
    called("", tmp_path, script="fim-de-chamada", known=ended)
    assert called("4", tmp_path, script="pesquisa").heard == ["pesquisa", "obrigado"]
    assert called("-", tmp_path, script="pesquisa").heard == ["pesquisa"]
    call = Call.objects.get()
    assert (call.outcome, call.score, call.recording) == (Call.Outcome.SERVED, 4, "2026/11/24/7.wav")


def test_without_the_secret_or_with_a_tests_clock_nothing_is_said(live: World, tmp_path: Path) -> None:
    async def talk(_: Switchboard, port: int) -> list[list[str]]:
        said = ({}, {"agi_arg_3": "errado"}, {"agi_arg_3": "segredo", **NINE}, {"agi_arg_3": "segredo"})
        return [(await Caller("4", port, said=each).call()).commands for each in said]

    *refused, welcome = served(talk, tmp_path / "unwritten", Terms(secret="segredo"))
    assert refused == [[], [], []]
    assert welcome


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"agi_network: yes\n",
        b"x" * 200_000,
        bytes(range(256)) * 40,
        b"a: b\n" * 10_000,
        b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
        b"agi_network_script: nao-existe\n\n",
        b"agi_network_script: ura\n\n510 Invalid or unknown command\n",
        b"agi_network_script: ura\n\n200 resu",
        b"agi_network_script: ura\nagi_uniqueid: \xff\xfe'; DROP TABLE x\n\n200 result=99999999999999999999\n",
    ],
    ids=lambda sent: repr(sent[:20]),
)
def test_whatever_a_stranger_sends_the_next_call_is_served(live: World, tmp_path: Path, sent: bytes) -> None:
    async def talk(_: Switchboard, port: int) -> Caller:
        _reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(sent)
        writer.close()
        return await Caller("5", port, said=NINE).call()

    assert served(talk, tmp_path / "unwritten").variables["ROTA_ALVO"] == "ouvidoria"


def test_a_call_goes_on_to_people_when_the_database_does_not_answer_and_nothing_is_lost(
    live: World, tmp_path: Path
) -> None:
    keys = settings.DATABASES["default"]
    where = {"host": keys["HOST"], "port": keys["PORT"], "user": keys["USER"], "dbname": keys["NAME"]}

    async def talk(_: Switchboard, port: int) -> tuple[Caller, float]:
        with psycopg.connect(**where) as other:
            other.execute("LOCK TABLE people_organization IN ACCESS EXCLUSIVE MODE")
            caller = await Caller(f"2 2 {JOAO}", port, said=NINE).call()
            other.rollback()
        return caller, max(caller.waits)

    began = time.monotonic()
    caller, longest = served(talk, tmp_path / "unwritten")
    assert longest < 1.6
    assert time.monotonic() - began < 10
    assert caller.heard[-1] == "id-falhou+rota-assessoria+aviso-gravacao"
    assert caller.variables["ROTA_ALVO"] == "assessoria"
    assert Call.objects.get().route_target == "assessoria"


@pytest.mark.rule("R-028")
def test_calls_at_the_same_time_all_end_where_they_should(live: World, tmp_path: Path) -> None:
    async def talk(_: Switchboard, port: int) -> list[Caller]:
        keys = f"2 2 12222345013335# 000000# {JOAO} 2 1"
        return await asyncio.gather(*(Caller(keys, port, key=f"many.{n}", said=NINE).call() for n in range(120)))

    callers = served(talk, tmp_path / "unwritten")
    assert {caller.variables["ROTA_ALVO"] for caller in callers} == {"suporte-folha"}
    assert WrongPin.objects.count() == 1
    assert Ticket.objects.count() == 1, "a contact who calls again calls about the same"
    assert Call.objects.filter(ticket=Ticket.objects.get()).count() == 120
    assert Step.objects.count() == 120 * 9
