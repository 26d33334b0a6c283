"""Listening to the database: changes of tickets, and who is where in other processes like this one."""

from __future__ import annotations

import asyncio
import json
import logging
import time
import uuid
from functools import partial
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection

from farol.house.live.hub import CallNews, Change, Hub, Presence
from farol.house.live.readers import aside, ended

log = logging.getLogger(__name__)
TICKETS, PEOPLE, CALLS = "farol_tickets", "farol_people", "farol_calls"
SESSIONS_LOOK = 25.0
"""Seconds between two looks at which sessions have ended: a page of one that was signed out is let go by then."""
SAY_AGAIN = 20.0
PROCESS = uuid.uuid4().hex[:12]


class Listening:
    """The connection that listens, and the two clocks beside it."""

    def __init__(self, hub: Hub, presence: Presence) -> None:
        self.hub, self.presence = hub, presence
        self._tasks: list[asyncio.Task[None]] = []
        self._said: dict[int, float] = {}

    def start(self) -> None:
        for endless in (self._listen(), self._look_at_sessions(), self._look_at_people()):
            self._tasks.append(asyncio.create_task(endless))

    def stop(self) -> None:
        for task in self._tasks:
            task.cancel()

    async def moved(self, ticket: int) -> None:
        """Who is on the ticket's page has changed: the pages here are told, and the other processes."""
        now = time.monotonic()
        self.presence.tell(ticket, at=now)
        people = self.presence.here(ticket, at=now)
        if people:
            self._said[ticket] = now
        else:
            self._said.pop(ticket, None)
        text = json.dumps([PROCESS, ticket, people], ensure_ascii=False)
        if len(text.encode()) < 7_900:  # what a notification can carry
            await aside(lambda: _notify(PEOPLE, text))

    async def _listen(self) -> None:
        """For ever: after each loss of the connection every page reads anew, for something may have been missed."""
        wait = 0.5
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(**direct(), autocommit=True) as listener:
                    await listener.execute(f"LISTEN {TICKETS}")
                    await listener.execute(f"LISTEN {PEOPLE}")
                    await listener.execute(f"LISTEN {CALLS}")
                    self.hub.start_anew()
                    wait = 0.5
                    async for notification in listener.notifies():
                        self._heard(notification.channel, notification.payload)
            except psycopg.Error as error:
                log.warning("live updates lost the database: %s", error)
            await asyncio.sleep(wait)
            wait = min(wait * 2, 10)

    def _heard(self, channel: str, payload: str) -> None:
        try:
            if channel == TICKETS:
                self.hub.publish(Change.read(payload), at=time.monotonic())
                return
            if channel == CALLS:
                self.hub.publish_call(CallNews.read(payload))
                return
            process, ticket, people = json.loads(payload)
            if process != PROCESS:
                now = time.monotonic()
                self.presence.heard(process, ticket, _by_id(people), until=now + 3 * SAY_AGAIN)
                self.presence.tell(ticket, at=now)
        except (ValueError, TypeError, KeyError):
            log.exception("live updates did not understand %r", payload[:200])

    async def _look_at_sessions(self) -> None:
        while True:
            await asyncio.sleep(SESSIONS_LOOK)
            sessions = self.hub.sessions()
            try:
                if sessions:
                    self.hub.sign_out(await aside(partial(ended, sessions)))
            except Exception:  # the database restarts; the next look asks again
                log.exception("live updates could not look at the sessions")

    async def _look_at_people(self) -> None:
        """Who stopped writing is told; who is still here is said again now and then, for processes that came later."""
        while True:
            await asyncio.sleep(2)
            now = time.monotonic()
            try:
                for ticket in self.presence.fall_silent(at=now) | self._due(now):
                    await self.moved(ticket)
            except Exception:
                log.exception("live updates could not tell who is where")

    def _due(self, now: float) -> set[int]:
        return {ticket for ticket, said in self._said.items() if said + SAY_AGAIN <= now}


def _by_id(people: dict[str, list[object]]) -> dict[int, list[object]]:
    return {int(person): facts for person, facts in people.items()}


def _notify(channel: str, text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [channel, text])


def direct() -> dict[str, Any]:
    """The database itself: through a pool of connections nothing would be heard."""
    from farol.house import environment

    keys = environment.database(environment.direct_url()) if environment.direct_url() else settings.DATABASES["default"]
    found = {"host": keys["HOST"], "port": keys["PORT"], "user": keys["USER"], "dbname": keys["NAME"]}
    password = keys.get("PASSWORD")
    return {**found, "application_name": "farol live"} | ({"password": password} if password else {})
