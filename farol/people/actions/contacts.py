"""Contacts of a customer, kept by its administrator (R-010, R-011), or by those of the staff who keep customers.

Whatever changes how many there are holds the customer's row: of two who want the last place one gets it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from farol.kernel.actor import Actor
from farol.people.actions.chronicle import tell
from farol.people.actions.factors import drop_keys
from farol.people.actions.links import about, invite
from farol.people.models import AccessRequest, Link, Organization, Person, Session, Token
from farol.people.queries import contacts as queries
from farol.people.rules.acting import refuse_acting
from farol.people.rules.contacts import (
    SERVICE_UNKNOWN,
    TAKEN_ELSEWHERE,
    TAKEN_HERE,
    AddressTaken,
    AdministratorStays,
    ContactRefused,
    Details,
    NoPlaceLeft,
    NotAdministrator,
    NotCustomersKeeper,
    NotInvited,
    known_services,
)

OPEN = (AccessRequest.State.WAITING, AccessRequest.State.CONFIRMED)


@transaction.atomic
def invite_contact(organization_id: int, details: Details, *, by: Actor, now: datetime) -> Person:
    """The customer has one more contact, who gets a link to come in by (R-010, R-011, R-012).

    Raises NotAdministrator, ContactRefused, AddressTaken, NoPlaceLeft.
    """
    organization = hold_customer(organization_id, by=by)
    details.check()
    refuse_full(organization)
    person = put_contact(organization, details)
    _serve_request(organization, person, now=now)
    invite(person, by=by, now=now)
    return person


@transaction.atomic
def invite_contacts(organization_id: int, batch: Sequence[Details], *, by: Actor, now: datetime) -> list[Person]:
    """All of them are contacts and have a link to come in by, or none. Raises what `invite_contact` raises."""
    organization = hold_customer(organization_id, by=by)
    refuse_full(organization, wanted=len(batch))
    invited = []
    for details in batch:
        details.check()
        person = put_contact(organization, details)
        _serve_request(organization, person, now=now)
        invite(person, by=by, now=now)
        invited.append(person)
    return invited


@transaction.atomic
def invite_again(organization_id: int, contact_id: int, *, by: Actor, now: datetime) -> Link:
    """Who has not come in yet has a fresh link, and the ones before open nothing (R-012).

    Raises NotAdministrator, NotInvited.
    """
    hold_customer(organization_id, by=by)
    person = _contact(organization_id, contact_id)
    if not person.is_invited or not person.is_active:
        raise NotInvited
    return invite(person, by=by, now=now)


@transaction.atomic
def correct_contact(
    organization_id: int, contact_id: int, *, name: str, title: str, services: Iterable[str], by: Actor, now: datetime
) -> Person:
    """The contact is called this and holds these services (R-011). Raises NotAdministrator, ContactRefused."""
    hold_customer(organization_id, by=by)
    person = _contact(organization_id, contact_id)
    said = Details.written(name=name, email=person.email, title=title, services=services)
    said.check()
    before = list(person.services)
    person.name, person.title = said.name, said.title
    if not person.is_administrator:
        person.services = list(said.services)
    person.save(update_fields=["name", "title", "services"])
    facts = {"person": person.pk, "name": person.name, "services": [before, list(person.services)]}
    tell("contact.corrected", about=about(person), by=by, at=now, facts=facts)
    return person


@transaction.atomic
def grant_service(
    organization_id: int, contact_id: int, service: str, *, is_granted: bool, by: Actor, now: datetime
) -> Person:
    """The contact may use this service, or no longer (R-011). Raises NotAdministrator, AdministratorStays."""
    hold_customer(organization_id, by=by)
    person = _contact(organization_id, contact_id)
    if not known_services([service]):
        raise ContactRefused({"services": [SERVICE_UNKNOWN]})
    if person.is_administrator:
        raise AdministratorStays
    held = [known for known in person.services if known != service]
    person.services = [*held, service] if is_granted else held
    person.save(update_fields=["services"])
    facts = {"person": person.pk, "name": person.name, "service": service, "granted": is_granted}
    name = "contact.service_granted" if is_granted else "contact.service_revoked"
    tell(name, about=about(person), by=by, at=now, facts=facts)
    return person


@transaction.atomic
def deactivate_contact(organization_id: int, contact_id: int, *, by: Actor, now: datetime) -> Person:
    """The contact comes in no more, by any channel, and frees a place; an invitation is void (R-010).

    Raises NotAdministrator, AdministratorStays.
    """
    hold_customer(organization_id, by=by)
    person = _contact(organization_id, contact_id)
    if person.is_administrator:
        raise AdministratorStays
    if person.is_active:
        leave(person, by=by, now=now)
    return person


@transaction.atomic
def reactivate_contact(organization_id: int, contact_id: int, *, by: Actor, now: datetime) -> Person:
    """Who had left is a contact again, with the same services; who never came in is invited anew (R-010).

    Raises NotAdministrator, NoPlaceLeft.
    """
    organization = hold_customer(organization_id, by=by)
    person = _contact(organization_id, contact_id)
    if person.is_active:
        return person
    refuse_full(organization)
    person.is_active = True
    person.save(update_fields=["is_active"])
    facts = {"person": person.pk, "name": person.name}
    tell("contact.reactivated", about=about(person), by=by, at=now, facts=facts)
    if person.is_invited:
        invite(person, by=by, now=now)
    return person


def hold_customer(organization_id: int, *, by: Actor) -> Organization:
    """Nobody else decides about the customer's contacts until the transaction ends. Raises NotAdministrator."""
    refuse_acting(by)
    organization = Organization.objects.select_for_update().get(pk=organization_id)
    who = Person.objects.filter(pk=by.person_id, is_active=True).first()
    if who is not None and who.is_staff_member:
        if not queries.keeps_customers(who):
            raise NotCustomersKeeper
    elif who is None or who.organization_id != organization_id or not who.is_administrator:
        administrator = queries.administrator_of(organization_id)
        raise NotAdministrator(administrator=administrator.name if administrator else "Assessoria")
    return organization


def refuse_full(organization: Organization, *, wanted: int = 1) -> None:
    """Raises NoPlaceLeft unless so many more fit (R-010)."""
    places = queries.places_of(organization)
    if places.free < wanted:
        raise NoPlaceLeft(limit=places.limit)


def put_contact(organization: Organization, details: Details, *, is_administrator: bool = False) -> Person:
    """A contact is there, invited and without a password; one who had left the same customer is taken back.

    With none of the keys of before: the address may be somebody else's by now.
    Raises AddressTaken.
    """
    known = Person.objects.filter(email=details.email).first()
    if known is not None and known.organization_id != organization.pk:
        raise AddressTaken({"email": [TAKEN_ELSEWHERE]})
    if known is not None and known.is_active:
        raise AddressTaken({"email": [TAKEN_HERE]})
    person = known or Person(email=details.email, kind=Person.Kind.CONTACT, organization=organization)
    person.name, person.title, person.language = details.name, details.title, details.language
    person.services, person.is_administrator = list(details.services), is_administrator
    person.is_active, person.is_invited, person.password = True, True, make_password(None)
    person.pin_digest, person.cpf = "", None
    if known is not None:
        drop_keys(known)
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError:  # somebody else took the address at the same time
        raise AddressTaken({"email": [TAKEN_ELSEWHERE]}) from None
    return person


def leave(person: Person, *, by: Actor, now: datetime) -> None:
    """The person is signed out and their tokens are worth nothing, also if they come back."""
    person.is_active, person.is_administrator = False, False
    person.save(update_fields=["is_active", "is_administrator"])
    Session.objects.filter(person=person).delete()
    Token.objects.filter(person=person, revoked_at=None).update(revoked_at=now)
    facts = {"person": person.pk, "name": person.name}
    tell("contact.deactivated", about=about(person), by=by, at=now, facts=facts)


def _contact(organization_id: int, contact_id: int) -> Person:
    return Person.objects.select_for_update().get(
        pk=contact_id, organization_id=organization_id, kind=Person.Kind.CONTACT
    )


def _serve_request(organization: Organization, person: Person, *, now: datetime) -> None:
    """A wish of this person that waited has come true."""
    waiting = AccessRequest.objects.filter(organization=organization, email=person.email, state__in=OPEN)
    waiting.update(state=AccessRequest.State.DONE, answered_at=now)
