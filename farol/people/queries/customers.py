"""Customers by what others call them, and those that debt shuts out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from farol.people.models import Organization


def organizations_by_id(ids: Iterable[int]) -> list[Organization]:
    return list(Organization.objects.filter(pk__in=set(ids)).order_by("pk"))


def organizations_by_cnpj(numbers: Iterable[str]) -> dict[str, int]:
    """CNPJ → key, of those that are customers."""
    return dict(Organization.objects.filter(cnpj__in=set(numbers)).values_list("cnpj", "pk"))


def organizations_blocked(on: date) -> list[Organization]:
    """Those to whom debt shuts doors on that day, the longest first (R-100)."""
    return list(Organization.objects.filter(blocked_from__lte=on).order_by("blocked_from", "name"))


def blocked_since(organization_id: int, *, on: date) -> date | None:
    """From which day on debt shuts doors to the customer, if it does on that day (R-100)."""
    found = Organization.objects.filter(pk=organization_id, blocked_from__lte=on)
    return found.values_list("blocked_from", flat=True).first()
