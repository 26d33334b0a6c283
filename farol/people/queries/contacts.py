"""Questions about a customer's contacts: who they are, how many more there may be, who keeps them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from farol.people.models import AccessRequest, Area, Link, Organization, Person
from farol.people.rules.contacts import Places
from farol.people.rules.links import Purpose
from farol.people.rules.passwords import expires_at
from farol.people.rules.staff import Right

KEEPERS = (Area.Kind.ADVISORY, Area.Kind.ADMINISTRATIVE)
"""Teams that register customers and their administrators, beside those whose role has the right (R-011)."""


def places_of(organization: Organization) -> Places:
    """R-010: those that count are active and not the administrator, invited or in."""
    counted = Person.objects.filter(organization=organization, is_active=True, is_administrator=False).aggregate(
        active=Count("pk", filter=Q(is_invited=False)), invited=Count("pk", filter=Q(is_invited=True))
    )
    return Places(limit_of(organization), **counted)


def limit_of(organization: Organization) -> int:
    return settings.MAX_CONTACTS if organization.max_contacts is None else organization.max_contacts


def all_contacts_of(organization_id: int) -> QuerySet[Person]:
    """The administrator first, those who left last; each with the end of the invitation that is open."""
    invited_until = Link.objects.filter(
        person=OuterRef("pk"), purpose=Purpose.ACTIVATION, used_at=None, replaced_at=None
    ).order_by("-sent_at")
    return (
        Person.objects.filter(organization_id=organization_id, kind=Person.Kind.CONTACT)
        .annotate(invited_until=Subquery(invited_until.values("expires_at")[:1]))
        .order_by("-is_active", "-is_administrator", "name", "pk")
    )


def contact_at(organization_id: int, contact_id: int) -> Person | None:
    """One of the customer's contacts, gone ones too."""
    return Person.objects.filter(pk=contact_id, organization_id=organization_id, kind=Person.Kind.CONTACT).first()


def administrator_of(organization_id: int) -> Person | None:
    return Person.objects.filter(organization_id=organization_id, is_administrator=True, is_active=True).first()


def keeps_customers(person: Person) -> bool:
    """Whether this member of the staff registers customers and their administrators (R-011)."""
    if not person.is_staff_member or not person.may(Right.WORK):
        return False
    return person.may(Right.CUSTOMERS) or person.areas.filter(kind__in=KEEPERS).exists()


def addresses_known(addresses: Iterable[str]) -> dict[str, Person]:
    """Those of the addresses that somebody has, whoever it is and whether they are still here."""
    return {person.email: person for person in Person.objects.filter(email__in=list(addresses))}


def requests_for(organization_id: int) -> QuerySet[AccessRequest]:
    """Who wants to become a contact and was confirmed by the customer's financial address, the oldest first."""
    return AccessRequest.objects.filter(organization_id=organization_id, state=AccessRequest.State.CONFIRMED).order_by(
        "asked_at", "pk"
    )


def password_expires_at(person: Person) -> datetime | None:
    """When consulting asks for a new password; None for whom it never does (R-017)."""
    is_asked = settings.PASSWORD_MAX_AGE_DAYS and not person.is_staff_member and person.holds("consulting")
    if not is_asked or person.password_changed_at is None:
        return None
    return expires_at(person.password_changed_at, days=settings.PASSWORD_MAX_AGE_DAYS)


def passwords_to_remind(now: datetime) -> QuerySet[Person]:
    """Whose password is about to be too old for consulting, and who was not told yet (R-017)."""
    days = settings.PASSWORD_MAX_AGE_DAYS - settings.PASSWORD_REMINDER_DAYS
    chosen_before = now - timedelta(days=days)
    untold = Q(password_reminded_at=None) | Q(password_reminded_at__lt=F("password_changed_at"))
    consulting = Q(is_administrator=True) | Q(services__contains=["consulting"])
    found = Person.objects.filter(
        consulting, untold, kind=Person.Kind.CONTACT, is_active=True, password_changed_at__lte=chosen_before
    )
    return found.order_by("pk") if settings.PASSWORD_MAX_AGE_DAYS else found.none()
