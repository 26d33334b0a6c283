"""Who is calling: documents and PINs as they are keyed on a telephone (R-027, R-028, R-031)."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection

from farol.kernel import documents
from farol.people.models import Organization, Person
from farol.people.rules.telephone import GUESSES_COUNT_FOR, Guesses
from farol.statements.compiled import Statement

BY_KEYS = Statement(lambda keys: Organization.objects.filter(keypad=keys).order_by("id")[:40], keys=str)
BY_CPF = Statement(
    lambda cpf: Person.objects.select_related("organization").filter(cpf=cpf, kind=Person.Kind.CONTACT, is_active=True),
    cpf=str,
)
BY_PIN = Statement(
    lambda organization_id, digest: Person.objects.select_related("organization").filter(
        organization=organization_id, pin_digest=digest, kind=Person.Kind.CONTACT, is_active=True
    ),
    organization_id=int,
    digest=str,
)
COUNTED = """
SELECT (SELECT count(*) FROM people_wrongpin WHERE caller = %(caller)s AND at > %(since)s),
       (SELECT count(DISTINCT guess) FROM people_wrongpin WHERE subject = %(subject)s AND at > %(since)s),
       EXISTS (SELECT FROM people_knowncaller WHERE organization_id = ANY(%(organizations)s) AND caller = %(caller)s),
       EXISTS (SELECT FROM people_wrongpin
               WHERE subject = %(subject)s AND caller = %(caller)s AND guess = %(guess)s AND at > %(since)s)
"""


def pin_digest(organization_id: int, pin: str) -> str:
    """What is kept of a PIN: comparable among the contacts of one customer, readable by nobody (R-028).

    The key comes from the installation's secret, so that the table alone is no help to whoever tries all numbers.
    """
    return _keyed(f"pin:{organization_id}:{pin}").hex()


def pin_matches(person: Person, pin: str) -> bool:
    """In constant time; a contact without a PIN matches none (R-028)."""
    kept = person.pin_digest or "-" * 64
    return hmac.compare_digest(kept.encode(), pin_digest(person.organization_id or 0, pin).encode())


def caller_digest(number: str) -> str:
    """What is kept of a number that calls, to know it again; empty for a hidden one."""
    return _keyed(f"caller:{number}").hex()[:32] if number else ""


def guess_digest(subject: str, pin: str) -> str:
    return _keyed(f"guess:{subject}:{pin}").hex()[:32]


def customers_keyed(keys: str) -> list[Organization]:
    """Registered customers whose CNPJ is keyed like that (R-031); its check digits say nothing here (R-032)."""
    return BY_KEYS.all(keys=keys) if len(keys) == 14 and _are_keys(keys) else []


def contact_keyed(keys: str) -> Person | None:
    """The contact with this CPF (R-027)."""
    if len(keys) != 11 or not _are_keys(keys):
        return None
    try:
        return BY_CPF.first(cpf=documents.cpf(keys))
    except documents.CpfRefused:
        return None


def contacts_with_pin(customers: Sequence[Organization], pin: str) -> list[Person]:
    """One at most of each customer (R-027)."""
    found = []
    for customer in customers:
        found += BY_PIN.all(organization_id=customer.pk, digest=pin_digest(customer.pk, pin))
    return [person for person in found if pin_matches(person, pin)]


@dataclass(frozen=True, slots=True)
class Tried:
    """What is known before a PIN is judged."""

    guesses: Guesses
    is_known: bool  # the number, to one of these customers
    is_repeated: bool  # this very PIN was wrong before


def tried(subject: str, caller: str, pin: str, organizations: Sequence[int], *, now: datetime) -> Tried:
    asked: dict[str, Any] = {
        "caller": caller,
        "subject": subject,
        "since": now - GUESSES_COUNT_FOR,
        "organizations": list(organizations),
        "guess": guess_digest(subject, pin),
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, asked)
        by_caller, of_subject, is_known, is_repeated = cursor.fetchone()
    return Tried(Guesses(by_caller, of_subject), bool(is_known and caller), is_repeated)


def _are_keys(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _keyed(text: str) -> bytes:
    key = hmac.digest(settings.SECRET_KEY.encode(), b"farol: what is keyed on a telephone", "sha256")
    return hmac.digest(key, text.encode(), "sha256")
