"""Behind a balancer: whose request it is, said by those whom the operator named (`FAROL_PROXIES`) alone."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase


class Behind:
    """Middleware, only where `FAROL_PROXIES` is set."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.ours = [ip_network(one) for one in settings.PROXIES]

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        said = request.headers.get("X-Forwarded-For", "")
        request.META["REMOTE_ADDR"] = sender(str(request.META.get("REMOTE_ADDR", "")), said, self.ours)
        return self.get_response(request)


class ByTls:
    """Middleware, only where the public address is https: whoever ended TLS before us, the page came by it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.META["wsgi.url_scheme"] = "https"
        return self.get_response(request)


def sender(address: str, said: str, ours: list[IPv4Network | IPv6Network]) -> str:
    """From the nearest backwards, the first that is not one of ours: what stands before it anybody may have written.

    >>> ours = [ip_network("10.0.0.0/8")]
    >>> sender("10.0.0.1", "1.2.3.4, 203.0.113.7, 10.9.9.9", ours), sender("203.0.113.7", "1.2.3.4", ours)
    ('203.0.113.7', '203.0.113.7')
    """
    way = [*(part.strip() for part in said.split(",") if part.strip()), address]
    for one in reversed(way):
        if not _is_in(one, ours):
            return one if _is_address(one) else address
    return way[0] if _is_address(way[0]) else address


def _is_in(address: str, networks: list[IPv4Network | IPv6Network]) -> bool:
    return _is_address(address) and any(ip_address(address) in network for network in networks)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
