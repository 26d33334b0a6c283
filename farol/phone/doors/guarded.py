"""Asking the database from a call: beside the loop, and never longer than a caller may be kept waiting."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from threading import Barrier, BrokenBarrierError
from typing import TypeVar

from django.db import DatabaseError, InterfaceError, OperationalError, connection

T = TypeVar("T")
log = logging.getLogger(__name__)
PATIENCE = 1.4
"""Seconds until the call goes on without an answer."""
QUEUE = 10.0
"""Seconds for a question that waits among many while the others are being answered quickly."""
QUICK = 0.5
THREADS = 4
LEAVING = 1.0


class NoAnswer(Exception):
    """The database is slow or away."""


class Aside:
    """A few threads, each with a connection of its own, kept from one question to the next unless others need them."""

    def __init__(self, threads: int = THREADS, *, keeps_connections: bool = True) -> None:
        self._keeps, self._count = keeps_connections, threads
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="phone")
        self._answered_at = 0.0  # when the last quick answer came

    async def ask(self, question: Callable[[], T], *, patience: float = PATIENCE) -> T:
        """Raises NoAnswer; a question that nobody has begun with by then is not asked any more."""
        asked = self.begin(question)
        try:
            return await self.wait_for(asked, patience=patience)
        except NoAnswer:
            asked.cancel()
            raise

    async def wait_for(self, asked: Future[T], *, patience: float = PATIENCE) -> T:
        """What was begun goes on to its end, whether or not anybody waits. Raises NoAnswer."""
        answer = asyncio.wrap_future(asked)
        answer.add_done_callback(_looked_at)
        until, last = patience, time.monotonic() + QUEUE
        while not (await asyncio.wait({answer}, timeout=until))[0]:
            now = time.monotonic()
            until = min(self._answered_at + QUICK, last) - now
            if until <= 0:  # others have no answer either, or only slow ones
                raise NoAnswer
        return answer.result()

    def ask_and_wait(self, question: Callable[[], T], *, patience: float = PATIENCE) -> T:
        """`ask` without a loop."""
        asked = self.begin(question)
        try:
            return asked.result(patience)
        except TookTooLong:
            asked.cancel()
            raise NoAnswer from None

    def begin(self, question: Callable[[], T]) -> Future[T]:
        return self._threads.submit(self._answer, question)

    def _answer(self, question: Callable[[], T]) -> T:
        began = time.monotonic()
        try:
            answer = self._asked(question)
        except DatabaseError as error:
            log.warning("the telephone could not ask the database: %s", type(error).__name__)
            connection.close()
            raise NoAnswer from None
        finally:
            if not self._keeps:
                connection.close()
        if (now := time.monotonic()) - began < QUICK:
            self._answered_at = now
        return answer

    def _asked(self, question: Callable[[], T]) -> T:
        """Once more when the connection was a dead one, as after a restart of the database."""
        began, was_open = time.monotonic(), connection.connection is not None
        try:
            return question()
        except (OperationalError, InterfaceError):
            connection.close()
            if not was_open or time.monotonic() - began > QUICK / 2:
                raise
        return question()

    def stop(self) -> None:
        """Connections are given back by whoever is not in the middle of a question."""
        together = Barrier(self._count)
        for _ in range(self._count):
            self._threads.submit(_leave, together)
        self._threads.shutdown(wait=True)


def _leave(together: Barrier) -> None:
    with contextlib.suppress(BrokenBarrierError):
        together.wait(LEAVING)
    connection.close()


def _looked_at(answer: asyncio.Future[T]) -> None:
    if not answer.cancelled():
        answer.exception()
