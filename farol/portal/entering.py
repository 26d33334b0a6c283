"""Letting in whoever has proved who they are: their session, where they land, and what they had typed."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import override

from farol.people import queries
from farol.people.actions import entering, passkeys
from farol.people.actions.passkeys import Place
from farol.people.models import Person
from farol.people.queries.keys import factors_of
from farol.people.rules.visits import ADDRESS_KEPT, AGENT_KEPT, BEGAN, DOUBLE, PROVEN, VISIT
from farol.people.sealing import opened, sealed
from farol.portal import door
from farol.portal.forms.sign_in import CodeForm
from farol.portal.shell import outside
from farol.ui import kept

HALFWAY, HALFWAY_FOR = "half way in", 600
"""For how many seconds the password need not be typed again while the second proof is looked for."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Where one wanted to go, and what one had typed there."""

    next: str = ""
    typed: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> Wish:
        return cls(request.POST.get("next", ""), request.POST.get("kept", ""))


@dataclass(frozen=True, slots=True)
class Halfway:
    """Who has given one proof, and which."""

    person: Person
    way: str

    @property
    def ticket(self) -> str:
        """Worth nothing once the password is another."""
        facts = [self.person.pk, self.person.get_session_auth_hash(), self.way]
        return sealed(json.dumps(facts).encode(), purpose=HALFWAY)

    @classmethod
    def read(cls, ticket: str) -> Halfway | None:
        text = opened(ticket, purpose=HALFWAY, within=HALFWAY_FOR)
        if text is None:
            return None
        person_id, digest, way = json.loads(text)
        person = queries.person_signed_in(person_id)
        is_theirs = person is not None and constant_time_compare(digest, person.get_session_auth_hash())
        return cls(person, way) if person and is_theirs else None


def go_on(
    request: HttpRequest, person: Person, wish: Wish, *, way: str = "password", is_double: bool = False
) -> HttpResponse:
    """The first proof was right: in, or to the second one."""
    if not is_double and factors_of(person).are_there:
        return show_second_step(request, CodeForm(), Halfway(person, way), wish)
    return come_in(request, person, wish, way=way, is_double=is_double)


def come_in(
    request: HttpRequest, person: Person, wish: Wish, *, way: str, is_double: bool = False
) -> HttpResponseRedirect:
    """The person is signed in with a session of their own, and goes where they wanted to."""
    begin_visit(request, person, is_double=is_double)
    entering.let_in(person, way=way, address=door.address(request))
    target = target_of(request, person, wish.next)
    path, fields = kept.unpacked(wish.typed)
    if path and path == target.partition("?")[0]:
        kept.keep(request, path, fields)
        with override(person.language):
            messages.success(request, _("Você entrou de novo. O que você escreveu está aqui; confira e envie."))
    return HttpResponseRedirect(target)


def begin_visit(request: HttpRequest, person: Person, *, is_double: bool = False) -> None:
    """This browser is the person's, in a session of its own that knows where and how it began."""
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    agent = request.headers.get("User-Agent", "")[:AGENT_KEPT].replace("\x00", "")
    request.session[VISIT] = [door.address(request)[:ADDRESS_KEPT], agent]
    request.session[BEGAN] = request.session[PROVEN] = door.now().timestamp()
    request.session[DOUBLE] = is_double


def show_second_step(
    request: HttpRequest, form: CodeForm, known: Halfway, wish: Wish, *, trouble: str = "", status: int = 200
) -> HttpResponse:
    factors = factors_of(known.person)
    told = {
        "form": form,
        "who": known.ticket,
        "factors": factors,
        "question": passkeys.ask(place_of(request), known.person) if factors.has_passkey else None,
        "trouble": trouble,
        "next": wish.next,
        "typed": wish.typed,
        "shell": outside(),
    }
    return render(request, "portal/second_step.html", told, status=status)


def place_of(request: HttpRequest) -> Place:
    """Where the browser believes to be; keys are made for that name."""
    scheme = "https" if settings.IS_HTTPS else request.scheme  # what ends TLS may stand before us
    return Place(request.get_host(), f"{scheme}://{request.get_host()}")


def target_of(request: HttpRequest, person: Person, wanted: str) -> str:
    """Where one wanted to go, if it is one of our pages."""
    if wanted != "/" and url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return wanted
    return home_of(person)


def home_of(person: Person) -> str:
    return "/mesa/" if person.is_staff_member else reverse("portal:home")
