"""Calls are written down behind the caller's back, many at once; while the database is away they wait here."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from farol.phone.actions import Snapshot, StepLine, write_down
from farol.phone.doors.guarded import Aside, NoAnswer

T = TypeVar("T")
log = logging.getLogger(__name__)
BETWEEN = 0.25
AFTER_FAILURE = 1.0
AT_ONCE = 500
AT_THE_END = 3.0
INSTANTS = ("started_at", "routed_at", "ended_at")


class Ledger:
    def __init__(self, spool: Path) -> None:
        self._aside = Aside(threads=1)
        self._spool = spool
        self._waiting: dict[int, Snapshot] = {}
        self._late: list[Callable[[], object]] = []
        self._task: asyncio.Task[None] | None = None
        self._is_over = asyncio.Event()

    def note(self, call: Snapshot) -> None:
        """The call has changed."""
        self._waiting[id(call)] = call

    def later(self, act: Callable[[], object]) -> None:
        """Done once the database is there, after what is noted up to now."""
        self._late.append(act)

    def start(self) -> None:
        self._waiting.update((id(call), call) for call in unspooled(self._spool))
        self._task = asyncio.create_task(self._keep_writing())

    async def stop(self) -> None:
        """Everything is written, or put by for the next start."""
        self._is_over.set()
        try:
            async with asyncio.timeout(AT_THE_END):
                if self._task:
                    await self._task
                while self._waiting or self._late:
                    await self.write()
        except (NoAnswer, TimeoutError):
            spool(self._spool, list(self._waiting.values()))
        self._aside.stop()

    async def write(self) -> None:
        """Raises NoAnswer, and everything waits on."""
        taken = self._taken()
        if taken:
            copies = [replace(call, steps=list(call.steps)) for call in taken]
            numbers = await self._done(lambda: write_down(copies))
            for call, copy, number in zip(taken, copies, numbers, strict=True):
                call.id = number
                del call.steps[: len(copy.steps)]
                if call == replace(copy, steps=[], id=number):
                    self._waiting.pop(id(call), None)
        while self._late and not self._waiting:
            await self._done(self._late[0])
            del self._late[0]

    async def _done(self, act: Callable[[], T]) -> T:
        """However long it takes: given up half-way it would be done twice."""
        return await asyncio.wrap_future(self._aside.begin(act))

    def _taken(self) -> list[Snapshot]:
        """Some that wait; of two calls with one name the second comes when the first is written."""
        taken: list[Snapshot] = []
        names = set[tuple[str, str]]()
        for call in list(self._waiting.values())[:AT_ONCE]:
            if call.id or (call.door, call.key) not in names:
                taken.append(call)
                names.add((call.door, call.key))
        return taken

    async def _keep_writing(self) -> None:
        while not self._is_over.is_set():
            pause = BETWEEN
            try:
                await self.write()
            except NoAnswer:
                pause = AFTER_FAILURE
            except Exception:
                log.exception("calls could not be written down")
                pause = AFTER_FAILURE
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._is_over.wait(), pause)


def spool(path: Path, calls: list[Snapshot]) -> None:
    """What could not be written is on the disk, readable by nobody else."""
    if not calls:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    with path.open("a") as file:
        for call in calls:
            file.write(json.dumps(asdict(call), default=lambda value: value.isoformat()) + "\n")


def unspooled(path: Path) -> list[Snapshot]:
    """What was put by, once; a line that nobody can read is left out."""
    if not path.exists():
        return []
    found = []
    for line in path.read_text().splitlines():
        try:
            found.append(_read(json.loads(line)))
        except (ValueError, TypeError, KeyError):
            log.warning("a call put by at the last end could not be read")
    path.unlink()
    return found


def _read(kept: dict[str, Any]) -> Snapshot:
    steps = [StepLine(**{**step, "at": datetime.fromisoformat(step["at"])}) for step in kept.pop("steps")]
    instants = {name: datetime.fromisoformat(kept[name]) if kept[name] else None for name in INSTANTS}
    return Snapshot(**{**kept, **instants, "steps": steps})
