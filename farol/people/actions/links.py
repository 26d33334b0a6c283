"""Sending links, and what they open: an account for the first time, or a forgotten password."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from procrastinate.contrib.django import app

from farol.kernel.actor import Actor, Channel, Side
from farol.people.actions.chronicle import tell
from farol.people.actions.pacing import pay
from farol.people.models import AccessRequest, Link, Person, Session
from farol.people.queries import actor_of
from farol.people.queries import links as queries
from farol.people.rules import passwords
from farol.people.rules.acting import refuse_acting
from farol.people.rules.contacts import LONGEST_ADDRESS, ContactRefused, Details
from farol.people.rules.links import REFUSALS, LinkUsed, Purpose, Standing, may_send
from farol.people.rules.pace import LETTERS_OF_AN_ADDRESS, network_of

FORGOTTEN = "people.forget_password"
HOURS = {
    Purpose.ACTIVATION: "ACTIVATION_HOURS",
    Purpose.REQUEST: "ACTIVATION_HOURS",
    Purpose.PASSWORD: "PASSWORD_LINK_HOURS",
}


def lay_link(
    purpose: Purpose, *, now: datetime, person: Person | None = None, request: AccessRequest | None = None
) -> Link:
    """A link waits to be sent to the registered address; those of the same purpose before it open nothing (R-012)."""
    Link.objects.filter(person=person, request=request, purpose=purpose, used_at=None, replaced_at=None).update(
        replaced_at=now
    )
    nonce = secrets.token_hex(16)
    return Link.objects.create(
        person=person,
        request=request,
        purpose=purpose,
        nonce=nonce,
        digest=queries.digest_of(queries.secret_for(nonce, settings.SECRET_KEY)),
        address=person.email if person else request.organization.financial_email if request else "",
        sent_at=now,
        expires_at=now + timedelta(hours=getattr(settings, HOURS[purpose])),
    )


def invite(person: Person, *, by: Actor, now: datetime, name: str = "contact.invited") -> Link:
    """The person gets a letter with the link that activates their account (R-012); inside a transaction."""
    link = lay_link(Purpose.ACTIVATION, person=person, now=now)
    tell(name, about=about(person), by=by, at=now, facts={"person": person.pk, "name": person.name, "link": link.pk})
    return link


def hear_forgotten(email: str, *, address: str, now: datetime) -> None:
    """Somebody says to have forgotten a password; what comes of it is done elsewhere and takes no time here.

    Raises TooManyTries.
    """
    pay(LETTERS_OF_AN_ADDRESS, network_of(address), now=now)
    app.configure_task(FORGOTTEN, queue="journal").defer(email=email[:LONGEST_ADDRESS], address=address)


@transaction.atomic
def forget_password(email: str, *, address: str, now: datetime) -> None:
    """Whoever has this address gets a letter with a link to a new password; whoever asked is told nothing.

    Who was invited and never came in gets the invitation again. More than a few letters a day go to nobody.
    """
    person = Person.objects.select_for_update().filter(email=email.strip().lower(), is_active=True).first()
    if person is None:
        return
    earlier = Link.objects.filter(person=person).order_by("-sent_at").values_list("sent_at", flat=True)[:10]
    if not may_send(list(earlier), now=now):
        return
    by = Actor(Side.CUSTOMER, Channel.PORTAL, address=address)
    if person.is_invited:
        invite(person, by=by, now=now)
        return
    link = lay_link(Purpose.PASSWORD, person=person, now=now)
    tell("contact.password_asked", about=about(person), by=by, at=now, facts={"person": person.pk, "link": link.pk})


@transaction.atomic
def renew_link(secret: str, purpose: Purpose, *, address: str, now: datetime) -> None:
    """Whoever holds a link that expired gets a fresh one, at the registered address and nowhere else (R-012)."""
    link = queries.link_behind(secret, purpose)
    if link.person is None or queries.standing_of(link, now=now) is not Standing.EXPIRED:
        return
    forget_password(link.person.email, address=address, now=now)


@transaction.atomic
def confirm_details(secret: str, *, name: str, title: str, language: str, now: datetime) -> Person:
    """Whoever was invited is called what they say, before they choose a password. Raises ContactRefused, LinkUsed …"""
    person = _person_behind(secret, Purpose.ACTIVATION, now=now)
    said = Details.written(name=name, email=person.email, title=title, language=language)
    if found := {field: texts for field, texts in said.faults().items() if field != "services"}:
        raise ContactRefused(found)
    person.name, person.title = said.name, said.title
    if language in dict(settings.LANGUAGES):
        person.language = language
    person.save(update_fields=["name", "title", "language"])
    return person


@transaction.atomic
def choose_password(secret: str, purpose: Purpose, password: str, *, address: str, now: datetime) -> Person:
    """The link is used and its person has this password; whoever was invited is in, and other visits have ended.

    R-012, R-017. Raises PasswordWeak, LinkUnknown, LinkUsed, LinkReplaced, LinkExpired, LinkWithdrawn.
    """
    person = _person_behind(secret, purpose, now=now)
    passwords.check(password, about=_names_of(person))
    taken = Link.objects.filter(digest=queries.digest_of(secret), used_at=None).update(used_at=now)
    if not taken:
        raise LinkUsed
    _set(person, password, now=now)
    name = "contact.activated" if purpose is Purpose.ACTIVATION else "contact.password_changed"
    by = actor_of(person, Channel.PORTAL, address)
    tell(name, about=about(person), by=by, at=now, facts={"person": person.pk, "name": person.name})
    return person


@transaction.atomic
def change_password(person_id: int, *, old: str, new: str, by: Actor, now: datetime) -> Person:
    """The person has another password, having shown that the old one is theirs.

    Raises PasswordWrong, PasswordWeak, ActingRefused.
    """
    person = Person.objects.select_for_update(of=("self",)).select_related("organization").get(pk=person_id)
    refuse_acting(by)
    if not person.check_password(old):
        raise passwords.PasswordWrong({"old": [passwords.NOT_YOURS]})
    if old == new:
        raise passwords.PasswordWeak({"password": [passwords.SAME]})
    passwords.check(new, about=_names_of(person))
    _set(person, new, now=now)
    facts = {"person": person.pk, "name": person.name}
    tell("contact.password_changed", about=about(person), by=by, at=now, facts=facts)
    return person


def about(person: Person) -> str:
    """A contact's life is their customer's history; a member of the staff has their own."""
    return f"organization:{person.organization_id}" if person.organization_id else f"person:{person.pk}"


def _set(person: Person, password: str, *, now: datetime) -> None:
    person.password, person.password_changed_at, person.is_invited = make_password(password), now, False
    person.save(update_fields=["password", "password_changed_at", "is_invited"])
    Session.objects.filter(person=person).delete()


def _person_behind(secret: str, purpose: Purpose, *, now: datetime) -> Person:
    """The person whom an open link lets in, held until the transaction ends."""
    link = queries.link_behind(secret, purpose)
    person = Person.objects.select_for_update(of=("self",)).select_related("organization").get(pk=link.person_id or 0)
    link = queries.link_behind(secret, purpose)
    standing = queries.standing_of(link, now=now)
    if standing is not Standing.OPEN:
        raise REFUSALS[standing]
    return person


def _names_of(person: Person) -> list[str]:
    company = person.organization
    return [person.name, person.email, *([company.name, company.legal_name] if company else [])]
