"""A member of the staff who acts as a contact: shown what the contact is shown, with a banner and a trace."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone

from farol.house import wrong
from farol.people import queries as people
from farol.people.models import Person
from farol.people.rules.acting import ACTING, ActingRefused, may_see, may_send
from farol.people.rules.staff import Right

DOORS = {"portal", "desk"}
SAFE = {"GET", "HEAD", "OPTIONS"}


class Acting:
    """The request's person is the contact; who really acts stands behind them, and agrees to nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        match = request.resolver_match
        is_page = match and match.app_names and match.app_names[0] in DOORS
        if not is_page or settings.SESSION_COOKIE_NAME not in request.COOKIES or ACTING not in request.session:
            return None
        if (contact := _contact(request)) is None:
            del request.session[ACTING]
            return None
        request.user = contact
        name = match.view_name if match else ""
        if may_see(name) if request.method in SAFE else may_send(name):
            return None
        return wrong.refused(request, ActingRefused())


def _contact(request: HttpRequest) -> Person | None:
    """As whom the request acts, unless the hour is over or the right is gone."""
    said, real = request.session[ACTING], request.user
    if not isinstance(real, Person) or not real.may(Right.ACT_AS) or said["until"] < timezone.now().timestamp():
        return None
    contact = people.person_signed_in(said["person"])
    if contact is None or contact.is_staff_member:
        return None
    contact.behind, contact.behind_name, contact.language = real.pk, real.name, real.language
    return contact
