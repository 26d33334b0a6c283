"""Coming in by the word of a provider of identities (OpenID Connect, code flow with PKCE).

What was asked travels sealed in a cookie of the browser that asked; nothing is kept for
strangers. A person is found by the address that the provider has verified, among those
who are here already; nobody is made.
"""

from __future__ import annotations

import base64
import hashlib
import json
import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from farol.people.actions.fetching import NotFetched, fetch
from farol.people.actions.pacing import is_first_use, pay, pay_back
from farol.people.models import Person, Vouched
from farol.people.rules.openid import (
    NO_SIGNATURE,
    NOT_EXCHANGED,
    UNREADABLE,
    AnswerRefused,
    AnswerTooLate,
    EntryDenied,
    NobodyHere,
    OpenIdRefused,
    Provider,
    ProviderDown,
    Said,
    SomebodyElse,
    believed,
    check_issuer,
)
from farol.people.rules.pace import MISTAKES_OF_AN_ADDRESS, network_of
from farol.people.sealing import opened, sealed

ASKED = "asking a provider"
ANSWER_WITHIN = timedelta(minutes=10)
KNOWN_FOR, DOWN_FOR = timedelta(minutes=10), timedelta(seconds=15)
"""How long what a provider says of itself is remembered, and that it did not answer."""
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519", "EdDSA"]
"""Signatures of the provider alone; never one that we could have made ourselves."""

log = logging.getLogger("farol.openid")
_known: dict[str, tuple[datetime, Any]] = {}


@dataclass(frozen=True, slots=True)
class Way:
    """The provider's page to go to, and what the browser brings back to its answer."""

    url: str
    cookie: str


@dataclass(frozen=True, slots=True)
class Entry:
    person: Person
    next: str
    is_double: bool


def provider_named(id: str) -> Provider | None:
    return next((provider for provider in settings.OPENID_PROVIDERS if provider.id == id), None)


def begin(provider: Provider, *, answer_to: str, wanted: str, now: datetime) -> Way:
    """The browser goes to the provider with a question that only it can bring the answer to. Raises ProviderDown."""
    about = _about(provider, now)
    asked = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
    challenge = base64.urlsafe_b64encode(hashlib.sha256(asked["verifier"].encode()).digest()).rstrip(b"=").decode()
    facts = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": answer_to,
        "scope": "openid email",
        "state": asked["state"],
        "nonce": asked["nonce"],
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    address = _text(about, "authorization_endpoint", provider)
    kept = {**asked, "provider": provider.id, "at": now.timestamp(), "next": wanted[:2_000]}
    url = f"{address}{'&' if '?' in address else '?'}{urlencode(facts)}"
    return Way(url, sealed(json.dumps(kept).encode(), purpose=ASKED))


def finish(
    provider: Provider, answer: Mapping[str, str], cookie: str, *, answer_to: str, address: str, now: datetime
) -> Entry:
    """Who comes in by the provider's answer. Raises OpenIdRefused, TooManyTries."""
    network = network_of(address)
    pay(MISTAKES_OF_AN_ADDRESS, network, now=now)
    asked = _asked(provider, answer, cookie, now)
    if "error" in answer or "code" not in answer:
        log.info("%s: %s", provider.id, answer.get("error", "")[:100])
        raise EntryDenied(provider=provider.name)
    if "iss" in answer:
        check_issuer(answer["iss"], provider)
    about = _about(provider, now)
    tokens = _exchanged(provider, about, answer["code"], asked["verifier"], answer_to)
    claims = _proved(provider, about, tokens, now)
    said = believed(claims, provider, nonce=asked["nonce"], asked_at=asked["at"], now=now.timestamp())
    person = _person_of(provider, said)
    pay_back(MISTAKES_OF_AN_ADDRESS, network)
    return Entry(person, asked["next"], said.is_double)


@transaction.atomic
def _person_of(provider: Provider, said: Said) -> Person:
    """The person linked to this subject; the first time, who has the verified address and is active."""
    links = Vouched.objects.select_related("person__organization").filter(issuer=provider.issuer)
    link = links.filter(subject=said.subject).first()
    if link and link.person.is_active:
        return link.person
    nobody = NobodyHere(email=said.email, provider=provider.name)
    person = Person.objects.select_for_update().filter(email=said.email, is_active=True).first()
    if person is None or link:
        raise nobody
    if links.filter(person=person).exists():
        raise SomebodyElse(email=said.email, provider=provider.name)
    Vouched.objects.create(issuer=provider.issuer, subject=said.subject, person=person)
    return person


def _asked(provider: Provider, answer: Mapping[str, str], cookie: str, now: datetime) -> dict[str, Any]:
    text = opened(cookie, purpose=ASKED, within=int(ANSWER_WITHIN.total_seconds()))
    asked: dict[str, Any] = json.loads(text) if text else {}
    is_ours = bool(asked) and asked["provider"] == provider.id
    if not is_ours or not secrets.compare_digest(asked["state"].encode(), answer.get("state", "").encode()):
        raise AnswerTooLate(provider=provider.name)
    if not is_first_use(ASKED, asked["state"], life=ANSWER_WITHIN, now=now):
        raise AnswerTooLate(provider=provider.name)
    return asked


def _exchanged(provider: Provider, about: Mapping[str, Any], code: str, verifier: str, answer_to: str) -> Any:
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": answer_to, "code_verifier": verifier}
    headers = {}
    methods = about.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    if provider.client_secret and "client_secret_basic" in methods:
        pair = urlencode({provider.client_id: provider.client_secret}).replace("=", ":", 1)
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    else:
        form["client_id"] = provider.client_id
        if provider.client_secret:
            form["client_secret"] = provider.client_secret
    try:
        return fetch(_text(about, "token_endpoint", provider), form=form, headers=headers)
    except NotFetched as error:
        log.warning("%s: %s", provider.id, error)
        if "HTTPError" in str(error):
            raise AnswerRefused(provider=provider.name, reason=NOT_EXCHANGED) from error
        raise ProviderDown(provider=provider.name) from error


def _proved(provider: Provider, about: Mapping[str, Any], tokens: Any, now: datetime) -> dict[str, Any]:
    """The claims of the signed token; an address that it leaves out is asked for."""
    if not isinstance(tokens, dict) or not isinstance(tokens.get("id_token"), str):
        raise AnswerRefused(provider=provider.name, reason=UNREADABLE)
    claims = _claims(provider, about, tokens["id_token"], now)
    if "email" not in claims and "userinfo_endpoint" in about and isinstance(tokens.get("access_token"), str):
        told = _ask(provider, _text(about, "userinfo_endpoint", provider), tokens["access_token"])
        if told.get("sub") == claims.get("sub"):
            claims |= {name: told[name] for name in ("email", "email_verified") if name in told}
    return claims


def _claims(provider: Provider, about: Mapping[str, Any], token: str, now: datetime) -> dict[str, Any]:
    """Keys change: a signature that does not hold is proved once more with keys asked for anew."""
    for is_anew in (False, True):
        try:
            keys = KeySet.import_key_set(_remembered(provider, _text(about, "jwks_uri", provider), now, anew=is_anew))
            return dict(jwt.decode(token, keys, algorithms=ALGORITHMS).claims)
        except (JoseError, ValueError, TypeError, KeyError) as error:
            log.warning("%s: %s: %s", provider.id, type(error).__name__, error)
    raise AnswerRefused(provider=provider.name, reason=NO_SIGNATURE)


def _about(provider: Provider, now: datetime) -> dict[str, Any]:
    """What the provider says of itself, in its own name."""
    about = _remembered(provider, f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration", now)
    if not isinstance(about, dict):
        raise AnswerRefused(provider=provider.name, reason=UNREADABLE)
    check_issuer(about.get("issuer"), provider)
    return about


def _remembered(provider: Provider, url: str, now: datetime, *, anew: bool = False) -> Any:
    until, answer = _known.get(url, (now, None))
    if until <= now or (anew and answer is not None):
        try:
            until, answer = now + KNOWN_FOR, fetch(url)
        except NotFetched as error:
            log.warning("%s: %s", provider.id, error)
            until, answer = now + DOWN_FOR, None
        _known[url] = (until, answer)
    if answer is None:
        raise ProviderDown(provider=provider.name)
    return answer


def _ask(provider: Provider, url: str, token: str) -> Mapping[str, Any]:
    try:
        told = fetch(url, headers={"Authorization": f"Bearer {token}"})
    except NotFetched as error:
        log.warning("%s: %s", provider.id, error)
        raise ProviderDown(provider=provider.name) from error
    return told if isinstance(told, dict) else {}


def _text(about: Mapping[str, Any], name: str, provider: Provider) -> str:
    found = about.get(name)
    if not isinstance(found, str):
        raise AnswerRefused(provider=provider.name, reason=UNREADABLE)
    return found


def forget_providers() -> None:
    """What providers said of themselves is asked for anew."""
    _known.clear()


__all__ = ["Entry", "OpenIdRefused", "Way", "begin", "finish", "forget_providers", "provider_named"]
