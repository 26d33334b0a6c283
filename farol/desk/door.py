"""Who comes through the staff's door. A contact is told that nothing is here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeAlias

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.translation import get_language

from farol.desk import call_banner, shell
from farol.kernel.actor import Actor, Channel
from farol.people.models import Person
from farol.people.queries import actor_of
from farol.people.rules.staff import Right
from farol.ui.words import PORTUGUESE

P = ParamSpec("P")
View: TypeAlias = Callable[Concatenate[HttpRequest, "Visit", P], HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of a member of the staff: who, and the instant it is for."""

    person: Person
    by: Actor
    now: datetime
    language: str


def now() -> datetime:
    """The door is where time comes in; every room below is told it."""
    return datetime.now(UTC)


def allowed(*rights: Right) -> Callable[[View[P]], Callable[..., HttpResponseBase]]:
    """Only those of the staff whose role has one of these rights come in; anybody else is told that nothing is here.

    The roof has already asked whoever is not signed in to do so.
    """

    def guard(view: View[P]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **facts: P.kwargs) -> HttpResponseBase:
            person = request.user
            if not isinstance(person, Person) or not any(map(person.may, rights)):
                raise Http404
            by = actor_of(person, Channel.PORTAL, request.META.get("REMOTE_ADDR", ""))
            return view(request, Visit(person, by, now(), get_language() or PORTUGUESE), *args, **facts)

        return guarded

    return guard


def staff_only(view: View[P]) -> Callable[..., HttpResponseBase]:
    """For those who work on tickets."""
    return allowed(Right.WORK)(view)


def managers_only(view: View[P]) -> Callable[..., HttpResponseBase]:
    """For those who manage the centre."""
    return allowed(Right.MANAGE)(view)


def page(
    request: HttpRequest, visit: Visit, template: str, *, here: str = "", status: int = 200, **facts: Any
) -> HttpResponse:
    """A page of the desk, in its shell."""
    told = {"shell": shell.of(request, visit.by, visit.person), "here": here, "now": visit.now, "visit": visit, **facts}
    if visit.person.call_at_hand is not None:
        told["alert"] = call_banner.of(visit.person, now=visit.now, csrf_token=get_token(request))
    return render(request, template, told, status=status)
