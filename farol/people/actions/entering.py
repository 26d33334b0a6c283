"""Knocking, being let in, and being sent to the Assessoria."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import authenticate
from django.db import connection
from django.db.models import F

from farol.audit import actions as audit
from farol.kernel.actor import Actor, Channel, Side
from farol.people.actions import factors, passkeys
from farol.people.actions.factors import use_code
from farol.people.actions.pacing import forgive, narrow_gate, pay, pay_back
from farol.people.actions.passkeys import Place, shown_by
from farol.people.models import Mistakes, Person
from farol.people.queries import actor_of, digest_of, person_by_email
from farol.people.rules import FORGOTTEN_AFTER, MISTAKES_FORGIVEN, tries_left
from farol.people.rules.pace import (
    MISTAKES_OF_AN_ACCOUNT,
    MISTAKES_OF_AN_ADDRESS,
    WATCHED_AFTER,
    TooManyTries,
    network_of,
)
from farol.people.rules.proofs import CodeWrong, PasswordWrong, ProofRefused

TRY = """
    INSERT INTO people_mistakes AS known (digest, count, last_at) VALUES (%(digest)s, 1, %(now)s)
    ON CONFLICT (digest) DO UPDATE SET
        count = CASE WHEN known.last_at > %(forgotten)s THEN known.count + 1 ELSE 1 END, last_at = %(now)s
    WHERE known.last_at <= %(forgotten)s OR known.count < %(most)s
    RETURNING count, xmax = 0
"""
SWEEP = """
    DELETE FROM people_mistakes WHERE id IN (
        SELECT id FROM people_mistakes WHERE last_at <= %s ORDER BY last_at LIMIT 4 FOR UPDATE SKIP LOCKED
    )
"""


@dataclass(frozen=True, slots=True)
class Knock:
    """Who it is, if the password was theirs; or else how many tries are left before the Assessoria is called."""

    person: Person | None
    tries_left: int


@dataclass(frozen=True, slots=True)
class Proof:
    """What was wrong with it, and how many tries are left."""

    trouble: ProofRefused | None
    tries_left: int


@dataclass(frozen=True, slots=True)
class Shown:
    """Whose key it is, or what is wrong with it."""

    person: Person | None
    trouble: ProofRefused | None


@dataclass(frozen=True, slots=True)
class Added:
    """Codes for paper that came with it, or what is wrong with it."""

    codes: list[str]
    trouble: ProofRefused | None


def knock(email: str, password: str, *, address: str, now: datetime) -> Knock:
    """The person, if the password is theirs; three mistakes in a row are forgiven (R-013). Raises TooManyTries.

    A try is taken before the password is compared and given back if it was right, so
    that tries at the same time are no more than tries one after the other. An address
    that nobody has is answered alike, and costs as much.
    """
    network = network_of(address)
    bill = pay(MISTAKES_OF_AN_ADDRESS, network, now=now)
    left = take_try(email, now=now)
    if left is None:
        return Knock(None, 0)
    person = _compared(email, password, is_watched=bill > WATCHED_AFTER * MISTAKES_OF_AN_ADDRESS.every, now=now)
    if not isinstance(person, Person):
        _note_mistake(email, left, address)
        return Knock(None, left)
    give_back_try(email)
    pay_back(MISTAKES_OF_AN_ADDRESS, network)
    pay_back(MISTAKES_OF_AN_ACCOUNT, digest_of(email))
    return Knock(person, left)


def _compared(email: str, password: str, *, is_watched: bool, now: datetime) -> object:
    """Whose password it is. What was not compared was no mistake: the try is given back. Raises TooManyTries."""
    try:
        pay(MISTAKES_OF_AN_ACCOUNT, digest_of(email), now=now)
        with narrow_gate() if is_watched else nullcontext():
            return authenticate(username=email, password=password)
    except TooManyTries:
        give_back_try(email)
        raise


def take_try(email: str, *, now: datetime) -> int | None:
    """One of the four tries is used; answers how many are left, and nothing if there was none (R-013)."""
    forgotten = now - FORGOTTEN_AFTER
    facts: dict[str, str | int | datetime] = {
        "digest": digest_of(email),
        "now": now,
        "forgotten": forgotten,
        "most": MISTAKES_FORGIVEN + 1,
    }
    with connection.cursor() as cursor:
        cursor.execute(TRY, facts)
        found = cursor.fetchone()
        if found and found[1]:
            cursor.execute(SWEEP, [forgotten])
    return tries_left(found[0]) if found else None


def give_back_try(email: str) -> None:
    """What was tried was right, but there is more to prove: earlier mistakes still count."""
    Mistakes.objects.filter(digest=digest_of(email), count__gt=0).update(count=F("count") - 1)


def forget_mistakes(email: str) -> None:
    """Having come in starts the count anew (R-013)."""
    Mistakes.objects.filter(digest=digest_of(email)).delete()
    forgive(MISTAKES_OF_AN_ACCOUNT, digest_of(email))


def let_in(person: Person, *, way: str, address: str) -> None:
    """The person has proved who they are, in this way; it is on the trail, and mistakes are forgotten (R-013)."""
    forget_mistakes(person.email)
    audit.record("person.signed_in", actor_of(person, Channel.PORTAL, address), f"person:{person.pk}", {"way": way})


def prove_by_code(person: Person, typed: str, *, by: Actor, now: datetime) -> Proof:
    """Whether the code is right, and used from now on; each wrong one takes one of the four tries (R-013)."""
    return _proved(person, lambda: use_code(person, typed, by=by, now=now), by, now)


def prove_by_password(person: Person, password: str, *, by: Actor, now: datetime) -> Proof:
    """Whether somebody signed in knows the password still; each wrong one takes one of the four tries (R-013)."""

    def compare() -> None:
        if not person.check_password(password):
            raise PasswordWrong

    return _proved(person, compare, by, now)


def prove_by_key(person: Person, answer: str, state: str, *, place: Place, by: Actor, now: datetime) -> Proof:
    """Whether the key that was shown is one of the person's; each wrong one takes one of the four tries (R-013)."""

    def compare() -> None:
        shown_by(answer, state, place=place, person=person, now=now)

    return _proved(person, compare, by, now)


def person_of_key(answer: str, state: str, *, place: Place, address: str, now: datetime) -> Shown:
    """Who comes in by the key that was shown. Raises TooManyTries."""
    network = network_of(address)
    pay(MISTAKES_OF_AN_ADDRESS, network, now=now)
    try:
        person = shown_by(answer, state, place=place, now=now)
    except ProofRefused as trouble:
        return Shown(None, trouble)
    pay_back(MISTAKES_OF_AN_ADDRESS, network)
    return Shown(person, None)


def add_code_app(person: Person, secret: bytes, code: str, *, by: Actor, now: datetime) -> Added:
    """The application is a second factor from now on, if its first code is right."""
    return _added(lambda: factors.add_code_app(person, secret, code, by=by, now=now))


def add_passkey(person: Person, answer: str, state: str, *, name: str, place: Place, by: Actor, now: datetime) -> Added:
    """The device's key opens the account from now on, if it was made for it."""
    return _added(lambda: passkeys.add_passkey(person, answer, state, name=name, place=place, by=by, now=now))


def _added(add: Callable[[], list[str]]) -> Added:
    try:
        return Added(add(), None)
    except ProofRefused as trouble:
        return Added([], trouble)


def _proved(person: Person, compare: Callable[[], None], by: Actor, now: datetime) -> Proof:
    pay(MISTAKES_OF_AN_ADDRESS, network_of(by.address), now=now)
    left = take_try(person.email, now=now)
    if left is None:
        return Proof(CodeWrong(), 0)
    try:
        compare()
    except ProofRefused as trouble:
        _note_mistake(person.email, left, by.address)
        return Proof(trouble, left)
    give_back_try(person.email)
    pay_back(MISTAKES_OF_AN_ADDRESS, network_of(by.address))
    return Proof(None, left)


def sweep_mistakes(now: datetime) -> int:
    """Mistakes that no longer count are gone; answers how many rows."""
    return Mistakes.objects.filter(last_at__lte=now - FORGOTTEN_AFTER).delete()[0]


def _note_mistake(email: str, left: int, address: str) -> None:
    """On the trail for accounts that exist: four lines in a quarter of an hour at most, whoever tries."""
    person = person_by_email(email)
    if person is None:
        return
    stranger = Actor(Side.CUSTOMER, Channel.PORTAL, address=address)
    audit.record("person.sign_in_failed", stranger, f"person:{person.pk}", {"tries_left": left})
    if not left:
        audit.record("person.locked", stranger, f"person:{person.pk}", {})
