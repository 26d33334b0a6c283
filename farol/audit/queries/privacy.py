"""Terms, holds, requests and incidents."""

from __future__ import annotations

from django.db.models import QuerySet

from farol.audit.models import Hold, Incident, Request, Term
from farol.audit.rules.privacy import DEFAULT_DAYS, DataClass


def terms() -> dict[DataClass, int]:
    """For how many days each class is kept."""
    chosen = dict(Term.objects.values_list("data_class", "days"))
    return {data_class: chosen.get(data_class, days) for data_class, days in DEFAULT_DAYS.items()}


def held() -> frozenset[str]:
    """Subjects of which nothing is deleted."""
    return frozenset(holds().values_list("subject", flat=True))


def holds() -> QuerySet[Hold]:
    return Hold.objects.filter(lifted_at=None).order_by("-id")


def open_requests() -> QuerySet[Request]:
    """The first due first."""
    return Request.objects.filter(answered_at=None).order_by("due_on", "id")


def answered_requests() -> QuerySet[Request]:
    return Request.objects.exclude(answered_at=None).order_by("-answered_at")


def request(request_id: int) -> Request | None:
    return Request.objects.filter(pk=request_id).first()


def incidents() -> QuerySet[Incident]:
    return Incident.objects.order_by("-known_at")


def incident(incident_id: int) -> Incident | None:
    return Incident.objects.filter(pk=incident_id).first()
