"""The watch: starts children in order, starts again what crashes, stops all of it in reverse order."""

from __future__ import annotations

import signal
import sys
import time
from types import FrameType

from farol.house.embedded.troubles import Trouble
from farol.house.supervisor.backoff import Backoff
from farol.house.supervisor.child import Child

LOOK = 0.1
"""Seconds between two looks at the children."""
PATIENCE = 20.0
"""Seconds that children have to finish what they are doing when asked to stop."""


class Watch:
    def __init__(self) -> None:
        self._children: list[Child] = []
        self._backoff: dict[str, Backoff] = {}
        self._due: dict[str, float] = {}
        self.is_stopping = False
        for asked in (signal.SIGINT, signal.SIGTERM):
            signal.signal(asked, self._stop)
        if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # as nohup sets it
            signal.signal(signal.SIGHUP, self._stop)

    def start(self, child: Child) -> None:
        """Start `child` now, and again whenever it ends."""
        self._children.append(child)
        self._backoff[child.name] = Backoff()
        child.start()

    def look(self) -> None:
        """One look at every child."""
        for child in self._children:
            if not self.is_stopping and not child.is_alive:
                self._revive(child)

    def until_stopped(self) -> None:
        while not self.is_stopping:
            self.look()
            time.sleep(LOOK)

    def stop_all(self) -> None:
        """Ask everyone at once, wait for each, the database last."""
        self.is_stopping = True
        for child in self._children:
            child.ask_to_stop()
        deadline = time.monotonic() + PATIENCE
        for child in reversed(self._children):
            child.wait_stopped(deadline)

    def _revive(self, child: Child) -> None:
        now = time.monotonic()
        if child.name not in self._due:
            delay = self._backoff[child.name].delay_after_crash(now)
            self._due[child.name] = now + delay
            say(f"{child.name} ended unexpectedly; starting it again" + (f" in {delay:.0f} s" if delay else ""))
        if now < self._due[child.name]:
            return
        del self._due[child.name]
        try:
            child.start()
        except Trouble as trouble:  # counts as a crash: the next look waits longer
            say(str(trouble))

    def _stop(self, signum: int, frame: FrameType | None) -> None:
        self.is_stopping = True


def say(text: str) -> None:
    print(f"farol: {text}", file=sys.stderr, flush=True)
