"""Who comes through the customer's door. The staff is shown to its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language

from farol.kernel.actor import Actor, Channel
from farol.people.models import Organization, Person
from farol.people.queries import actor_of
from farol.portal import entitlement, shell
from farol.tickets.rules.windows import day_of
from farol.ui.words import PORTUGUESE

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of somebody signed in: who, and the instant it is for."""

    person: Person
    by: Actor
    now: datetime
    language: str

    @property
    def company(self) -> Organization:
        if self.person.organization is None:
            raise PermissionDenied
        return self.person.organization


def now() -> datetime:
    """The door is where time comes in; every room below is told it."""
    return datetime.now(UTC)


def address(request: HttpRequest) -> str:
    """From which network address the request comes."""
    return str(request.META.get("REMOTE_ADDR", ""))


def visit_of(request: HttpRequest) -> Visit:
    """The roof lets nobody in who is not signed in."""
    person = request.user
    if not isinstance(person, Person):
        raise PermissionDenied
    by = actor_of(person, Channel.PORTAL, address(request))
    return Visit(person, by, now(), get_language() or PORTUGUESE)


def contacts_only(
    view: Callable[Concatenate[HttpRequest, Visit, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """A member of the staff goes to the same place at the desk."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **facts: P.kwargs) -> HttpResponseBase:
        visit = visit_of(request)
        if visit.person.is_staff_member:
            return HttpResponseRedirect(_at_the_desk(facts.get("number")))
        entitlement.admit(request, visit.person, on=day_of(visit.now))
        return view(request, visit, *args, **facts)

    return guarded


def page(
    request: HttpRequest, visit: Visit, template: str, *, here: str = "", status: int = 200, **facts: Any
) -> HttpResponse:
    """A page of the portal, in its shell."""
    told = {
        "shell": shell.of(visit.person, on=day_of(visit.now)),
        "here": here,
        "now": visit.now,
        "visit": visit,
        **facts,
    }
    return render(request, template, told, status=status)


def _at_the_desk(number: object) -> str:
    return f"/mesa/chamados/{number}" if number else "/mesa/"
