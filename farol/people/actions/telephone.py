"""What people identify themselves with on the telephone, and guesses at it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, connection, transaction

from farol.audit import actions as audit
from farol.kernel import documents
from farol.kernel.actor import Actor, Channel, Side
from farol.people.models import Person, WrongPin
from farol.people.queries import telephone as queries
from farol.people.rules.telephone import (
    GUESSES_COUNT_FOR,
    MOST_BY_CALLER,
    MOST_OF_SUBJECT,
    CpfTaken,
    Guesses,
    PinTaken,
    good_pin,
    is_too_many,
)

GUESSED = """
INSERT INTO people_wrongpin (subject, caller, guess, at) VALUES (%s, %s, %s, %s)
ON CONFLICT (subject, caller, guess) DO NOTHING
"""
KNOWN = """
INSERT INTO people_knowncaller (organization_id, caller) VALUES (%s, %s)
ON CONFLICT (organization_id, caller) DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who was found; nobody when document and PIN do not go together, and it is not told which of them is wrong."""

    person: Person | None = None
    is_ambiguous: bool = False  # two customers are keyed alike and so are their PINs: the CPF decides


def choose_pin(person: Person, pin: str) -> None:
    """The contact identifies themselves on the telephone with this PIN (R-017, R-027). Raises PinRefused, PinTaken."""
    own = tuple(filter(None, (person.cpf, person.organization.keypad if person.organization else None)))
    digest = queries.pin_digest(person.organization_id or 0, good_pin(pin, documents=own))
    try:
        with transaction.atomic():
            Person.objects.filter(pk=person.pk).update(pin_digest=digest)
    except IntegrityError:
        raise PinTaken from None
    person.pin_digest = digest


def forget_pin(person: Person) -> None:
    """The contact has no PIN: on the telephone they are sent to the Assessoria."""
    Person.objects.filter(pk=person.pk).update(pin_digest="")
    person.pin_digest = ""


def record_cpf(person: Person, cpf: str) -> None:
    """The contact is known by this CPF, and nobody else is (R-027). Raises CpfRefused, CpfTaken."""
    plain = documents.cpf(cpf) if cpf.strip() else None
    try:
        with transaction.atomic():
            Person.objects.filter(pk=person.pk).update(cpf=plain)
    except IntegrityError:
        raise CpfTaken from None
    person.cpf = plain


def identify_caller(document: str, pin: str, *, number: str, now: datetime) -> Caller:
    """Who keyed this CNPJ or CPF and this PIN from that number, if anybody (R-027, R-031).

    A wrong PIN is counted as a guess. After too many every PIN is a wrong one.
    """
    found, subject, customers = _meant(document, pin)
    caller = queries.caller_digest(number)
    tried = queries.tried(subject, caller, pin, customers, now=now)
    is_limited = is_too_many(tried.guesses, is_known=tried.is_known, is_hidden=not caller)
    if is_limited or not found:
        if not is_limited and pin and not tried.is_repeated:
            _guess(subject, caller, pin, tried.guesses, number=number, now=now)
        return Caller()
    if len(found) > 1:
        return Caller(is_ambiguous=True)
    if caller and not tried.is_known:
        with connection.cursor() as cursor:
            cursor.execute(KNOWN, [found[0].organization_id, caller])
    return Caller(found[0])


def forget_guesses(now: datetime) -> int:
    """Guesses that do not count any more are gone; answers how many."""
    return WrongPin.objects.filter(at__lt=now - GUESSES_COUNT_FOR).delete()[0]


def _meant(document: str, pin: str) -> tuple[list[Person], str, list[int]]:
    """Whom document and PIN find together, whose PIN was tried, and of which customers."""
    if customers := queries.customers_keyed(document):
        found = queries.contacts_with_pin(customers, pin)
        return found, f"organization:{customers[0].pk}", [customer.pk for customer in customers]
    if person := queries.contact_keyed(document):
        found = [person] if queries.pin_matches(person, pin) else []
        return found, f"person:{person.pk}", [person.organization_id or 0]
    return [], "nobody", []


def _guess(subject: str, caller: str, pin: str, before: Guesses, *, number: str, now: datetime) -> None:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(GUESSED, [subject, caller, queries.guess_digest(subject, pin), now])
            is_new = cursor.rowcount == 1
        if is_new and (before.of_subject + 1 == MOST_OF_SUBJECT or (caller and before.by_caller + 1 == MOST_BY_CALLER)):
            by = Actor(Side.HOUSE, Channel.PHONE, address=number)
            facts = {"of_subject": before.of_subject + 1, "by_caller": before.by_caller + 1}
            audit.record("phone.pins_guessed", by, subject, facts, at=now)
