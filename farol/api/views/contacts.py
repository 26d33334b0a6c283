"""The customer's contacts, kept by their administrator through the same verbs as the page (R-010, R-011)."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from ninja import Router, Status

from farol.api.callers import Caller, Request
from farol.api.contact_bodies import GRANTABLE, Contact, Contacts, Granted, Invitation
from farol.api.problems import NotFound
from farol.api.views import found
from farol.kernel.errors import FieldsRefused
from farol.people import queries as people
from farol.people.actions import contacts as actions
from farol.people.models import Organization, Person
from farol.people.queries import contacts as queries
from farol.people.rules.contacts import Details, NotAdministrator, NotCustomersKeeper

router = Router(tags=["contacts"])


@router.get("/contacts", response=Contacts, summary="The contacts of a customer, and how many more there may be")
def list_contacts(request: Request, organization: int | None = None) -> Contacts:
    """R-011: for the customer's administrator, and for the staff who keep customers."""
    company = _company(request.auth, organization)
    places = queries.places_of(company)
    items = [_contact(person) for person in queries.all_contacts_of(company.pk)]
    return Contacts(items=items, next=None, limit=places.limit, used=places.used)


@router.post("/contacts", response={201: Contact}, summary="Invite a contact")
def invite_contact(request: Request, payload: Invitation) -> Status[Contact]:
    """R-010, R-012: refused when no place is left; the link goes to the address by mail and is never in the answer."""
    caller = request.auth
    company = _company(caller, payload.organization)
    language = payload.language if payload.language in dict(settings.LANGUAGES) else "pt-br"
    details = Details.written(
        name=payload.name, email=payload.email, title=payload.title, services=payload.services, language=language
    )
    return _shown(actions.invite_contact(company.pk, details, by=caller.by, now=caller.now))


@router.put("/contacts/{int:number}/services", response=Contact, summary="Grant services to a contact")
def grant_services(request: Request, number: found.Number, payload: Granted) -> Contact:
    """R-011: these, and no others that a call can name."""
    caller, person = request.auth, _found(request.auth, number)
    organization = person.organization_id or 0
    wanted, held = set(payload.services), set(person.services)
    for service in GRANTABLE:
        if (service in wanted) != (service in held):
            actions.grant_service(
                organization, number, service, is_granted=service in wanted, by=caller.by, now=caller.now
            )
    return _contact(_found(caller, number))


@router.post("/contacts/{int:number}/invitations", response={201: Contact}, summary="Send a fresh invitation")
def invite_again(request: Request, number: found.Number) -> Status[Contact]:
    """R-012: the links before it open nothing."""
    caller, person = request.auth, _found(request.auth, number)
    actions.invite_again(person.organization_id or 0, number, by=caller.by, now=caller.now)
    return _shown(person)


@router.post("/contacts/{int:number}/deactivation", response={201: Contact}, summary="Deactivate a contact")
def deactivate_contact(request: Request, number: found.Number) -> Status[Contact]:
    """R-010: the place is free; an invitation is void."""
    caller, person = request.auth, _found(request.auth, number)
    return _shown(actions.deactivate_contact(person.organization_id or 0, number, by=caller.by, now=caller.now))


@router.post("/contacts/{int:number}/reactivation", response={201: Contact}, summary="Take a contact back")
def reactivate_contact(request: Request, number: found.Number) -> Status[Contact]:
    """R-010: refused when no place is left."""
    caller, person = request.auth, _found(request.auth, number)
    return _shown(actions.reactivate_contact(person.organization_id or 0, number, by=caller.by, now=caller.now))


def _company(caller: Caller, organization: int | None) -> Organization:
    """Whose contacts are meant, if the caller keeps them. Raises NotAdministrator, NotCustomersKeeper, NotFound."""
    person = caller.person
    if caller.is_staff:
        if not queries.keeps_customers(person):
            raise NotCustomersKeeper
        if organization is None:
            raise FieldsRefused({"organization": [found.FOR_WHOM]})
        return found.required("organization", people.organization(organization) if organization < 2**63 else None)
    if organization not in {None, person.organization_id}:
        raise NotFound
    if not person.is_administrator or person.organization is None:
        known = queries.administrator_of(person.organization_id or 0)
        raise NotAdministrator(administrator=known.name if known else "Assessoria")
    return person.organization


def _found(caller: Caller, number: int) -> Person:
    """A contact whom the caller keeps; anybody else's is not there."""
    person = people.people_by_id([number]).get(number) if number < 2**63 else None
    if person is None or person.organization_id is None:
        raise NotFound
    _company(caller, person.organization_id)
    return person


def _shown(person: Person) -> Status[Contact]:
    return Status(201, _contact(queries.all_contacts_of(person.organization_id or 0).get(pk=person.pk)))


def _contact(person: Person) -> Contact:
    until: datetime | None = getattr(person, "invited_until", None)
    state = "deactivated" if not person.is_active else "invited" if person.is_invited else "active"
    return Contact(
        id=person.pk,
        name=person.name,
        email=person.email,
        title=person.title,
        administrator=person.is_administrator,
        state=state,
        invited_until=until if state == "invited" else None,
        services=[service for service in GRANTABLE if person.holds(service)],
    )
