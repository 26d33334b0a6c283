"""Letters with links in them, as whoever gets them would use them."""

from __future__ import annotations

import re

from django.core import mail

from tests.rooms.notify.letters import told


def secret_sent_to(address: str) -> str:
    """What stands behind the last link that was sent there."""
    told()
    letter = next(one for one in reversed(mail.outbox) if one.to == [address])
    found = re.search(r"/(?:acesso|senha|cadastro)/([\w-]{43})\s", str(letter.body))
    assert found, letter.body
    return found[1]


def letters_to(address: str) -> list[str]:
    told()
    return [str(one.subject) for one in mail.outbox if one.to == [address]]
