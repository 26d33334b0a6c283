"""How news leaves the house: to addresses outside it, signed, tried again, and one day given up.

The signature is that of Standard Webhooks, which receivers find libraries for.

>>> signature("whsec_c2VncmVkbw==", id="evt_7", at=1763985600, body=b"{}")
'v1,I0XKuFYWjTKhFxY8C0u2VUSrKvxFTxID8ECswxvysfs='
>>> is_reachable("10.0.0.8", ()), is_reachable("169.254.169.254", ()), is_reachable("200.147.3.157", ())
(False, False, True)
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence
from datetime import timedelta
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from farol.kernel.errors import FieldsRefused, gettext_noop

LONGEST_NAME, LONGEST_URL = 80, 500
SECRET = "whsec_"
EMBEDDED = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"), IPv6Network("::/96"))
"""Where an IPv4 address hides in the end of an IPv6 one: what it leads to is not for us to guess."""

WAITS = (10, 60, 300, 1800, 7200, 21_600)
"""Seconds until the next try, the last of them from then on."""
GIVEN_UP_AFTER = timedelta(days=3)
DELIVERIES_KEPT = timedelta(days=30)


def wait_after(failures: int) -> timedelta:
    """How long a receiver is left in peace after so many failures in a row."""
    return timedelta(seconds=WAITS[min(max(failures, 1), len(WAITS)) - 1])


def signature(secret: str, *, id: str, at: int, body: bytes) -> str:
    """What only a holder of the secret can say about this message at this second."""
    key = base64.b64decode(secret.removeprefix(SECRET))
    signed = f"{id}.{at}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def is_reachable(address: str, networks: Sequence[str]) -> bool:
    """Whether news may go there: outside, or in a network that the house names, and nowhere else inside."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    plain = _plain(ip)
    if is_named(str(plain), networks):
        return True
    is_hidden = isinstance(plain, IPv6Address) and any(plain in network for network in EMBEDDED)
    return plain.is_global and not plain.is_multicast and not is_hidden


def is_named(address: str, networks: Sequence[str]) -> bool:
    """Whether the address is in one of the networks that the house names as its own."""
    ip = _plain(ip_address(address.partition("%")[0]))
    named = [ip_network(network, strict=False) for network in networks]
    return any(ip.version == network.version and ip in network for network in named)


def _plain(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The address meant: IPv4 in its IPv6 dress is IPv4."""
    if isinstance(ip, IPv6Address):
        return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else ip)
    return ip


def checked(name: str, url: str, events: Sequence[str], *, networks: Sequence[str]) -> tuple[str, str]:
    """Name and address without blank edges. Raises FieldsRefused."""
    name, url = " ".join(name.replace("\x00", "").split()), url.strip()
    errors = {}
    if not name:
        errors["name"] = [gettext_noop("Dê um nome ao webhook.")]
    elif len(name) > LONGEST_NAME:
        errors["name"] = [gettext_noop("O nome passa de 80 caracteres.")]
    if not _is_address(url, has_networks=bool(networks)):
        errors["url"] = [gettext_noop("Dê um endereço que comece com https:// e não traga senha.")]
    if not events:
        errors["events"] = [gettext_noop("Escolha ao menos um acontecimento.")]
    if errors:
        raise FieldsRefused(errors)
    return name, url


def _is_address(url: str, *, has_networks: bool) -> bool:
    if not url.isascii() or not url.isprintable() or " " in url or len(url) > LONGEST_URL:
        return False
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    is_secure = parts.scheme == "https" or (parts.scheme == "http" and has_networks)
    return is_secure and bool(parts.hostname) and parts.username is None and parts.password is None and port != 0
