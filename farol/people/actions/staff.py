"""Who works for the vendor, as what, and for which customers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from farol.audit.actions import record
from farol.audit.rules import Act
from farol.kernel.actor import Actor, Side
from farol.people.models import Area, Assignment, Executive, Organization, Person, Portfolio, Session, Token
from farol.people.rules.staff import (
    CLOSED_KINDS,
    LastAdministrator,
    NotYourRole,
    NotYourself,
    Right,
    Role,
    may,
    may_give,
)
from farol.people.rules.staff import RELATIONSHIP as LOOKS_AFTER


@transaction.atomic
def change_staff(
    person_id: int,
    *,
    role: str,
    areas: Iterable[Area],
    skills: Iterable[str],
    is_active: bool,
    by: Actor,
    now: datetime,
) -> Person:
    """The person of the staff has this role, works in these areas and knows these things; every change is on the trail.

    Whoever is deactivated is signed out and their keys are worth nothing. Raises NotYourRole, NotYourself,
    LastAdministrator.
    """
    person = Person.objects.select_for_update().get(pk=person_id, kind=Person.Kind.STAFF)
    chosen = list(areas)
    _refuse(person, role, is_active=is_active, by=by)
    _refuse_closed(person, chosen, by=by)
    old_role, was_active = person.role, person.is_active
    old_areas = sorted(person.areas.values_list("code", flat=True))
    person.role, person.skills, person.is_active = role, sorted({skill[:40] for skill in skills}), is_active
    person.save(update_fields=["role", "skills", "is_active"])
    person.areas.set(chosen)
    new_areas = sorted(area.code for area in chosen)
    if (old_role, old_areas) != (role, new_areas):
        facts = {"role": [old_role, role], "areas": [old_areas, new_areas]}
        record(Act.ROLE_CHANGED, by, f"person:{person.pk}", facts, at=now)
    if was_active and not is_active:
        Session.objects.filter(person=person).delete()
        Token.objects.filter(person=person, revoked_at=None).update(revoked_at=now)
        record(Act.STAFF_DEACTIVATED, by, f"person:{person.pk}", at=now)
    return person


def _refuse(person: Person, role: str, *, is_active: bool, by: Actor) -> None:
    is_change = role != person.role or is_active != person.is_active
    if not (by.side is Side.HOUSE or may(by.role, Right.STAFF)):
        raise NotYourRole
    if not is_change:
        return
    if person.pk == by.person_id:
        raise NotYourself
    if by.side is not Side.HOUSE and not (may_give(by.role, role) and may_give(by.role, person.role or role)):
        raise NotYourRole
    others = Person.objects.filter(role=Role.ADMINISTRATOR, is_active=True).exclude(pk=person.pk)
    if person.role == Role.ADMINISTRATOR and person.is_active and not others.exists():
        raise LastAdministrator


def _refuse_closed(person: Person, chosen: Iterable[Area], *, by: Actor) -> None:
    """An administrator alone lets somebody into an area whose tickets only its members see (R-112)."""
    if by.side is Side.HOUSE or by.role == Role.ADMINISTRATOR:
        return
    held = set(person.areas.values_list("pk", flat=True))
    if any(area.kind in CLOSED_KINDS and area.pk not in held for area in chosen):
        raise NotYourRole


@transaction.atomic
def employ(person: Person, *, kind: str, employer: str = "") -> Executive:
    """The EAR works for the vendor, a franchise or a partner (R-002). Repeating it corrects it."""
    executive, _ = Executive.objects.update_or_create(
        person=person, defaults={"employer_kind": kind, "employer": employer}
    )
    return executive


@transaction.atomic
def look_after(
    organization: Organization, *, executive: Person, by: Actor, now: datetime, reason: str = ""
) -> Assignment:
    """The customer has this EAR from now on and no other; who it was before stays known (R-001). Raises NotYourRole."""
    _refuse_portfolios(by)
    Organization.objects.select_for_update().get(pk=organization.pk)
    current = Assignment.objects.filter(organization=organization, until=None).first()
    if current and current.executive_id == executive.pk:
        return current
    if executive.role not in LOOKS_AFTER:
        raise NotYourRole
    Assignment.objects.filter(organization=organization, until=None).update(until=now)
    facts = {"executive": [current.executive_id if current else None, executive.pk], "reason": reason}
    record(Act.PORTFOLIO_CHANGED, by, f"organization:{organization.pk}", facts, at=now)
    return Assignment.objects.create(
        organization=organization, executive=executive, since=now, by_id=by.person_id or None, reason=reason[:400]
    )


@transaction.atomic
def put_in_portfolio(executive: Person, *, manager: Person, by: Actor, now: datetime) -> Portfolio:
    """The EAR, and with them their customers, are in the portfolio of this GAR (R-001, R-003). Raises NotYourRole."""
    _refuse_portfolios(by)
    Person.objects.select_for_update().get(pk=executive.pk)
    current = Portfolio.objects.filter(executive=executive, until=None).first()
    if current and current.manager_id == manager.pk:
        return current
    if executive.role not in LOOKS_AFTER or manager.role != Role.GAR:
        raise NotYourRole
    Portfolio.objects.filter(executive=executive, until=None).update(until=now)
    facts = {"manager": [current.manager_id if current else None, manager.pk]}
    record(Act.PORTFOLIO_CHANGED, by, f"person:{executive.pk}", facts, at=now)
    return Portfolio.objects.create(executive=executive, manager=manager, since=now, by_id=by.person_id or None)


def _refuse_portfolios(by: Actor) -> None:
    if by.side is not Side.HOUSE and not may(by.role, Right.PORTFOLIOS):
        raise NotYourRole
