"""Questions about customers, contacts and staff."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Q, QuerySet

from farol.kernel.actor import Actor, Channel, Side
from farol.people.models import Area, Office, Organization, Person, Session, Token
from farol.people.queries.portfolio import all_staff as all_staff
from farol.people.queries.portfolio import area_ids_of as area_ids_of
from farol.people.queries.portfolio import area_ids_of_kinds as area_ids_of_kinds
from farol.people.queries.portfolio import areas_of_all as areas_of_all
from farol.people.queries.portfolio import assignments_of as assignments_of
from farol.people.queries.portfolio import customers_by_executive as customers_by_executive
from farol.people.queries.portfolio import customers_of as customers_of
from farol.people.queries.portfolio import executive_of as executive_of
from farol.people.queries.portfolio import executives as executives
from farol.people.queries.portfolio import gar_of as gar_of
from farol.people.queries.portfolio import looks_after as looks_after
from farol.people.queries.portfolio import portfolio_of as portfolio_of
from farol.people.queries.portfolio import portfolios as portfolios
from farol.people.queries.portfolio import staff_as as staff_as
from farol.people.queries.portfolio import without_executive as without_executive
from farol.people.queries.portfolio import works_in as works_in
from farol.people.queries.telephone import pin_matches as pin_matches
from farol.people.rules.staff import Right
from farol.statements.compiled import Statement


@dataclass(frozen=True, slots=True)
class Named:
    """A person as a history names them."""

    pk: int
    name: str
    is_staff_member: bool
    title: str = ""

    @classmethod
    def of(cls, person: Person) -> Named:
        return cls(person.pk, person.name, person.is_staff_member, person.title)

    @property
    def first_name(self) -> str:
        return self.name.split(" ", 1)[0]


def actor_of(person: Person, channel: Channel, address: str = "") -> Actor:
    """`person` acting through `channel` from `address` (IP or telephone)."""
    return Actor(
        side=Side.STAFF if person.is_staff_member else Side.CUSTOMER,
        channel=channel,
        person_id=person.pk,
        organization_id=person.organization_id or 0,
        name=person.name,
        is_manager=person.is_manager,
        address=address,
        role=person.role,
        is_onlooker=person.is_staff_member and not person.may(Right.INNER),
        behind=person.behind,
    )


def staff_actor(person_id: int, channel: Channel, address: str = "") -> Actor:
    """A member of the staff by their number, as when they act as somebody else."""
    return actor_of(staff().get(pk=person_id), channel, address)


TOKEN = Statement(
    lambda digest, now: Token.objects.select_related("person__organization").filter(
        digest=digest, expires_at__gt=now, revoked_at=None, person__is_active=True
    ),
    digest=str,
    now=datetime,
)
SIGNED_IN = Statement(
    lambda person_id: Person.objects.select_related("organization").filter(pk=person_id, is_active=True),
    person_id=int,
)
SESSION = Statement(
    lambda key, now, seen, began: Session.objects.select_related("person__organization").filter(
        session_key=key, expire_date__gt=now, seen_at__gt=seen, began_at__gt=began
    ),
    key=str,
    now=datetime,
    seen=datetime,
    began=datetime,
)


def token_of(secret: str, *, now: datetime) -> Token | None:
    """The valid token with this secret, its person and organization along."""
    return TOKEN.first(digest=hashlib.sha256(secret.encode()).hexdigest(), now=now)


def person_by_email(email: str) -> Person | None:
    return Person.objects.select_related("organization").filter(email=email.strip().lower(), is_active=True).first()


def digest_of(email: str) -> str:
    return hashlib.sha256(email.strip().lower().encode()).hexdigest()


def person_signed_in(person_id: int) -> Person | None:
    return SIGNED_IN.first(person_id=person_id)


def sessions_alive(keys: Collection[str], *, now: datetime, idle: timedelta, longest: timedelta) -> set[str]:
    """Those of the sessions that are not over, and whose person may still come in."""
    alive = Session.objects.filter(session_key__in=keys, expire_date__gt=now, person__is_active=True)
    alive = alive.filter(seen_at__gt=now - idle, began_at__gt=now - longest)
    return set(alive.values_list("session_key", flat=True))


def session_of(key: str, *, now: datetime, idle: timedelta, longest: timedelta) -> Session | None:
    """The session that is not over, with its person and their organization.

    It is over when nobody was seen with it for as long as `idle`, and after `longest` in any case.
    """
    return SESSION.first(key=key, now=now, seen=now - idle, began=now - longest)


def people_named(ids: Iterable[int | None], *, at_hand: Iterable[Person | None] = ()) -> dict[int, Named]:
    """Only what a history says of people: who they are and on whose side. Those at hand are not read again."""
    found = {person.pk: Named.of(person) for person in at_hand if person}
    wanted = list({i for i in ids if i is not None and i not in found})
    if not wanted:
        return found
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, name, kind, title FROM people_person WHERE id = ANY(%s)", [wanted])
        rows = cursor.fetchall()
    return found | {pk: Named(pk, name, kind == Person.Kind.STAFF, title) for pk, name, kind, title in rows}


def people_by_id(ids: Iterable[int | None]) -> dict[int, Person]:
    return Person.objects.in_bulk({i for i in ids if i is not None})


def contact_of(organization_id: int, contact_id: int) -> Person | None:
    return Person.objects.filter(
        pk=contact_id, organization_id=organization_id, kind=Person.Kind.CONTACT, is_active=True
    ).first()


def contacts_of(organization_id: int) -> QuerySet[Person]:
    return Person.objects.filter(organization_id=organization_id, kind=Person.Kind.CONTACT, is_active=True).order_by(
        "name"
    )


def staff() -> QuerySet[Person]:
    return Person.objects.filter(kind=Person.Kind.STAFF, is_active=True).order_by("name")


def staff_of(area_id: int) -> QuerySet[Person]:
    return staff().filter(areas=area_id)


def areas() -> QuerySet[Area]:
    return Area.objects.all()


def area_of_kind(kind: str) -> Area | None:
    """The first of its kind."""
    return Area.objects.filter(kind=kind).first()


def offices() -> QuerySet[Office]:
    return Office.objects.order_by("name")


def office_for(state: str) -> Office | None:
    """Who serves customers of that state on site (R-096)."""
    return Office.objects.filter(states__contains=[state]).order_by("code").first() if state else None


def areas_of(person: Person) -> list[Area]:
    return list(person.areas.all())


def organizations() -> QuerySet[Organization]:
    return Organization.objects.order_by("name")


def organization(organization_id: int) -> Organization | None:
    return Organization.objects.filter(pk=organization_id).first()


def people_known_as(text: str) -> QuerySet[Person]:
    """Contacts and staff, gone ones too, with `text` in their name or with this address."""
    return Person.objects.filter(Q(name__icontains=text) | Q(email=text.strip().lower())).order_by("name")


def organizations_named(text: str) -> QuerySet[Organization]:
    """Customers with `text` in a name, or whose CNPJ begins with it; letters of a CNPJ stay (R-033)."""
    plain = re.sub(r"[./\s-]", "", text).upper()
    named = Q(name__icontains=text) | Q(legal_name__icontains=text)
    return Organization.objects.filter(named | Q(cnpj__startswith=plain) if plain else named).order_by("name")
