"""The application that shows codes, and the codes on paper."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from farol.audit import actions as audit
from farol.kernel.actor import Actor
from farol.people.models import CodeApp, Passkey, Person, RecoveryCode, Session, Vouched
from farol.people.queries.keys import factors_of
from farol.people.rules.one_time import STEP as SECONDS
from farol.people.rules.one_time import found_in, plain_recovery_code, still_counting
from farol.people.rules.proofs import CodeUsed, CodeWrong, TelephoneClockWrong
from farol.people.sealing import keyed_digest, opened, sealed

SECRET_BYTES = 20
RECOVERY_CODES = 10
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
"""Nothing that reads like something else; ten of them are fifty bits nearly, more than can be tried."""
TO_SHOW_IT = 900
"""Seconds within which a secret that was shown is confirmed by a code."""
SECRET, PAPER = "code application", "recovery codes"


def shown_secret(person: Person) -> tuple[bytes, str]:
    """A fresh secret for the person's application, and the same sealed, for the form to bring back."""
    secret = secrets.token_bytes(SECRET_BYTES)
    return secret, sealed(secret, purpose=_showing(person))


def secret_shown(person: Person, text: str) -> bytes | None:
    """The secret that was shown to this person a moment ago."""
    return opened(text, purpose=_showing(person), within=TO_SHOW_IT)


@transaction.atomic
def add_code_app(person: Person, secret: bytes, code: str, *, by: Actor, now: datetime) -> list[str]:
    """The application is a second factor from now on, its first code being right; answers fresh codes for paper.

    An application that was there before is no factor any more. Raises CodeWrong, TelephoneClockWrong.
    """
    match = found_in(secret, code, now=now.timestamp())
    if match is None:
        raise CodeWrong
    if not match.is_in_time:
        raise TelephoneClockWrong(seconds=abs(match.drift) * SECONDS)
    about = {"sealed": sealed(secret, purpose=SECRET), "spent": [match.step], "created_at": now, "used_at": None}
    CodeApp.objects.update_or_create(person=person, defaults=about)
    audit.record("person.code_app_added", by, f"person:{person.pk}")
    return renew_recovery_codes(person, by=by)


@transaction.atomic
def renew_recovery_codes(person: Person, *, by: Actor) -> list[str]:
    """Ten codes for paper are worth something, once each, and those before them nothing; they are seen only now."""
    codes = [_new_code() for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.filter(person=person).delete()
    RecoveryCode.objects.bulk_create([RecoveryCode(person=person, digest=_digest(person, code)) for code in codes])
    audit.record("person.recovery_codes_renewed", by, f"person:{person.pk}")
    return codes


@transaction.atomic
def remove_code_app(person: Person, *, by: Actor) -> None:
    """The application is no factor any more; without any factor, the codes for paper are worth nothing."""
    if CodeApp.objects.filter(person=person).delete()[0]:
        audit.record("person.code_app_removed", by, f"person:{person.pk}")
        drop_idle_paper(person)


def drop_idle_paper(person: Person) -> None:
    """Codes for paper that stand in for nothing are gone."""
    if not factors_of(person).are_there:
        RecoveryCode.objects.filter(person=person).delete()


def drop_keys(person: Person) -> None:
    """Nothing but the password opens the account."""
    for model in (CodeApp, RecoveryCode, Passkey, Vouched):
        model.objects.filter(person=person).delete()


@transaction.atomic
def forget_factors(person: Person, *, reason: str, by: Actor) -> None:
    """The person has lost everything but the password: no factor counts any more, and nobody is signed in as them."""
    drop_keys(person)
    Session.objects.filter(person=person).delete()
    audit.record("person.factors_forgotten", by, f"person:{person.pk}", {"reason": reason[:500]})


def use_code(person: Person, typed: str, *, by: Actor, now: datetime) -> None:
    """The code of application or paper is right, and used. Raises CodeWrong, CodeUsed, TelephoneClockWrong.

    What is refused for its clock is used too: of a code for a later moment nobody may learn that it will be right then.
    """
    if len(plain_recovery_code(typed)) == 10:
        _use_paper(person, typed, by)
    elif trouble := _use_app(person, typed, now):
        raise trouble


@transaction.atomic
def _use_app(person: Person, typed: str, now: datetime) -> CodeWrong | CodeUsed | TelephoneClockWrong | None:
    app = CodeApp.objects.select_for_update().filter(person=person).first()
    secret = opened(app.sealed, purpose=SECRET) if app else None
    match = found_in(secret, typed, now=now.timestamp()) if secret else None
    if app is None or match is None:
        return CodeWrong()
    if match.step in app.spent:
        return CodeUsed()
    app.spent = [*still_counting(app.spent, now=now.timestamp()), match.step]
    app.used_at = now if match.is_in_time else app.used_at
    app.save(update_fields=["spent", "used_at"])
    return None if match.is_in_time else TelephoneClockWrong(seconds=abs(match.drift) * SECONDS)


@transaction.atomic
def _use_paper(person: Person, typed: str, by: Actor) -> None:
    gone = RecoveryCode.objects.filter(person=person, digest=_digest(person, typed)).delete()[0]
    if not gone:
        raise CodeWrong
    audit.record("person.recovery_code_used", by, f"person:{person.pk}")


def _new_code() -> str:
    letters = "".join(secrets.choice(LETTERS) for _ in range(10))
    return f"{letters[:5]}-{letters[5:]}"


def _digest(person: Person, code: str) -> str:
    return keyed_digest(f"{person.pk}\n{plain_recovery_code(code)}", purpose=PAPER)


def _showing(person: Person) -> str:
    return f"showing a secret to {person.pk}"
