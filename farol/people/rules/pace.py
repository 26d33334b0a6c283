"""How often something may be tried: a burst, and then one every so often.

A limit remembers one instant, up to when what was already done has been paid for; so
it needs one short row for each who tries, and a row in the past says nothing any more.

>>> limit = Limit("wrong-passwords", burst=3, every=timedelta(seconds=30))
>>> limit.room
datetime.timedelta(seconds=90)
>>> seconds_until(timedelta(seconds=2, milliseconds=1))
3
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv6Address, ip_address

from farol.kernel.errors import Refusal, gettext_noop


@dataclass(frozen=True, slots=True)
class Limit:
    name: str
    burst: int
    every: timedelta

    @property
    def room(self) -> timedelta:
        return self.burst * self.every


MISTAKES_OF_AN_ADDRESS = Limit("address", burst=30, every=timedelta(seconds=30))
"""Wrong entries from one network address, whomever they were for; who shares it with a careless colleague has room."""
MISTAKES_OF_AN_ACCOUNT = Limit("account", burst=100, every=timedelta(minutes=15))
"""Wrong entries for one account: four in a row lock it for a quarter of an hour (R-013), a hundred slow it further."""
WATCHED_AFTER = 1
"""Wrong entries after which an address waits in line with others like it until a password is compared."""
LETTERS_OF_AN_ADDRESS = Limit("letters", burst=20, every=timedelta(minutes=1))
"""Letters with links that one network address asks for, for whomever."""
CALLS_OF_A_TOKEN = Limit("token", burst=6_000, every=timedelta(milliseconds=20))
UNKNOWN_TOKENS = Limit("unknown-token", burst=300, every=timedelta(seconds=1))


class TooManyTries(Refusal):
    """Too much in too short a time; `retry_after` says in how many seconds it is worth trying again."""

    code = "request.too_many"
    status = 429
    message = gettext_noop("Tentativas demais em pouco tempo. Espere {wait} e tente de novo.")
    remedy = gettext_noop("Quem divide a mesma rede divide este limite. Precisa entrar agora? Fale com a Assessoria.")

    def __init__(self, retry_after: int) -> None:
        self.retry_after = retry_after
        super().__init__(wait=wait_in_words(retry_after))


def seconds_until(wait: timedelta) -> int:
    return max(-(-wait // timedelta(seconds=1)), 1)


def wait_in_words(seconds: int) -> str:
    """
    >>> wait_in_words(45), wait_in_words(61)
    ('45 s', '2 min')
    """
    return f"{seconds} s" if seconds < 60 else f"{-(-seconds // 60)} min"


def network_of(address: str) -> str:
    """What counts as one address: of IPv6, where a home has billions, the first half.

    >>> network_of("2001:db8:1:2:aaaa::1"), network_of("203.0.113.7"), network_of("::ffff:203.0.113.7"), network_of("?")
    ('2001:db8:1:2::', '203.0.113.7', '203.0.113.7', '?')
    """
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(IPv6Address(int(found) >> 64 << 64))
