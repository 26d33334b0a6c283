"""Who is reading what, and which of them a piece of news concerns. Knows numbers only: a page fetches what it may see.

>>> change = Change.read("118471 9001 7 0 3,4 12,0")
>>> change.number, change.entry, sorted(change.areas), change.people
(118471, 9001, [3, 4], frozenset({12}))
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

WAITING = 100
"""Messages that may wait for a slow reader; then they are let go, and come back by themselves."""
REMEMBERED = 2_000
"""Changes that a page which lost its connection can catch up with; older ones mean reading anew."""
LOADING = 4.0
"""Seconds that a page may take from being read to being open here; what it knows already it tells by the entry."""
WRITING = 9.0
"""Seconds after a keystroke in which somebody counts as writing."""


@dataclass(frozen=True, slots=True)
class Change:
    """A ticket has changed: where it was and is, and with whom."""

    number: int
    entry: int
    organization: int
    is_internal: bool
    areas: frozenset[int]
    people: frozenset[int]

    @classmethod
    def read(cls, text: str) -> Change:
        number, entry, organization, internal, areas, people = text.split()
        return cls(int(number), int(entry), int(organization), internal == "1", _ids(areas), _ids(people))

    @property
    def message(self) -> bytes:
        return _message("ticket", f"{self.number} {self.entry}", id=self.entry)


@dataclass(frozen=True, slots=True)
class CallNews:
    """Something happened to telephone calls, or to whoever takes them; these people have one at hand.

    >>> CallNews.read('{"calls": [77], "people": [3, 4]}') == CallNews((77,), frozenset({3, 4}))
    True
    >>> CallNews.read("[77, 78]").people
    frozenset()
    """

    calls: tuple[int, ...]
    people: frozenset[int] = frozenset()

    @classmethod
    def read(cls, text: str) -> CallNews:
        told = json.loads(text)
        if isinstance(told, list):
            return cls(tuple(map(int, told)))
        return cls(tuple(map(int, told["calls"])), frozenset(map(int, told["people"])))

    @property
    def message(self) -> bytes:
        return _message("call", ",".join(map(str, self.calls[:50])))


def _ids(text: str) -> frozenset[int]:
    return frozenset(int(part) for part in text.split(",")) - {0}


def _message(event: str, data: str, *, id: int = 0) -> bytes:
    head = f"id: {id}\n" if id else ""
    return f"{head}event: {event}\ndata: {data}\n\n".encode()


ANEW = _message("anew", "")
SIGNED_OUT = _message("signed-out", "")
BEAT = b": beat\n\n"


@dataclass(frozen=True, slots=True)
class Reader:
    """Whoever's session opened the page."""

    session: str
    person: int
    name: str
    is_staff: bool


@dataclass(eq=False, slots=True)
class Page:
    """One open page: what it shows, and what waits to be sent to it."""

    reader: Reader
    areas: frozenset[int] = frozenset()
    shows_own: bool = False
    ticket: int = 0
    shows_calls: bool = False
    waiting: asyncio.Queue[bytes] = field(default_factory=lambda: asyncio.Queue(WAITING))
    is_over: bool = False

    def is_concerned(self, change: Change) -> bool:
        if change.number == self.ticket:
            return self.reader.is_staff or not change.is_internal
        is_listed = bool(self.areas & change.areas) or (self.shows_own and self.reader.person in change.people)
        return self.reader.is_staff and is_listed

    def rings(self, news: CallNews) -> bool:
        return self.reader.is_staff and (self.shows_calls or self.reader.person in news.people)

    def send(self, message: bytes) -> None:
        try:
            self.waiting.put_nowait(message)
        except asyncio.QueueFull:
            self.is_over = True


class Hub:
    """The open pages of this process, and the latest changes."""

    def __init__(self) -> None:
        self.pages: set[Page] = set()
        self._latest: deque[tuple[float, Change]] = deque(maxlen=REMEMBERED)

    def enter(self, page: Page, *, at: float, last: int | None = None) -> None:
        """The page is open, and hears what happened while it was loading.

        If it had heard as far as the entry `last`, it hears what it missed, or reads anew.
        """
        self.pages.add(page)
        missed = self._since(last) if last else [change for then, change in self._latest if then >= at - LOADING]
        if missed is None:
            page.send(ANEW)
        for change in missed or ():
            if page.is_concerned(change):
                page.send(change.message)

    def leave(self, page: Page) -> None:
        self.pages.discard(page)

    def publish(self, change: Change, *, at: float) -> None:
        self._latest.append((at, change))
        message = change.message
        for page in self.pages:
            if page.is_concerned(change):
                page.send(message)

    def publish_call(self, news: CallNews) -> None:
        for page in self.pages:
            if page.rings(news):
                page.send(news.message)

    def start_anew(self) -> None:
        """Something may have been missed by all."""
        self._latest.clear()
        for page in self.pages:
            page.send(ANEW)

    def sign_out(self, sessions: Iterable[str]) -> None:
        gone = set(sessions)
        for page in self.pages:
            if page.reader.session in gone:
                page.send(SIGNED_OUT)
                page.is_over = True

    def sessions(self) -> set[str]:
        return {page.reader.session for page in self.pages}

    def looking_at(self, ticket: int) -> Iterator[Page]:
        return (page for page in self.pages if page.ticket == ticket and page.reader.is_staff)

    def _since(self, entry: int) -> list[Change] | None:
        """In the order of arrival: two transactions may be committed the other way round than their entries count."""
        latest = [change for _, change in self._latest]
        for place in range(len(latest) - 1, -1, -1):
            if latest[place].entry == entry:
                return latest[place + 1 :]
        return None


@dataclass(slots=True)
class Presence:
    """Who is on a ticket's page, here and in other processes of this kind, and who is writing in it."""

    hub: Hub
    _writing: dict[tuple[int, int], float] = field(default_factory=dict)
    _elsewhere: dict[tuple[str, int], tuple[float, dict[int, list[object]]]] = field(default_factory=dict)

    def write(self, ticket: int, person: int, *, at: float) -> bool:
        """Somebody is writing; answers whether that is new."""
        was = self._writing.get((ticket, person), 0) > at
        self._writing[ticket, person] = at + WRITING
        return not was

    def fall_silent(self, *, at: float) -> set[int]:
        """Tickets where somebody has stopped writing, or another process has fallen silent."""
        silent = {key for key, until in self._writing.items() if until <= at}
        lost = {key for key, (until, _) in self._elsewhere.items() if until <= at}
        for key in silent:
            del self._writing[key]
        for far in lost:
            del self._elsewhere[far]
        return {ticket for ticket, _ in silent} | {ticket for _, ticket in lost}

    def here(self, ticket: int, *, at: float) -> dict[int, list[object]]:
        """Person → name and whether they write, by the pages of this process."""
        return {
            page.reader.person: [page.reader.name, self._writing.get((ticket, page.reader.person), 0) > at]
            for page in self.hub.looking_at(ticket)
        }

    def heard(self, process: str, ticket: int, people: dict[int, list[object]], *, until: float) -> None:
        if people:
            self._elsewhere[process, ticket] = (until, people)
        else:
            self._elsewhere.pop((process, ticket), None)

    def tell(self, ticket: int, *, at: float) -> None:
        """Every page of the ticket knows who else is there."""
        people = dict[int, list[object]]()
        for (_, number), (_, theirs) in self._elsewhere.items():
            if number == ticket:
                people |= theirs
        people |= self.here(ticket, at=at)
        for page in self.hub.looking_at(ticket):
            others = [facts for person, facts in sorted(people.items()) if person != page.reader.person]
            page.send(_message("people", json.dumps(others, ensure_ascii=False)))
