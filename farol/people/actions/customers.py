"""What only the vendor's staff does: registering a customer with its first contact, and replacing that one (R-011)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from farol.files import actions as files
from farol.kernel.actor import Actor
from farol.people.actions.chronicle import tell
from farol.people.actions.contacts import hold_customer, leave, put_contact, refuse_full
from farol.people.actions.links import invite
from farol.people.models import Organization, Person
from farol.people.queries import contacts as queries
from farol.people.rules.contacts import (
    PROOF_MISSING,
    REASON_MISSING,
    TAKEN_HERE,
    AddressTaken,
    Details,
    NotCustomersKeeper,
    ProofNeeded,
    Service,
)
from farol.people.rules.customers import CNPJ_KNOWN, LIMIT_WRONG, MOST_CONTACTS, Company, CustomerRefused

EVERYTHING = tuple(Service)


@transaction.atomic
def register_customer(company: Company, first: Details, *, by: Actor, now: datetime) -> Organization:
    """The vendor has a customer, and its first contact a link to come in by, as administrator (R-011, R-012).

    Raises NotCustomersKeeper, CustomerRefused, CnpjRefused, ContactRefused, AddressTaken.
    """
    refuse_others(by)
    faults = company.faults() | {f"contact_{field}": texts for field, texts in first.faults().items()}
    if faults:
        raise CustomerRefused(faults)
    cnpj = company.checked_cnpj()
    organization = Organization(
        name=company.name,
        legal_name=company.legal_name,
        cnpj=cnpj,
        city=company.city,
        state=company.state,
        financial_email=company.financial_email,
    )
    try:
        with transaction.atomic():
            organization.save(force_insert=True)
    except IntegrityError:
        raise CustomerRefused({"cnpj": [CNPJ_KNOWN]}) from None
    tell("customer.registered", about=f"organization:{organization.pk}", by=by, at=now, facts={"name": company.name})
    _install(organization, first, by=by, now=now)
    return organization


@transaction.atomic
def correct_customer(organization_id: int, company: Company, *, by: Actor, now: datetime) -> Organization:
    """The customer is called this, and this is its financial address; the CNPJ stays. Raises CustomerRefused."""
    refuse_others(by)
    organization = Organization.objects.select_for_update().get(pk=organization_id)
    if faults := {field: texts for field, texts in company.faults().items() if field != "cnpj"}:
        raise CustomerRefused(faults)
    before = organization.financial_email
    organization.name, organization.legal_name = company.name, company.legal_name
    organization.city, organization.state = company.city, company.state
    organization.financial_email = company.financial_email
    organization.save(update_fields=["name", "legal_name", "city", "state", "financial_email"])
    facts = {"financial_email": [before, company.financial_email]}
    tell("customer.corrected", about=f"organization:{organization_id}", by=by, at=now, facts=facts)
    return organization


@transaction.atomic
def allow_contacts(organization_id: int, limit: int | None, *, by: Actor, now: datetime) -> None:
    """The customer may have so many contacts, or as many as everybody (R-010). Raises CustomerRefused."""
    refuse_others(by)
    if limit is not None and not 0 <= limit <= MOST_CONTACTS:
        raise CustomerRefused({"max_contacts": [LIMIT_WRONG]})
    Organization.objects.filter(pk=organization_id).update(max_contacts=limit)
    facts = {"limit": limit}
    tell("customer.contacts_allowed", about=f"organization:{organization_id}", by=by, at=now, facts=facts)


@transaction.atomic
def replace_administrator(
    organization_id: int,
    successor: int | Details,
    *,
    reason: str,
    proof: Sequence[int],
    stays: bool,
    by: Actor,
    now: datetime,
) -> Person:
    """Another contact, or somebody new, administers the customer's contacts; the document that says so is kept.

    Who did so before `stays` as a contact, or comes in no more. R-011. Raises NotCustomersKeeper, ProofNeeded,
    ContactRefused, AddressTaken, NoPlaceLeft.
    """
    refuse_others(by)
    organization = hold_customer(organization_id, by=by)
    if faults := _unproved(reason, proof):
        raise ProofNeeded(faults)
    before = queries.administrator_of(organization_id)
    if before is not None and before.pk == successor:
        raise AddressTaken({"successor": [TAKEN_HERE]})
    if before is not None:
        _step_down(before, stays=stays, by=by, now=now)
    person = _step_up(organization, successor, by=by, now=now)
    if stays:
        _refuse_overfull(organization)
    facts = {"before": before.pk if before else None, "person": person.pk, "name": person.name, "stays": stays}
    told = f"organization:{organization_id}"
    entry = tell(
        "customer.administrator_replaced", about=told, by=by, at=now, body=reason, is_internal=True, facts=facts
    )
    if files.hand_over(list(proof), of=by.subject, to=told, entry_id=entry.pk, is_internal=True) != len(set(proof)):
        raise ProofNeeded({"proof": [PROOF_MISSING]})
    return person


def refuse_others(by: Actor) -> None:
    """Raises NotCustomersKeeper unless it is a member of the staff who keeps customers (R-011)."""
    who = Person.objects.filter(pk=by.person_id, is_active=True).first()
    if who is None or not queries.keeps_customers(who):
        raise NotCustomersKeeper


def _install(organization: Organization, first: Details, *, by: Actor, now: datetime) -> Person:
    """Somebody new administers the contacts, and holds all that there is to give."""
    whole = Details(first.name, first.email, first.title, EVERYTHING, first.language)
    person = put_contact(organization, whole, is_administrator=True)
    invite(person, by=by, now=now)
    return person


def _step_down(before: Person, *, stays: bool, by: Actor, now: datetime) -> None:
    if not stays:
        leave(before, by=by, now=now)
        return
    before.is_administrator = False
    before.save(update_fields=["is_administrator"])


def _step_up(organization: Organization, successor: int | Details, *, by: Actor, now: datetime) -> Person:
    if isinstance(successor, Details):
        successor.check()
        return _install(organization, successor, by=by, now=now)
    person = Person.objects.select_for_update().get(
        pk=successor, organization=organization, kind=Person.Kind.CONTACT, is_active=True
    )
    person.is_administrator, person.services = True, list(EVERYTHING)
    person.save(update_fields=["is_administrator", "services"])
    return person


def _refuse_overfull(organization: Organization) -> None:
    places = queries.places_of(organization)
    if places.used > places.limit:
        refuse_full(organization)


def _unproved(reason: str, proof: Sequence[int]) -> dict[str, list[str]]:
    faults = {} if reason.strip() else {"reason": [REASON_MISSING]}
    return faults if proof else faults | {"proof": [PROOF_MISSING]}
