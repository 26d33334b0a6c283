"""Registering customers, contacts, staff and areas, and giving them keys."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F, Func, Value

from farol.audit.actions import record
from farol.audit.rules import Act
from farol.kernel import documents
from farol.kernel.actor import HOUSE
from farol.people.actions.offices import close_office as close_office
from farol.people.actions.offices import keep_office as keep_office
from farol.people.actions.telephone import choose_pin as choose_pin
from farol.people.actions.telephone import forget_guesses as forget_guesses
from farol.people.actions.telephone import forget_pin as forget_pin
from farol.people.actions.telephone import identify_caller as identify_caller
from farol.people.actions.telephone import record_cpf as record_cpf
from farol.people.models import Area, Office, Organization, Person, Session, Token
from farol.people.rules.contacts import USUAL

TOKEN_LIFE = timedelta(days=90)


def register_organization(
    *, name: str, legal_name: str, cnpj: str, city: str = "", state: str = "", financial_email: str = ""
) -> Organization:
    """The vendor has a customer, known by its CNPJ (R-231). Repeating it corrects the names."""
    organization, _ = Organization.objects.update_or_create(
        cnpj=documents.cnpj(cnpj),
        defaults={
            "name": name,
            "legal_name": legal_name,
            "city": city,
            "state": state,
            "financial_email": financial_email,
        },
    )
    return organization


def hold_organizations(ids: Iterable[int]) -> None:
    """Until the transaction ends, nobody else decides about these customers: decisions at the same time wait here."""
    list(Organization.objects.select_for_update().filter(pk__in=set(ids)).order_by("pk").values_list("pk"))


def block_organization(organization_id: int, *, since: date | None) -> None:
    """From that day on, or not at all, debt shuts doors to this customer (R-100)."""
    Organization.objects.filter(pk=organization_id).update(blocked_from=since)


def register_area(*, code: str, name: str, with_name: str, kind: str, position: int = 0) -> Area:
    """A team has a queue. Repeating it corrects the names."""
    area, _ = Area.objects.update_or_create(
        code=code, defaults={"name": name, "with_name": with_name, "kind": kind, "position": position}
    )
    return area


def register_office(
    *, code: str, name: str, kind: str, states: Iterable[str], telephone: str = "", email: str = ""
) -> Office:
    """Customers of these states are served on site by this office (R-096). Repeating it corrects it."""
    about = {"name": name, "kind": kind, "states": sorted(states), "telephone": telephone, "email": email}
    office, _ = Office.objects.update_or_create(code=code, defaults=about)
    return office


def register_contact(
    *,
    organization: Organization,
    name: str,
    email: str,
    password: str | None = None,
    is_administrator: bool = False,
    title: str = "",
    language: str = "pt-br",
    services: Iterable[str] = USUAL,
) -> Person:
    """A person speaks for the customer, for these services too (R-011). Repeating it corrects all but the password."""
    person, _ = Person.objects.update_or_create(
        email=email.strip().lower(),
        defaults={
            "name": name,
            "kind": Person.Kind.CONTACT,
            "organization": organization,
            "is_administrator": is_administrator,
            "title": title,
            "language": language,
            "services": list(services),
        },
        create_defaults={
            "name": name,
            "kind": Person.Kind.CONTACT,
            "organization": organization,
            "is_administrator": is_administrator,
            "title": title,
            "language": language,
            "services": list(services),
            "password": make_password(password),
        },
    )
    return person


@transaction.atomic
def hire(
    *, name: str, email: str, role: str, areas: Iterable[Area], password: str | None = None, title: str = ""
) -> Person:
    """A person works for the vendor, in these areas. Repeating it corrects all but the password."""
    about = {"name": name, "kind": Person.Kind.STAFF, "role": role, "title": title}
    person, _ = Person.objects.update_or_create(
        email=email.strip().lower(),
        defaults=about,
        create_defaults={**about, "password": make_password(password)},
    )
    person.areas.set(areas)
    return person


def issue_token(person: Person, *, now: datetime, scopes: Iterable[str] = (), name: str = "") -> str:
    """The person has a key to the API for 90 days; this answer is the only time it is seen."""
    given = list(scopes)
    secret = f"farol_{secrets.token_urlsafe(32)}"
    Token.objects.create(
        person=person,
        name=name,
        digest=hashlib.sha256(secret.encode()).hexdigest(),
        scopes=given,
        expires_at=now + TOKEN_LIFE,
    )
    record(Act.TOKEN_ISSUED, HOUSE, f"person:{person.pk}", {"name": name, "scopes": given}, at=now)
    return secret


def choose_language(person: Person, language: str) -> None:
    """Pages and letters speak to the person in this language."""
    Person.objects.filter(pk=person.pk).update(language=language)


def hold_person(person_id: int) -> None:
    """Until the transaction ends, nobody else decides about this person: decisions at the same time wait here."""
    Person.objects.select_for_update().get(pk=person_id)


def choose_shortcuts(person: Person, *, wanted: bool) -> None:
    """Single keys act on the desk's pages, or do nothing."""
    Person.objects.filter(pk=person.pk).update(has_shortcuts=wanted)


def forget_sessions(now: datetime) -> int:
    """Sessions that have expired are gone; answers how many."""
    return Session.objects.filter(expire_date__lt=now).delete()[0]


def note_unsent(person_id: int, number: int) -> None:
    """The person is known to have a message half written for this ticket: their pages need not ask."""
    without = Func(F("unsent"), Value(number), function="array_remove")
    Person.objects.filter(pk=person_id).update(unsent=Func(without, Value(number), function="array_append"))


def forget_unsent(person_id: int, number: int) -> None:
    without = Func(F("unsent"), Value(number), function="array_remove")
    Person.objects.filter(pk=person_id).update(unsent=without)
