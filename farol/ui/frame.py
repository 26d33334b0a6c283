"""Where a page with a form meets a refusal: caught once, here, and shown on the form that was being sent."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from farol.kernel.errors import Refusal
from farol.tickets.rules.opening import TicketChanged
from farol.ui import refusals

YEAR = 31_536_000


def attempt(do: Callable[[], object]) -> Refusal | None:
    """Do it, or answer why not."""
    try:
        do()
    except Refusal as refusal:
        return refusal
    return None


def show_on(form: forms.Form, refusal: Refusal) -> None:
    """The refusal's words stand on the fields it names, or above the form with what can be done."""
    for name, texts in refusals.field_errors(refusal).items():
        form.add_error(name if name in form.fields else None, texts)
    if not refusals.field_errors(refusal):
        form.add_error(None, in_one_line(refusal))


def in_one_line(refusal: Refusal) -> str:
    return " ".join(filter(None, in_two_lines(refusal)))


def in_two_lines(refusal: Refusal) -> tuple[str, str]:
    """What was refused, and what can be done; a single wrong field speaks for itself."""
    texts = [text for texts in refusals.field_errors(refusal).values() for text in texts]
    return (" ".join(texts), "") if texts else (refusals.said(refusal), refusals.remedy(refusal))


def has_changed(refusal: Refusal) -> bool:
    return isinstance(refusal, TicketChanged)


def seen(request: HttpRequest) -> int | None:
    """The last entry that stood on the page the form came from."""
    text = request.POST.get("seen", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def text_in(request: HttpRequest, name: str) -> str:
    """What was written, without the sign that no database keeps."""
    return request.POST.get(name, "").replace("\x00", "")


def remember_language(answer: HttpResponse, language: str) -> None:
    """The browser says it where nobody is signed in yet."""
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        YEAR,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
