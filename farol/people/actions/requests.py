"""Strangers who say to belong to a customer: the customer's financial address is asked, and nobody else is told."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from procrastinate.contrib.django import app

from farol.kernel import documents
from farol.kernel.actor import Actor, Channel, Side
from farol.people.actions.chronicle import tell
from farol.people.actions.contacts import hold_customer, put_contact
from farol.people.actions.links import invite, lay_link
from farol.people.actions.pacing import pay
from farol.people.models import AccessRequest, Link, Organization, Person
from farol.people.queries import contacts
from farol.people.queries import links as queries
from farol.people.rules.contacts import Details, Service
from farol.people.rules.links import REFUSALS, Purpose, Standing, may_send
from farol.people.rules.pace import LETTERS_OF_AN_ADDRESS, network_of

WISHED = "people.ask_access"
KEPT = timedelta(days=30)


def hear_wish(*, cnpj: str, name: str, email: str, address: str, now: datetime) -> None:
    """Somebody says to belong to a customer. Raises CnpjRefused, ContactRefused and TooManyTries: they tell nothing."""
    said = Details.written(name=name, email=email)
    said.check()
    wish = {"cnpj": documents.cnpj(cnpj), "name": said.name, "email": said.email, "address": address}
    pay(LETTERS_OF_AN_ADDRESS, network_of(address), now=now)
    app.configure_task(WISHED, queue="journal").defer(**wish)


@transaction.atomic
def ask_access(*, cnpj: str, name: str, email: str, address: str, now: datetime) -> None:
    """The customer's financial address is asked whether this person belongs there; whoever asked is told nothing.

    Whether the CNPJ is a customer's, whether the address is known: the answer is always the same (R-012).
    """
    said = Details.written(name=name, email=email)
    organization = Organization.objects.select_for_update().filter(cnpj=documents.cnpj(cnpj)).first()
    if organization is None or not organization.financial_email or said.faults():
        return
    known = Person.objects.filter(email=said.email).first()
    if known is not None and (known.is_active or known.organization_id != organization.pk):
        return
    earlier = Link.objects.filter(request__organization=organization).order_by("-sent_at")
    if not may_send(list(earlier.values_list("sent_at", flat=True)[:10]), now=now):
        return
    request = _asked(organization, said, now=now)
    if request.state != AccessRequest.State.WAITING:
        return
    link = lay_link(Purpose.REQUEST, request=request, now=now)
    facts = {"request": request.pk, "name": said.name, "email": said.email, "link": link.pk}
    by = Actor(Side.CUSTOMER, Channel.PORTAL, address=address)
    tell("customer.access_asked", about=f"organization:{organization.pk}", by=by, at=now, facts=facts)


@transaction.atomic
def answer_request(secret: str, *, is_theirs: bool, address: str, now: datetime) -> AccessRequest:
    """The financial address has judged: the first contact is invited as administrator; any other waits for that one.

    R-011, R-012. Raises LinkUnknown, LinkUsed, LinkReplaced, LinkExpired, LinkWithdrawn, AddressTaken.
    """
    link = queries.link_behind(secret, Purpose.REQUEST)
    organization = Organization.objects.select_for_update().get(pk=_request_of(link).organization_id)
    link = queries.link_behind(secret, Purpose.REQUEST)
    standing = queries.standing_of(link, now=now)
    if standing is not Standing.OPEN:
        raise REFUSALS[standing]
    Link.objects.filter(pk=link.pk).update(used_at=now)
    request = _request_of(link)
    request.answered_at = now
    by = Actor(Side.CUSTOMER, Channel.EMAIL, organization_id=organization.pk, address=address)
    facts: dict[str, object] = {"request": request.pk, "name": request.name, "email": request.email}
    if not is_theirs:
        request.state, name = AccessRequest.State.DECLINED, "customer.access_declined"
    elif administrator := contacts.administrator_of(organization.pk):
        request.state, name = AccessRequest.State.CONFIRMED, "customer.access_confirmed"
        facts["administrator"] = administrator.pk
    else:
        request.state, name = AccessRequest.State.DONE, "customer.access_granted"
        details = Details(request.name, request.email, services=tuple(Service))
        invite(put_contact(organization, details, is_administrator=True), by=by, now=now)
    request.save(update_fields=["state", "answered_at"])
    tell(name, about=f"organization:{organization.pk}", by=by, at=now, facts=facts)
    return request


@transaction.atomic
def dismiss_request(organization_id: int, request_id: int, *, by: Actor, now: datetime) -> None:
    """The administrator does not want this person as a contact (R-011). Raises NotAdministrator."""
    hold_customer(organization_id, by=by)
    waiting = AccessRequest.objects.filter(
        pk=request_id, organization_id=organization_id, state=AccessRequest.State.CONFIRMED
    )
    if waiting.update(state=AccessRequest.State.DECLINED, answered_at=now):
        facts = {"request": request_id}
        tell("customer.access_dismissed", about=f"organization:{organization_id}", by=by, at=now, facts=facts)


def forget_requests(now: datetime) -> int:
    """Wishes that nobody answered in a month are gone, with their links; answers how many."""
    old = AccessRequest.objects.filter(asked_at__lt=now - KEPT)
    Link.objects.filter(request__in=old).delete()
    return old.delete()[0]


def _asked(organization: Organization, said: Details, *, now: datetime) -> AccessRequest:
    """One wish of one address waits at a time."""
    open_states = [AccessRequest.State.WAITING, AccessRequest.State.CONFIRMED]
    known = AccessRequest.objects.filter(organization=organization, email=said.email, state__in=open_states).first()
    if known is not None:
        return known
    return AccessRequest.objects.create(organization=organization, name=said.name, email=said.email, asked_at=now)


def _request_of(link: Link) -> AccessRequest:
    if link.request is None:
        raise REFUSALS[Standing.WITHDRAWN]
    return link.request
