"""Lists of tickets: filters, an order, a keyset."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from django.db.models import Q, QuerySet

from farol.kernel.actor import Actor
from farol.search.queries import Search, newest
from farol.tickets.models import Ticket
from farol.tickets.queries.reading import CLOSED_STATES, shown
from farol.tickets.queries.seeing import visible_to

FOUND_AT_MOST = 500


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; empty means all."""

    states: Collection[str] = ()
    areas: Collection[int] = ()
    severities: Collection[str] = ()
    products: Collection[int] = ()
    plans: Collection[str] = ()
    organization: int | None = None
    organizations: Collection[int] = ()
    assignee: int | None = None
    people: Collection[int] = ()  # contact or assignee
    opened_from: datetime | None = None
    opened_before: datetime | None = None
    unassigned: bool = False
    open_only: bool = False
    text: str = ""

    @property
    def are_open_states(self) -> bool:
        return bool(self.states) and CLOSED_STATES.isdisjoint(self.states)


class Order(StrEnum):
    DUE = "due"
    NEWEST = "-opened"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ended: the last row's due date or opening, whichever orders the list, and its number."""

    at: datetime
    number: int

    @classmethod
    def of(cls, ticket: Ticket, order: Order) -> Place:
        return cls(ticket.due_at if order is Order.DUE else ticket.opened_at, ticket.pk)

    @classmethod
    def before(cls, number: int) -> Place:
        """Where a search stopped looking."""
        return cls(datetime(2000, 1, 1, tzinfo=UTC), number)


def listed(by: Actor, filters: Filters, *, order: Order = Order.NEWEST, after: Place | None = None) -> QuerySet[Ticket]:
    """The tickets that `by` may see and the filters let through, from the place `after` on."""
    tickets = shown(narrowed(visible_to(by), filters))
    if filters.text:
        tickets = tickets.filter(pk__in=found(filters, by))
    if order is Order.DUE:
        if after:
            later = Q(due_at__gt=after.at) | Q(due_at=after.at, pk__gt=after.number)
            tickets = tickets.filter(later, due_at__gte=after.at)
        return tickets.order_by("due_at", "pk")
    if after:
        earlier = Q(opened_at__lt=after.at) | Q(opened_at=after.at, pk__lt=after.number)
        tickets = tickets.filter(earlier, opened_at__lte=after.at)
    return tickets.order_by("-opened_at", "-pk")


def narrowed(tickets: QuerySet[Ticket], filters: Filters) -> QuerySet[Ticket]:
    """Those that all filters but the words let through."""
    wanted = {
        "state__in": filters.states,
        "area__in": filters.areas,
        "severity__in": filters.severities,
        "product__in": filters.products,
        "plan__kind__in": filters.plans,
        "organization": filters.organization,
        "organization__in": filters.organizations,
        "assignee": filters.assignee,
        "opened_at__gte": filters.opened_from,
        "opened_at__lt": filters.opened_before,
    }
    tickets = tickets.filter(**{key: value for key, value in wanted.items() if value})
    if filters.people:
        tickets = tickets.filter(Q(assignee__in=filters.people) | Q(contact__in=filters.people))
    if filters.unassigned:
        tickets = tickets.filter(assignee=None)
    if filters.open_only or filters.are_open_states:
        tickets = tickets.filter(closed_at=None)  # said again, for the indexes of open tickets
    return tickets


def found(filters: Filters, by: Actor) -> list[int]:
    """Numbers of the newest tickets that hold these words, or that bear this number; of one customer or all."""
    search = Search(filters.text, with_inner=by.reads_inner)
    scope = filters.organization if by.is_staff else by.organization_id
    newest_ones = newest(
        search,
        below=newest_number() + 1,
        scope=scope,
        only_open=filters.open_only or filters.are_open_states,
        most=FOUND_AT_MOST,
    )
    return [*numbers_of(filters.text), *newest_ones]


def numbers_of(text: str) -> list[int]:
    """The number that was typed instead of words, if it was one."""
    text = text.strip().removeprefix("#")
    return [int(text)] if text.isascii() and text.isdecimal() and len(text) < 19 else []


def newest_number() -> int:
    return Ticket.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
