"""What a switchboard says by AMI: presence, ringing, connected, abandoned; and one that comes and goes."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta

import pytest

from farol.people.actions import presence
from farol.people.models import Person
from farol.phone import actions
from farol.phone.actions import Snapshot
from farol.phone.actions.switchboard import take
from farol.phone.doors import ami
from farol.phone.doors.ami import Ear
from farol.phone.models import Call, CallBack
from farol.phone.rules.ami import Heard, Kind
from tests.world import World, at

NOW = at("2026-11-24 09:00")
LINE = "PJSIP/2001"


@pytest.fixture
def waiting(world: World, settings: object) -> int:
    settings.PHONE_AMI = "127.0.0.1:5038"  # type: ignore[attr-defined]
    presence.choose_extension(world.rafael, LINE)
    call = Snapshot(door="agi", key="17.1", started_at=NOW, state=Call.State.QUEUED, person_id=world.marina.pk)
    call.route_kind, call.route_target, call.route_reason, call.routed_at = "fila", "suporte-fiscal", "area", NOW
    call.service, call.area, call.caller = "suporte", "fiscal", "1935550142"
    (number,) = actions.write_down([call])
    return number


def hear(kind: Kind, *, reason: str = "", seconds: int = 0, member: str = LINE) -> None:
    take(Heard(kind, "17.1", "suporte-fiscal", member, reason, seconds), now=NOW + timedelta(seconds=30))


def test_a_pause_on_the_telephone_is_a_pause_on_the_desk(world: World) -> None:
    presence.choose_extension(world.rafael, LINE)
    hear(Kind.PAUSED, reason="lunch")
    world.rafael.refresh_from_db()
    assert (world.rafael.presence, world.rafael.pause_reason) == ("paused", "lunch")
    hear(Kind.PAUSED, reason="siesta")
    hear(Kind.AVAILABLE)
    hear(Kind.AVAILABLE, member="PJSIP/9999")
    world.rafael.refresh_from_db()
    assert world.rafael.presence == "available"


def test_it_rings_is_connected_and_ends_and_each_is_known_here(world: World, waiting: int) -> None:
    hear(Kind.RINGING)
    assert Person.objects.get(pk=world.rafael.pk).call_at_hand == waiting
    hear(Kind.NOT_ANSWERED)
    assert Person.objects.get(pk=world.rafael.pk).call_at_hand is None
    for _ in range(2):
        hear(Kind.RINGING)
        hear(Kind.CONNECTED)
    call = Call.objects.get(pk=waiting)
    assert (call.state, call.agent, bool(call.ticket)) == (Call.State.TALKING, world.rafael, True)
    hear(Kind.COMPLETED, seconds=120)
    assert Call.objects.get(pk=waiting).outcome == Call.Outcome.SERVED


@pytest.mark.rule("R-237")
def test_who_gives_up_is_called_back_once_however_often_it_is_told(world: World, waiting: int) -> None:
    hear(Kind.ABANDONED)
    hear(Kind.ABANDONED)
    hear(Kind.RINGING)
    assert CallBack.objects.count() == 1
    assert Person.objects.get(pk=world.rafael.pk).call_at_hand is None


def test_a_switchboard_that_reconnects_is_heard_again_and_told_what_the_desk_asks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ami, "FIRST_WAIT", 0.01)
    news: list[Heard] = []
    said: list[bytes] = []

    async def story() -> None:
        done = asyncio.Event()
        ways = 0

        async def play(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            nonlocal ways
            ways += 1
            said.append(await reader.readuntil(b"\r\n\r\n"))
            writer.write(b"Asterisk Call Ear/9.0\r\nResponse: Success\r\n\r\n")
            writer.write(b"Event: QueueCallerJoin\r\nChannel: PJSIP/x-1\r\nUniqueid: 1.%d\r\nQueue: cst\r\n\r\n" % ways)
            said.append(await reader.readuntil(b"\r\n\r\n"))
            if ways == 2:
                while not told.order(json.dumps({"verb": "hang_up", "call": "1.2"})):
                    await asyncio.sleep(0)
                said.append(await reader.readuntil(b"\r\n\r\n"))
                done.set()
            writer.close()

        server = await asyncio.start_server(play, "127.0.0.1", 0)
        told = Ear("127.0.0.1", server.sockets[0].getsockname()[1], "farol", "s", news.append)
        running = asyncio.create_task(told.run())
        await asyncio.wait_for(done.wait(), 10)
        assert not told.order("noise")
        assert not told.order(json.dumps({"verb": "core stop now"}))
        running.cancel()
        server.close()

    asyncio.run(story())
    assert [each.call for each in news] == ["1.1", "1.2"]
    assert said[-1] == b"Action: Hangup\r\nChannel: PJSIP/x-1\r\n\r\n"
