"""Finding tickets by words, the newest first: bounded work for a page, however many tickets hold them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from farol.files import queries as files
from farol.journal import queries as journal
from farol.kernel.actor import Actor
from farol.search.queries import Search, newest
from farol.search.rules.marks import LENGTH, Piece, excerpt, pieces
from farol.tickets.models import Ticket
from farol.tickets.queries.queue import Filters, Order, Place, listed, narrowed, newest_number, numbers_of
from farol.tickets.queries.reading import shown
from farol.tickets.queries.seeing import visible_to

Seen = Callable[[QuerySet[Ticket]], QuerySet[Ticket]]
AT_ONCE = 500
"""Candidates looked at together where filters may refuse most of them."""
ROUNDS = 4
"""After so many the page is shown as it is, and the next begins where this one stopped."""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of tickets, what they were searched by, and where the next page begins."""

    tickets: Sequence[Ticket]
    next: Place | None
    search: Search

    @classmethod
    def nothing(cls) -> Found:
        return cls((), None, Search("", with_inner=False))

    @property
    def says_nothing(self) -> bool:
        """Words were typed, and none of them tells one ticket from another."""
        return bool(self.search.text) and not self.search.query


def found_page(by: Actor, filters: Filters, *, after: Place | None = None, limit: int, seen: Seen = shown) -> Found:
    """The newest tickets that `by` may see, with these words, through these filters, after a place.

    `seen` says what is read of them.
    """
    search = Search(filters.text, with_inner=by.reads_inner)
    if not filters.text:
        rows = list(listed(by, filters, after=after)[: limit + 1])
        last = rows[limit - 1] if len(rows) > limit else None
        return Found(rows[:limit], Place.of(last, Order.NEWEST) if last else None, search)
    tickets = _read(by, filters, numbers_of(filters.text), seen) if after is None else []  # a number that was typed
    below: int | None = after.number if after else newest_number() + 1
    is_plain = filters == Filters(text=filters.text, organization=filters.organization, open_only=filters.open_only)
    most = limit + 1 if is_plain else AT_ONCE
    for _round in range(ROUNDS):
        candidates = _candidates(search, by, filters, below=below or 0, most=most)
        known = {ticket.pk for ticket in tickets}
        tickets += [ticket for ticket in _read(by, filters, candidates, seen) if ticket.pk not in known]
        below = candidates[-1] if len(candidates) == most else None
        if below is None or len(tickets) > limit:
            break
    if len(tickets) > limit:
        tickets, below = tickets[:limit], tickets[limit - 1].pk
        return Found(tickets, Place.of(tickets[-1], Order.NEWEST), search)
    return Found(tickets, Place.before(below) if below else None, search)


def _candidates(search: Search, by: Actor, filters: Filters, *, below: int, most: int) -> list[int]:
    scope = filters.organization if by.is_staff else by.organization_id
    only_open = filters.open_only or filters.are_open_states
    return newest(search, below=below, scope=scope, only_open=only_open, most=most)


def _read(by: Actor, filters: Filters, numbers: Sequence[int], seen: Seen) -> list[Ticket]:
    if not numbers:
        return []
    return list(seen(narrowed(visible_to(by), filters)).filter(pk__in=numbers).order_by("-pk"))


@dataclass(frozen=True, slots=True)
class Answer:
    """Where a ticket says what was searched for: its subject, and a piece of its description or of a message."""

    subject: Sequence[Piece]
    said: Sequence[Piece]


def answers(by: Actor, found: Found) -> dict[int, Answer]:
    """For each ticket of the page. A customer is shown no note, and a note's word marks nothing for them."""
    opened = [text for ticket in found.tickets for text in (ticket.subject, ticket.description)]
    met = found.search.met_in(opened)
    said = {ticket.pk: excerpt(ticket.description, met) for ticket in found.tickets}
    if silent := [number for number, piece in said.items() if piece is None]:
        said |= _messages(by, found.search, silent)
    return {
        ticket.pk: Answer(pieces(ticket.subject, met), said[ticket.pk] or [Piece(ticket.description[:LENGTH], False)])
        for ticket in found.tickets
    }


def _messages(by: Actor, search: Search, numbers: Sequence[int]) -> dict[int, list[Piece]]:
    """The first message of each, or else the name of a file, that says what was searched for."""
    subjects = {f"ticket:{number}": number for number in numbers}
    words = [
        *journal.words_about_many(subjects, is_internal=by.reads_inner),
        *files.names_attached_to(subjects, is_internal=by.reads_inner),
    ]
    met = search.met_in([text for _subject, text in words])
    found: dict[int, list[Piece]] = {}
    for subject, text in words:
        number = subjects[subject]
        if number not in found and (piece := excerpt(text, met)):
            found[number] = piece
    return found


def all_found(by: Actor, filters: Filters, *, most: int) -> Iterator[Ticket]:
    """Every ticket of a search, page after page, read while it is given out."""
    after: Place | None = None
    while most > 0:
        page = found_page(by, filters, after=after, limit=min(AT_ONCE, most))
        yield from page.tickets
        most -= len(page.tickets)
        after = page.next
        if after is None:
            return
