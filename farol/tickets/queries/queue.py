"""Lists of tickets: filters, an order, a keyset."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Q, QuerySet

from farol.kernel.actor import Actor
from farol.search import queries as search
from farol.tickets.models import Ticket
from farol.tickets.queries.reading import CLOSED_STATES, shown, visible_to

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
    assignee: int | None = None
    unassigned: bool = False
    open_only: bool = False
    text: str = ""


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


def listed(by: Actor, filters: Filters, *, order: Order = Order.NEWEST, after: Place | None = None) -> QuerySet[Ticket]:
    """The tickets that `by` may see and the filters let through, from the place `after` on."""
    scope = filters.organization if by.is_staff else by.organization_id
    tickets = shown(_narrowed(visible_to(by), filters, scope))
    if order is Order.DUE:
        if after:
            later = Q(due_at__gt=after.at) | Q(due_at=after.at, pk__gt=after.number)
            tickets = tickets.filter(later, due_at__gte=after.at)
        return tickets.order_by("due_at", "pk")
    if after:
        earlier = Q(opened_at__lt=after.at) | Q(opened_at=after.at, pk__lt=after.number)
        tickets = tickets.filter(earlier, opened_at__lte=after.at)
    return tickets.order_by("-opened_at", "-pk")


def _narrowed(tickets: QuerySet[Ticket], filters: Filters, scope: int | None) -> QuerySet[Ticket]:
    wanted = {
        "state__in": filters.states,
        "area__in": filters.areas,
        "severity__in": filters.severities,
        "product__in": filters.products,
        "plan__kind__in": filters.plans,
        "organization": filters.organization,
        "assignee": filters.assignee,
    }
    tickets = tickets.filter(**{key: value for key, value in wanted.items() if value})
    if filters.unassigned:
        tickets = tickets.filter(assignee=None)
    if filters.open_only or (filters.states and CLOSED_STATES.isdisjoint(filters.states)):
        tickets = tickets.filter(closed_at=None)  # said again, for the indexes of open tickets
    if filters.text:
        tickets = tickets.filter(pk__in=found(filters.text, scope))
    return tickets


def found(text: str, scope: int | None = None) -> list[int]:
    """Numbers of the newest tickets that hold these words, or that bear this number; of one customer or all."""
    if text.strip().isdecimal() and len(text.strip()) < 19:
        return [int(text)]
    names = search.found(text, kind="ticket", scope=scope).values_list("subject", flat=True)[:FOUND_AT_MOST]
    return [int(name.partition(":")[2]) for name in names]
