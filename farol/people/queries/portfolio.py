"""Who looks after which customer, and where somebody works."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Count, Q, QuerySet

from farol.people.models import Area, Assignment, Executive, Organization, Person, Portfolio


def area_ids_of(person_id: int) -> QuerySet[Any]:
    """As a part of another query."""
    return Person.areas.through.objects.filter(person_id=person_id).values("area_id")


def area_ids_of_kinds(kinds: Collection[str]) -> QuerySet[Any]:
    return Area.objects.order_by().filter(kind__in=kinds).values("pk")


def works_in(person_id: int, area_id: int) -> bool:
    return Person.areas.through.objects.filter(person_id=person_id, area_id=area_id).exists()


def portfolio_of(person_id: int) -> QuerySet[Any]:
    """Ids of the customers of an EAR, or of the EARs in the portfolio of a GAR; as a part of another query (R-003)."""
    executives = Portfolio.objects.filter(manager=person_id, until=None).values("executive_id")
    mine = Q(executive=person_id) | Q(executive__in=executives)
    return Assignment.objects.filter(mine, until=None).values("organization_id")


def looks_after(person_id: int, organization_id: int) -> bool:
    return portfolio_of(person_id).filter(organization=organization_id).exists()


def customers_of(person_id: int) -> QuerySet[Assignment]:
    """The customers that somebody of relationship looks after, each with its EAR."""
    own = Assignment.objects.select_related("organization", "executive").filter(until=None)
    return own.filter(organization__in=portfolio_of(person_id)).order_by("organization__name")


def assignments_of(organization_id: int) -> QuerySet[Assignment]:
    """Every EAR that the customer has had, the newest first (R-001)."""
    return Assignment.objects.select_related("executive").filter(organization=organization_id).order_by("-since", "-pk")


def executive_of(organization_id: int) -> Person | None:
    """The customer's EAR now."""
    now = assignments_of(organization_id).filter(until=None).first()
    return now.executive if now else None


def gar_of(executive_id: int) -> Person | None:
    """In whose portfolio this EAR is now."""
    now = Portfolio.objects.select_related("manager").filter(executive=executive_id, until=None).first()
    return now.manager if now else None


def portfolios() -> QuerySet[Portfolio]:
    """Which EAR is in whose portfolio now."""
    return Portfolio.objects.select_related("executive", "manager").filter(until=None).order_by("executive__name")


def staff_as(*roles: str) -> QuerySet[Person]:
    """Those of the staff who are in one of these roles now."""
    return Person.objects.filter(kind=Person.Kind.STAFF, is_active=True, role__in=roles).order_by("name")


def all_staff() -> QuerySet[Person]:
    """Those who may come in, and those who may not any more."""
    return Person.objects.filter(kind=Person.Kind.STAFF).order_by("-is_active", "name")


def areas_of_all() -> Mapping[int, list[str]]:
    """For each person, the names of the areas they work in."""
    found: dict[int, list[str]] = defaultdict(list)
    ties = Person.areas.through.objects.order_by("area__position", "area_id")
    for person_id, name in ties.values_list("person_id", "area__name"):
        found[person_id].append(name)
    return found


def customers_by_executive() -> dict[int, int]:
    """How many customers each EAR has now."""
    now = Assignment.objects.filter(until=None).order_by()
    return dict(now.values_list("executive_id").annotate(count=Count("pk")))


def executives() -> QuerySet[Executive]:
    return Executive.objects.select_related("person").filter(person__is_active=True).order_by("person__name")


def without_executive() -> QuerySet[Organization]:
    """Customers that nobody looks after: there should be none (R-001)."""
    cared_for = Assignment.objects.filter(until=None).values("organization_id")
    return Organization.objects.exclude(pk__in=cared_for).order_by("name")
