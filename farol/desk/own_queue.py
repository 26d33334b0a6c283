"""The analyst's own queue beside an open ticket: kept some seconds, read anew by whoever has just done something."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic

from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from farol.desk import rows
from farol.desk.door import Visit
from farol.desk.shell import FRESH_SECONDS
from farol.hours.queries import Book
from farol.tickets import queries as tickets
from farol.tickets.queries import Filters

LISTED = 30


@dataclass(frozen=True, slots=True)
class OwnQueue:
    """The first tickets of a person, as numbers and as the list that shows them."""

    numbers: list[int]
    has_more: bool
    html: SafeString
    language: str
    until: float

    @property
    def count(self) -> str:
        return f"{len(self.numbers)}+" if self.has_more else str(len(self.numbers))

    def around(self, number: int) -> SafeString:
        """The list with this ticket as the one being read."""
        mark = f'data-number="{number}"'
        return mark_safe(self.html.replace(mark, f'{mark} aria-current="page"', 1))

    def before(self, number: int) -> int | None:
        place = self._place(number)
        return self.numbers[place - 1] if place > 0 else None

    def after(self, number: int) -> int | None:
        place = self._place(number) + 1
        return self.numbers[place] if place < len(self.numbers) else None

    def _place(self, number: int) -> int:
        return self.numbers.index(number) if number in self.numbers else -1


_kept: dict[int, OwnQueue] = {}


def of(request: HttpRequest, visit: Visit, book: Book) -> OwnQueue:
    known = _kept.get(visit.by.person_id)
    if known and known.until > monotonic() and known.language == visit.language and not len(get_messages(request)):
        return known
    _kept[visit.by.person_id] = known = _read(visit, book)
    return known


def forget() -> None:
    """Everybody's is read anew."""
    _kept.clear()


def _read(visit: Visit, book: Book) -> OwnQueue:
    board = tickets.board(visit.by, Filters(assignee=visit.by.person_id), now=visit.now, limit=LISTED, book=book)
    return OwnQueue(
        numbers=[line.number for line in board.lines],
        has_more=board.next is not None,
        html=rows.items(board.lines, visit=visit),
        language=visit.language,
        until=monotonic() + FRESH_SECONDS,
    )
