"""Whoever changes the keys of an account has proved who they are a moment ago."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from farol.people.rules import visits
from farol.portal import door
from farol.portal.door import Visit

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Visit, P], HttpResponse]


def anybody(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A page of the account, of contacts and staff alike."""

    @wraps(view)
    def seen(request: HttpRequest, /, *args: P.args, **facts: P.kwargs) -> HttpResponse:
        return view(request, door.visit_of(request), *args, **facts)

    return seen


def proven(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Whose last proof is older than ten minutes gives another first, and comes back."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **facts: P.kwargs) -> HttpResponse:
        visit = door.visit_of(request)
        if is_fresh(request, visit):
            return view(request, visit, *args, **facts)
        back = request.path if request.method in {"GET", "HEAD"} else reverse("portal:account")
        return HttpResponseRedirect(f"{reverse('portal:confirmation')}?{urlencode({'next': back})}")

    return guarded


def is_fresh(request: HttpRequest, visit: Visit) -> bool:
    return visits.Visit.read(request.session).is_fresh(now=visit.now.timestamp())


def note_proof(request: HttpRequest, visit: Visit, *, is_double: bool) -> None:
    request.session[visits.PROVEN] = visit.now.timestamp()
    if is_double:
        request.session[visits.DOUBLE] = True
