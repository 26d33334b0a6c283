"""The analyst's own queue beside an open ticket: kept some seconds, read anew by whoever has just done something."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from farol.desk import rows
from farol.desk.door import Visit
from farol.desk.kept import Kept
from farol.desk.shell import has_just_acted
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


_kept: Kept[OwnQueue] = Kept()


def of(request: HttpRequest, visit: Visit, book: Book) -> OwnQueue:
    key = (visit.by.person_id, visit.language)
    return _kept.get(key, lambda: _read(visit, book), anew=has_just_acted(request))


def _read(visit: Visit, book: Book) -> OwnQueue:
    board = tickets.board(visit.by, Filters(assignee=visit.by.person_id), now=visit.now, limit=LISTED, book=book)
    numbers = [line.number for line in board.lines]
    return OwnQueue(numbers, board.next is not None, rows.items(board.lines, visit=visit))
