"""Questions about links: which one a secret opens, and what the secret of one is."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime

from django.conf import settings

from farol.people.models.links import AccessRequest, Link
from farol.people.rules.links import LinkUnknown, Purpose, Standing, standing

LONGEST = 100


def secret_of(link: Link) -> str:
    """What the letter says; "" if the house has changed its key since and does not know it any more."""
    for key in (settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)):
        secret = secret_for(link.nonce, key)
        if digest_of(secret) == link.digest:
            return secret
    return ""


def secret_for(nonce: str, key: str) -> str:
    made = hmac.digest(key.encode(), b"farol.people.link:" + nonce.encode(), "sha256")
    return base64.urlsafe_b64encode(made).decode().rstrip("=")


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def link_behind(secret: str, purpose: Purpose) -> Link:
    """The link with this secret, whatever became of it. Raises LinkUnknown (R-012)."""
    found = None
    if len(secret) <= LONGEST:
        found = Link.objects.select_related("person__organization", "request__organization").filter(
            digest=digest_of(secret), purpose=purpose
        )
    link = found.first() if found is not None else None
    if link is None:
        raise LinkUnknown
    return link


def link(link_id: int) -> Link | None:
    return Link.objects.select_related("person__organization", "request__organization").filter(pk=link_id).first()


def standing_of(link: Link, *, now: datetime) -> Standing:
    return standing(link.sent, is_welcome=_is_welcome(link), now=now)


def _is_welcome(link: Link) -> bool:
    """The person may still come in, at the address that the link was sent to; the wish was not answered yet."""
    if link.person is not None:
        return link.person.is_active and link.person.email == link.address
    return link.request is not None and link.request.state == AccessRequest.State.WAITING
