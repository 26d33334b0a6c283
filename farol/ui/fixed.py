"""Parts of a page that say the same to everybody who reads their language: made once, then at hand.

A page of the desk is a hundred small nodes of which most never change: navigation, hints, menus. While
developing nothing is kept, so that an edited template is seen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString, mark_safe

from farol.ui.shell import Shell

Facts = tuple[tuple[str, Any], ...]
TOKEN = "the-token-of-this-visitor"


def fixed(template: str, language: str, facts: Facts = ()) -> SafeString:
    """The template with these facts, which must be hashable, and nothing of the request."""
    return _at_hand(_rendered)(template, language, facts)


def filled(template: str, language: str, facts: Facts, blanks: Mapping[str, object]) -> SafeString:
    """The template made once for these facts, with a blank for each value that every use has its own of.

    In the template a blank stands as it is: no filter and no tag looks at it.
    """
    html: str = _at_hand(_blank)(template, language, facts, tuple(blanks))
    for name, value in blanks.items():
        html = html.replace(_mark(name), conditional_escape(value if isinstance(value, str) else str(value)))
    return mark_safe(html)


def account(shell: Shell, glyph: str, language: str, csrf_token: str) -> SafeString:
    """The account's menu; only the token in its form is each visitor's own."""
    known = (shell.person, shell.place, shell.sign_out_url, tuple(shell.links), shell.presence)
    return mark_safe(_at_hand(_account)(known, glyph, language).replace(TOKEN, csrf_token))


def scripts(names: tuple[str, ...]) -> SafeString:
    return _at_hand(_scripts)(names)


def _at_hand(make: Callable[..., SafeString]) -> Callable[..., SafeString]:
    return make.__wrapped__ if settings.DEBUG else make  # type: ignore[attr-defined]


@lru_cache(maxsize=2048)
def _rendered(template: str, language: str, facts: Facts) -> SafeString:
    return render_to_string(template, dict(facts))


@lru_cache(maxsize=1024)
def _blank(template: str, language: str, facts: Facts, blanks: tuple[str, ...]) -> SafeString:
    return render_to_string(template, {**dict(facts), **{name: mark_safe(_mark(name)) for name in blanks}})


def _mark(name: str) -> str:
    return f"\N{SYMBOL FOR NULL}{name}\N{SYMBOL FOR NULL}"


@lru_cache(maxsize=2048)
def _account(known: tuple[Any, ...], glyph: str, language: str) -> SafeString:
    person, place, sign_out_url, links, presence = known
    shell = Shell(home_url="", person=person, place=place, sign_out_url=sign_out_url, links=links, presence=presence)
    return render_to_string("ui/account.html", {"shell": shell, "glyph": glyph, "csrf_token": TOKEN})


@lru_cache(maxsize=64)
def _scripts(names: tuple[str, ...]) -> SafeString:
    return format_html_join("\n    ", '<script type="module" src="{}"></script>', ((static(name),) for name in names))
