"""What somebody signed in asked for and did not get, because it is not theirs or their role has not the right."""

from __future__ import annotations

import logging
from collections.abc import Callable
from urllib.parse import quote

from django.http import HttpRequest, HttpResponseBase

from farol.people.models import Person

DENIED = {403, 404}
"""What belongs to somebody else is not there: from outside the two look alike, and both are worth a line."""

log = logging.getLogger("farol.denied")


class Denials:
    """Middleware: a line of the log for each, without what was sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code in DENIED and request.resolver_match and (number := _who(request)):
            where = quote(request.path)[:200]
            address = request.META.get("REMOTE_ADDR", "")
            log.warning("%s person:%s %s %s from %s", response.status_code, number, request.method, where, address)
        return response


def _who(request: HttpRequest) -> int | None:
    """By token or session; who really acts, if it is as somebody else."""
    person = getattr(getattr(request, "auth", None), "person", None) or getattr(request, "user", None)
    if not isinstance(person, Person):
        return None
    return person.behind or person.pk
