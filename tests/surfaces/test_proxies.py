"""Behind a balancer everybody has their own address, and nobody chooses it."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from farol.house.proxies import Behind


@pytest.mark.parametrize(
    ("came_from", "said", "address"),
    [
        ("10.0.0.2", "203.0.113.7", "203.0.113.7"),
        ("10.0.0.2", "1.1.1.1, 203.0.113.7", "203.0.113.7"),
        ("10.0.0.2", "203.0.113.7, 10.0.0.9", "203.0.113.7"),
        ("198.51.100.1", "203.0.113.7", "198.51.100.1"),
        ("10.0.0.2", "", "10.0.0.2"),
        ("10.0.0.2", "nonsense", "10.0.0.2"),
        ("10.0.0.2", "10.0.0.3", "10.0.0.3"),
        ("2001:db8::1", "10.0.0.3", "2001:db8::1"),
    ],
)
def test_only_what_the_balancer_added_is_believed(settings, came_from: str, said: str, address: str) -> None:
    settings.PROXIES = ["10.0.0.0/8"]
    seen: list[str] = []

    def answer(request: HttpRequest) -> HttpResponse:
        seen.append(request.META["REMOTE_ADDR"])
        return HttpResponse()

    Behind(answer)(RequestFactory().get("/", REMOTE_ADDR=came_from, headers={"X-Forwarded-For": said}))
    assert seen == [address]
