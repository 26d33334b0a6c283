"""Where a letter is answered: addresses that name ticket and reader, and that nobody else can make up.

``suporte+118402.12.k5j2v7q4m3x6y7za@farol.example`` lies in the mailbox `suporte` by the convention of plus
addresses; the last piece is a signature, in letters that survive a change of case.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.utils.crypto import constant_time_compare, salted_hmac

SALT = "farol.notify.answerable"
QUESTIONS = "farol.notify.questions"
UNFOLLOW = "farol.notify.unfollow"
SIGNED = re.compile(r"(\d{1,18})\.(\d{1,18})\.([a-z2-7]{16})")


@dataclass(frozen=True, slots=True)
class Answerable:
    """A letter's ticket, and the person it was written to."""

    ticket: int
    person: int


def address(letter: Answerable) -> str:
    """Where an answer goes; "" when no mail is taken in."""
    if not settings.MAIL_IN:
        return ""
    local, _, domain = settings.MAIL_IN.partition("@")
    return f"{local}+{letter.ticket}.{letter.person}.{_signature(letter, settings.SECRET_KEY)}@{domain}"


def of(addresses: Iterable[str]) -> Answerable | None:
    """What the first of the addresses that we made ourselves tells."""
    local, _, domain = settings.MAIL_IN.lower().partition("@")
    for given in addresses:
        name, _, place = given.strip().lower().rpartition("@")
        match = SIGNED.fullmatch(name.removeprefix(f"{local}+"))
        if place == domain and name.startswith(f"{local}+") and match:
            letter = Answerable(int(match[1]), int(match[2]))
            keys = (settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS))
            if any(constant_time_compare(match[3], _signature(letter, key)) for key in keys):
                return letter
    return None


def questions_path(letter: Answerable) -> str:
    """Where this person, and nobody else, answers the questions about the impact, signed in or not."""
    token = Signer(salt=QUESTIONS, sep=".").sign_object([letter.ticket, letter.person])
    return f"/chamados/{letter.ticket}/impacto/{token}"


def unfollow_path(letter: Answerable) -> str:
    """Where this person, and nobody else, stops following the ticket, signed in or not."""
    token = Signer(salt=UNFOLLOW, sep=".").sign_object([letter.ticket, letter.person])
    return f"/chamados/{letter.ticket}/acompanhamento/{token}"


def asked_by(token: str, *, salt: str = QUESTIONS) -> Answerable | None:
    """The ticket and person that a path of ours names."""
    try:
        ticket, person = Signer(salt=salt, sep=".").unsign_object(token)
    except (BadSignature, ValueError, TypeError):
        return None
    return Answerable(int(ticket), int(person))


def _signature(letter: Answerable, key: str) -> str:
    digest = salted_hmac(SALT, f"{letter.ticket}.{letter.person}", secret=key, algorithm="sha256").digest()
    return base64.b32encode(digest[:10]).decode().lower()
