"""The live process against a database: what is told, to whose session, from which page."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.test import Client

from farol.house.live.door import Door, _session
from farol.house.live.hub import Change, Reader
from farol.house.live.readers import ended, reader_of
from farol.tickets import actions
from tests.world import World, at, build

NOW = at("2026-11-24 09:00")


@pytest.fixture
def world(transactional_db: None) -> World:
    return build()


@pytest.fixture
def listener(world: World) -> Iterator[psycopg.Connection]:
    settings = connection.settings_dict
    with psycopg.connect(
        host=settings["HOST"], port=settings["PORT"] or 5432, user=settings["USER"], dbname=settings["NAME"],
        password=settings["PASSWORD"] or None, autocommit=True,
    ) as listening:  # fmt: skip
        listening.execute("LISTEN farol_tickets")
        yield listening


def told(listener: psycopg.Connection, count: int) -> list[Change]:
    return [Change.read(found.payload) for found in listener.notifies(timeout=20, stop_after=count)]


def signed_in(world: World, name: str) -> tuple[Client, str]:
    client = Client()
    client.force_login(getattr(world, name))
    return client, client.cookies["sessionid"].value


def test_a_change_is_told_when_it_is_committed_and_not_otherwise(world: World, listener: psycopg.Connection) -> None:
    ticket = world.open(NOW)
    rafael = world.by(world.rafael)
    with transaction.atomic():
        actions.note(ticket.pk, body="Nunca dito.", by=rafael, now=NOW)
        transaction.set_rollback(True)
    note = actions.note(ticket.pk, body="Nota.", by=rafael, now=NOW)
    actions.assign_ticket(ticket.pk, to=world.jussara, by=rafael, now=NOW)
    actions.transfer_ticket(ticket.pk, area=world.factory, reason="É de lá.", by=rafael, now=NOW)
    heard = [change for change in told(listener, 4) if change.entry > ticket.last_entry_id][:3]
    assert [change.is_internal for change in heard] == [True, False, False]
    assert (heard[0].number, heard[0].entry) == (ticket.pk, note.pk)
    assert heard[1].people == {world.jussara.pk}
    assert (heard[2].areas, heard[2].people) == ({world.fiscal.pk, world.factory.pk}, {world.jussara.pk})


def test_a_reader_is_whoever_is_signed_in_and_sees_the_ticket(world: World) -> None:
    ticket = world.open(NOW)
    client, session = signed_in(world, "marina")
    assert reader_of(session, ticket=ticket.pk) == Reader(session, world.marina.pk, "Marina Prado", is_staff=False)
    assert reader_of(signed_in(world, "bruno")[1], ticket=ticket.pk) is None
    assert reader_of("no-such-session") is None
    assert ended([session]) == set()
    client.post("/sair")
    assert ended([session]) == {session}
    assert reader_of(session) is None


def test_a_person_who_was_let_go_hears_nothing_more(world: World) -> None:
    _, session = signed_in(world, "jussara")
    type(world.jussara).objects.filter(pk=world.jussara.pk).update(is_active=False)
    assert ended([session]) == {session}


class Visit:
    """One request at the door, by hand; the page leaves once it has heard `until`, or when the door ends it."""

    def __init__(self, session: str = "", *, query: str = "", until: bytes = b"retry", **headers: str) -> None:
        told = {"host": "localhost", "cookie": f"sessionid={session}"} | headers
        self.scope: dict[str, Any] = {
            "type": "http", "method": "GET", "path": "/ao-vivo", "query_string": query.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in told.items()],
        }  # fmt: skip
        self.until, self.status, self.body, self.headers = until, 0, b"", {}
        self.is_done = asyncio.Event()

    async def receive(self) -> dict[str, str]:
        await self.is_done.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], dict(message["headers"])
        self.body += message.get("body", b"")
        if self.until in self.body:
            self.is_done.set()

    async def to(self, door: Door) -> Visit:
        await asyncio.wait_for(door(self.scope, self.receive, self.send), 20)
        return self


def test_the_door_lets_in_who_is_signed_in_from_a_page_of_this_host(world: World) -> None:
    _, session = signed_in(world, "rafael")
    origin = "http://localhost:8000"

    async def knock() -> None:
        door = Door()
        assert (await Visit().to(door)).status == 204
        assert (await Visit(session, origin="http://elsewhere.example").to(door)).status == 403
        assert (await Visit(session, origin="http://[").to(door)).status == 403
        assert (await Visit(session, host="elsewhere.example").to(door)).status == 403
        assert (await Visit("x" * 500, query="chamado=abc&areas=1,x,9" + "9" * 40).to(door)).status == 204
        page = await Visit(session, query="minha=1", origin=origin).to(door)
        assert (page.status, page.headers[b"access-control-allow-origin"]) == (200, origin.encode())
        assert door.hub.pages == set()

    asyncio.run(knock())


def test_the_session_is_found_among_whatever_cookies_other_programs_set() -> None:
    assert _session({"cookie": 'seen={"a":1}; sessionid=abc; x'}) == "abc"


def test_two_on_a_ticket_know_of_each_other_until_one_leaves(world: World) -> None:
    ticket = world.open(NOW)
    sessions = [signed_in(world, name)[1] for name in ("rafael", "jussara")]

    async def meet() -> None:
        door = Door()
        stays = Visit(sessions[0], query=f"chamado={ticket.pk}", until=b"data: []\n\nevent: people\ndata: [[")
        staying = asyncio.create_task(stays.to(door))
        while not door.hub.pages:
            await asyncio.sleep(0)
        comes = await Visit(sessions[1], query=f"chamado={ticket.pk}", until=b"Rafael Tanaka").to(door)
        assert "Rafael Tanaka" in comes.body.decode()
        await staying
        assert "Jussara Lima" in stays.body.decode()

    asyncio.run(meet())
