"""What the database must keep and nobody who reads the database may use: sealed with a key made of the secret key."""

from __future__ import annotations

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.encoding import force_bytes


def sealed(secret: bytes, *, purpose: str) -> str:
    return _seals(purpose).encrypt(secret).decode()


def opened(text: str, *, purpose: str, within: int | None = None) -> bytes | None:
    """What was sealed for this purpose (and not longer than `within` seconds ago); nothing, if it was not."""
    try:
        return _seals(purpose).decrypt(text.encode(), ttl=within)
    except (InvalidToken, UnicodeError):
        return None


def keyed_digest(text: str, *, purpose: str) -> str:
    """For comparing what is too short to be left to a plain digest."""
    return hmac.digest(_derived(settings.SECRET_KEY, purpose), text.encode(), hashlib.sha256).hex()


def _seals(purpose: str) -> MultiFernet:
    """The current key seals; those before it, while they are named in the settings, still open."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_derived(key, purpose))) for key in keys])


def _derived(key: str | bytes, purpose: str) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=f"farol {purpose}".encode()).derive(force_bytes(key))
