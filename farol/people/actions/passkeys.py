"""Keys in the person's own devices (WebAuthn): asked for, added, believed, taken away.

Between question and answer nothing is kept here: the question travels sealed with the
page, and a question that was answered once is no question any more.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from farol.audit import actions as audit
from farol.kernel.actor import Actor
from farol.people.actions.factors import drop_idle_paper, renew_recovery_codes
from farol.people.actions.pacing import is_first_use
from farol.people.models import Passkey, Person, RecoveryCode
from farol.people.queries.keys import passkeys_of
from farol.people.rules.proofs import KeyCopied, KeyRefused, KeyTooLate
from farol.people.sealing import keyed_digest, opened, sealed

ANSWER_WITHIN = timedelta(minutes=5)
ADDING, ENTERING = "adding a passkey", "entering by passkey"
MOST = 20
REFUSED = (ValueError, KeyError, TypeError, AttributeError, IndexError, UnicodeError, RecursionError)
"""What a badly made answer ends in."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the browser believes to be: a key made for one place is worth nothing at another."""

    host: str
    origin: str

    @property
    def server(self) -> Fido2Server:
        rp = PublicKeyCredentialRpEntity(id=self.host.partition(":")[0], name="Farol")
        return Fido2Server(rp, verify_origin=lambda origin: origin == self.origin)


@dataclass(frozen=True, slots=True)
class Question:
    """`options` for the browser, and what it brings back with the answer."""

    options: Mapping[str, Any]
    state: str

    @property
    def options_json(self) -> str:
        return json.dumps(self.options)


def ask_for_new(person: Person, place: Place) -> Question:
    """A device may make a key for the person; one that has one already says so."""
    handle = bytes.fromhex(keyed_digest(str(person.pk), purpose="passkey handle"))
    options, state = place.server.register_begin(
        PublicKeyCredentialUserEntity(id=handle, name=person.email, display_name=person.name),
        credentials=_credentials(passkeys_of(person)),
        resident_key_requirement=ResidentKeyRequirement.PREFERRED,
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return Question(dict(options)["publicKey"], _packed(state, f"{ADDING} {person.pk}"))


@transaction.atomic
def add_passkey(
    person: Person, answer: str, state: str, *, name: str, place: Place, by: Actor, now: datetime
) -> list[str]:
    """The device's key opens the person's account; answers codes for paper, if there were none. Raises KeyRefused."""
    asked = _unpacked(state, f"{ADDING} {person.pk}", now)
    try:
        made = place.server.register_complete(asked, _read(answer))
    except REFUSED as error:
        raise KeyRefused from error
    found = made.credential_data
    if found is None or Passkey.objects.filter(person=person).count() >= MOST:
        raise KeyRefused
    id = websafe_encode(found.credential_id)
    if len(id) > 1400 or Passkey.objects.filter(credential_id=id).exists():
        raise KeyRefused
    Passkey.objects.create(
        person=person, credential_id=id, credential=bytes(found), name=name[:60], uses=made.counter, created_at=now
    )
    audit.record("person.passkey_added", by, f"person:{person.pk}", {"name": name[:60]})
    return [] if RecoveryCode.objects.filter(person=person).exists() else renew_recovery_codes(person, by=by)


@transaction.atomic
def remove_passkey(person: Person, passkey_id: int, *, by: Actor) -> bool:
    """The key opens nothing any more, if it was the person's."""
    passkey = Passkey.objects.filter(person=person, pk=passkey_id).first()
    if passkey is None:
        return False
    passkey.delete()
    audit.record("person.passkey_removed", by, f"person:{person.pk}", {"name": passkey.name})
    drop_idle_paper(person)
    return True


def ask(place: Place, person: Person | None = None) -> Question:
    """Whoever holds a key may show it: alone it is proof enough if its device knows its owner, by finger or PIN.

    After the password (`person`) holding it is enough.
    """
    verification = UserVerificationRequirement.PREFERRED if person else UserVerificationRequirement.REQUIRED
    options, state = place.server.authenticate_begin(
        _credentials(passkeys_of(person)) if person else None, user_verification=verification
    )
    return Question(dict(options)["publicKey"], _packed(state, _entering(person)))


def shown_by(answer: str, state: str, *, place: Place, person: Person | None = None, now: datetime) -> Person:
    """Whose key it is that was shown, the person alone if one is named. Raises KeyRefused, KeyTooLate, KeyCopied."""
    asked = _unpacked(state, _entering(person), now)
    try:
        said = AuthenticationResponse.from_dict(_read(answer))
        known = _known(websafe_encode(said.raw_id), person)
        place.server.authenticate_complete(asked, _credentials([known]), said)
    except REFUSED as error:
        raise KeyRefused from error
    _count_use(known.pk, said.response.authenticator_data.counter, now)
    return known.person


@transaction.atomic
def _count_use(passkey_id: int, uses: int, now: datetime) -> None:
    passkey = Passkey.objects.select_for_update().get(pk=passkey_id)
    if passkey.uses and uses <= passkey.uses:
        raise KeyCopied
    passkey.uses, passkey.used_at = uses, now
    passkey.save(update_fields=["uses", "used_at"])


def _known(id: str, person: Person | None) -> Passkey:
    held = Passkey.objects.select_related("person__organization").filter(credential_id=id, person__is_active=True)
    found = (held.filter(person=person) if person else held).first()
    if found is None:
        raise KeyRefused
    return found


def _read(answer: str) -> Mapping[str, Any]:
    said = json.loads(answer[:40_000])
    if not isinstance(said, dict):
        raise KeyRefused
    return said


def _packed(state: Mapping[str, Any], purpose: str) -> str:
    return sealed(json.dumps(state).encode(), purpose=purpose)


def _unpacked(state: str, purpose: str, now: datetime) -> dict[str, Any]:
    text = opened(state, purpose=purpose, within=int(ANSWER_WITHIN.total_seconds()))
    if text is None or not is_first_use(ENTERING, hashlib.sha256(text).hexdigest(), life=ANSWER_WITHIN, now=now):
        raise KeyTooLate
    found: dict[str, Any] = json.loads(text)
    return found


def _entering(person: Person | None) -> str:
    return f"{ENTERING} {person.pk if person else 'anybody'}"


def _credentials(passkeys: Sequence[Passkey]) -> list[AttestedCredentialData]:
    return [AttestedCredentialData(bytes(passkey.credential)) for passkey in passkeys]
