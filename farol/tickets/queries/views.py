"""Searches that somebody kept."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q

from farol.kernel.actor import Actor
from farol.tickets.models import View


def views_for(by: Actor, areas: Collection[int]) -> list[View]:
    """One's own, and those shared with one's areas; a customer has none."""
    if not by.is_staff:
        return []
    return list(
        View.objects.select_related("area", "owner")
        .filter(Q(owner=by.person_id) | Q(area__in=areas))
        .order_by("name", "id")
    )
