"""Asking the database from a call: beside the loop, and never longer than a caller may be kept waiting."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from typing import TypeVar

from django.db import DatabaseError, connection

T = TypeVar("T")
log = logging.getLogger(__name__)
PATIENCE = 1.4
"""Seconds until the call goes on without an answer."""
THREADS = 6


class NoAnswer(Exception):
    """The database is slow or away."""


class Aside:
    """A few threads, each with a connection of its own that it keeps."""

    def __init__(self, threads: int = THREADS) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="phone")

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
        try:
            return await asyncio.wait_for(asyncio.shield(answer), patience)
        except TimeoutError:
            raise NoAnswer from None

    def ask_and_wait(self, question: Callable[[], T], *, patience: float = PATIENCE) -> T:
        """`ask` without a loop."""
        asked = self.begin(question)
        try:
            return asked.result(patience)
        except TookTooLong:
            asked.cancel()
            raise NoAnswer from None

    def begin(self, question: Callable[[], T]) -> Future[T]:
        return self._threads.submit(_answered, question)

    def stop(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)


def _answered(question: Callable[[], T]) -> T:
    try:
        return question()
    except DatabaseError as error:
        log.warning("the telephone could not ask the database: %s", type(error).__name__)
        connection.close()
        raise NoAnswer from None


def _looked_at(answer: asyncio.Future[T]) -> None:
    if not answer.cancelled():
        answer.exception()
