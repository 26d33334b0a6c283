"""What the pages behind a link share: whom it lets in, in which language, and what to say when it is shut (R-012)."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from farol.kernel.errors import Refusal
from farol.people.models import Link
from farol.people.queries import links
from farol.people.rules.links import REFUSALS, LinkUnknown, Purpose, Standing
from farol.portal import door, shell
from farol.ui import refusals


def opened(
    request: HttpRequest, secret: str, purpose: Purpose, show: Callable[[Link], HttpResponse], *, renewal: str = ""
) -> HttpResponse:
    """The page that an open link leads to, in its reader's language; or the page that says why it is shut.

    `renewal` is where a fresh link is asked for when this one has expired.
    """
    try:
        link = links.link_behind(secret, purpose)
    except LinkUnknown as refusal:
        return shut(request, refusal)
    with translation.override(link.person.language if link.person else settings.LANGUAGE_CODE):
        standing = links.standing_of(link, now=door.now())
        if standing is not Standing.OPEN:
            return shut(request, REFUSALS[standing](), renewal=renewal)
        return show(link)


def shut(request: HttpRequest, refusal: Refusal, *, renewal: str = "") -> HttpResponse:
    """Why the link opens nothing, and the next door."""
    facts = {
        "shell": shell.outside(),
        "code": refusal.code,
        "title": refusals.said(refusal),
        "text": refusals.remedy(refusal),
        "renewal": renewal if refusal.code == "link.expired" else "",
    }
    return render(request, "portal/link_shut.html", facts, status=refusal.status)


def address_of(request: HttpRequest) -> str:
    return door.address(request)
