"""The furniture's tags and filters; the reader's language is the request's."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from farol.ui import bundle, charts, fixed, pieces, prose, tying, words
from farol.ui.folding import constant

register = template.Library()
register.simple_tag(constant(pieces.icon), name="icon")
register.simple_tag(constant(pieces.drawing), name="drawing")
register.simple_tag(constant(pieces.tower), name="tower")
register.simple_tag(constant(pieces.avatar), name="avatar")
register.simple_tag(pieces.badge, name="badge")
register.simple_tag(pieces.contract_badge, name="contract_badge")
register.filter("severity_word", pieces.severity_word)
register.filter("situation_word", pieces.situation_word)
register.filter("cnpj", words.cnpj)
register.filter("prose", prose.prose)
register.simple_tag(tying.word, name="tie_word")


def _language() -> str:
    return get_language() or words.PORTUGUESE


@register.simple_tag
@constant
def live() -> SafeString | str:
    """Where pages hear what changed, if anywhere."""
    return format_html('<meta name="live" content="{}">', settings.LIVE_ADDRESS) if settings.LIVE_ADDRESS else ""


@register.simple_tag
@constant
def styles() -> SafeString:
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', ((url,) for url in bundle.style_urls()))


@register.simple_tag(takes_context=True)
def theme_attribute(context: dict[str, Any]) -> SafeString | str:
    """The stored choice, read from the cookie so that the first paint is right."""
    request = context.get("request")
    said = request.COOKIES if request else {}
    theme = said.get("__Host-farol-theme") or said.get("farol_theme")
    return format_html(' data-theme="{}"', theme) if theme in {"light", "dark"} else ""


@register.simple_tag
def situation(state: str, **facts: Any) -> SafeString:
    return pieces.situation(state, language=_language(), **facts)


@register.simple_tag
def clock_chip(minutes: int | None, **facts: Any) -> SafeString:
    return pieces.clock_chip(minutes, language=_language(), **facts)


@register.filter
def when(at: datetime | None, now: datetime | None = None) -> str:
    """quarta, 19 nov., às 18h12"""
    return words.when(at, now=now, language=_language()) if at else ""


@register.filter
def short(at: datetime | None, now: datetime | None = None) -> str:
    """seg., 24 nov., 9h10"""
    return words.short(at, now=now, language=_language()) if at else ""


@register.filter
def stamp(at: datetime | None, now: datetime | None = None) -> str:
    """12 nov., 16h48"""
    return words.stamp(at, now=now, language=_language()) if at else ""


@register.filter
def clock_time(at: datetime | None) -> str:
    """10h12"""
    return words.clock_time(at, language=_language()) if at else ""


@register.filter
def day(on: date | None) -> str:
    """quinta, 27 nov."""
    return words.day(on, language=_language()) if on else ""


@register.filter
def short_day(on: date | None) -> str:
    """qui., 27 nov."""
    return words.short_day(on, language=_language()) if on else ""


@register.filter
def bare_day(on: date | None) -> str:
    """27 nov."""
    return words.bare_day(on, language=_language()) if on else ""


@register.filter
def age(since: datetime | None, now: datetime) -> str:
    """18 min"""
    return words.age(since, now=now, language=_language()) if since else ""


@register.filter
def days(count: int) -> str:
    """9 dias"""
    return words.days(count, language=_language())


@register.filter
def duration(minutes: int | None) -> str:
    """2h30"""
    return words.duration(minutes, language=_language()) if minutes is not None else ""


@register.filter
def business(minutes: int | None, working_day: int = words.SUPPORT_DAY) -> str:
    """1d 3h"""
    return words.business(minutes, working_day=working_day, language=_language()) if minutes is not None else ""


@register.filter
def hours(minutes: int | None) -> str:
    """20h"""
    return words.hours(minutes, language=_language()) if minutes is not None else ""


@register.filter
def size(octets: int | None) -> str:
    """18 kB"""
    return words.size(octets, language=_language()) if octets is not None else ""


@register.filter
def money(amount: Decimal | None) -> str:
    """R$ 1.240,00"""
    return words.money(amount, language=_language()) if amount is not None else ""


@register.filter
def words_of(text: str) -> list[str]:
    return text.split()


@register.filter
def whole_hours(minutes: int) -> int:
    """The number of hours of an allowance, for "20 horas úteis"."""
    return minutes // 60


@register.simple_tag
def acceptance_bar(**facts: Any) -> SafeString:
    return charts.acceptance_bar(language=_language(), **facts)


@register.simple_tag
def clock_timeline(spans: Any, **facts: Any) -> SafeString:
    return charts.clock_timeline(spans, language=_language(), **facts)


@register.filter
def share_bar(share: float) -> SafeString:
    return charts.share_bar(share)


@register.simple_tag
@constant
def fixed_part(template_name: str, **facts: Any) -> SafeString:
    """A template that depends on these facts and the language alone, made once."""
    return fixed.fixed(template_name, _language(), tuple(facts.items()))


@register.simple_tag(takes_context=True)
def account(context: dict[str, Any], glyph: str = "chevron-down") -> SafeString:
    return fixed.account(context["shell"], glyph, _language(), str(context.get("csrf_token", "")))


@register.simple_tag
@constant
def scripts(*names: str) -> SafeString:
    return fixed.scripts(names)
