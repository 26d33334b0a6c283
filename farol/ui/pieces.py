"""The small pieces that stand in every row, made in Python because a queue shows hundreds of them."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from zlib import crc32

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from farol.ui import words

NEAR_MINUTES = 4 * 60
GLYPHS = {
    "open": "queued",
    "in_analysis": "analysis",
    "awaiting_customer": "customer",
    "awaiting_quote": "quote",
    "awaiting_authorization": "quote",
    "awaiting_acceptance": "solution",
    "closed_accepted": "accepted",
    "closed_silent": "silent",
    "closed_abandoned": "abandoned",
    "closed_redirected": "redirected",
    "cancelled": "cancelled",
}

SEVERITY_WORDS = {
    "critical": gettext_noop("Crítica"),
    "high": gettext_noop("Alta"),
    "medium": gettext_noop("Média"),
    "low": gettext_noop("Baixa"),
}
DESK_WORDS = {
    "open": gettext_noop("Na fila"),
    "in_analysis": gettext_noop("Em análise"),
    "awaiting_customer": gettext_noop("Aguardando cliente"),
    "awaiting_quote": gettext_noop("Orçamento enviado"),
    "awaiting_authorization": gettext_noop("Aguardando autorização"),
    "awaiting_acceptance": gettext_noop("Solução proposta"),
    "closed_accepted": gettext_noop("Aceito"),
    "closed_silent": gettext_noop("Aceite automático"),
    "closed_abandoned": gettext_noop("Encerrado sem retorno"),
    "closed_redirected": gettext_noop("Encaminhado"),
    "cancelled": gettext_noop("Cancelado"),
}
CUSTOMER_WORDS = {
    "awaiting_customer": gettext_noop("Falta uma informação"),
    "awaiting_quote": gettext_noop("Orçamento para aprovar"),
    "awaiting_authorization": gettext_noop("Cobrança para autorizar"),
    "closed_accepted": gettext_noop("Aceito por você"),
}


@lru_cache(maxsize=512)
def drawing(name: str, css: str = "") -> SafeString:
    """A drawing of the sprite, silent for assistive technology."""
    url = static("ui/icons.svg")
    if css:
        return format_html('<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', css, url, name)
    return format_html('<svg aria-hidden="true"><use href="{}#{}"/></svg>', url, name)


def icon(name: str, size: str = "") -> SafeString:
    """An icon of the 20 px grid; `size` may be small or large."""
    return drawing(name, f"icon icon-{size}" if size else "icon")


def severity_word(severity: str) -> str:
    return _(SEVERITY_WORDS[severity])


def tower(severity: str, *, bare: bool = False, tall: bool = False) -> SafeString:
    """The severity. `bare` hides the word from the eye, `tall` is the 32 px tower of the forecast."""
    word = severity_word(severity)
    css = f"tower tower-{severity} tower-tall" if tall else f"tower tower-{severity}"
    glyph = drawing(f"tower-{severity}")
    if bare or tall:
        name = _("Severidade {word}").format(word=word.lower())
        return format_html(
            '<span class="{}" title="{}">{}<span class="sr-only">{}</span></span>', css, name, glyph, name
        )
    return format_html('<span class="{}">{}{}</span>', css, glyph, word)


def situation_word(
    state: str,
    *,
    area: str = "",
    until: date | None = None,
    for_customer: bool = False,
    language: str = words.PORTUGUESE,
) -> str:
    """The words of a state. `area` comes with its article, as in "a Fábrica"; `until` is the postponed last day."""
    if area and state == "in_analysis":
        return _("Com {area}").format(area=words.called(area))
    if until and state == "awaiting_acceptance":
        date_words = words.bare_day(until, language=language)
        return _("Aceite adiado até {date}").format(date=date_words) if for_customer else _("Aceite adiado")
    return _(CUSTOMER_WORDS.get(state, DESK_WORDS[state]) if for_customer else DESK_WORDS[state])


def situation(
    state: str,
    *,
    area: str = "",
    until: date | None = None,
    for_customer: bool = False,
    pill: bool = False,
    language: str = words.PORTUGUESE,
) -> SafeString:
    """The situation: ring glyph plus words."""
    glyph = GLYPHS[state]
    if area and state == "in_analysis":
        glyph = "area"
    elif until and state == "awaiting_acceptance":
        glyph = "postponed"
    text = situation_word(state, area=area, until=until, for_customer=for_customer, language=language)
    css = "situation situation-pill" if pill else "situation"
    return format_html('<span class="{} situation-{}">{}{}</span>', css, glyph, drawing(f"situation-{glyph}"), text)


def clock_state(minutes: int | None, *, paused: bool = False, met: bool = False) -> str:
    """running, near (4 business hours or less), overdue, paused or met."""
    if met:
        return "met"
    if paused:
        return "paused"
    if minutes is None or minutes > NEAR_MINUTES:
        return "running"
    return "near" if minutes >= 0 else "overdue"


def clock_chip(
    minutes: int | None,
    *,
    due: datetime | None = None,
    paused: bool = False,
    met: bool = False,
    working_day: int = words.SUPPORT_DAY,
    now: datetime | None = None,
    language: str = words.PORTUGUESE,
) -> SafeString:
    """The business minutes left (negative: past due). The absolute date is its accessible name."""
    state = clock_state(minutes, paused=paused, met=met)
    if state == "met" or minutes is None:
        text = _("No prazo")
    else:
        text = words.business(minutes, working_day=working_day, language=language)
    if state == "overdue":
        text = _("há {duration}").format(duration=text)
    return _chip(state, text, _clock_name(state, due, now, language))


@lru_cache(maxsize=words.KEPT)
def _chip(state: str, text: str, name: str) -> SafeString:
    hidden = format_html('<span class="sr-only">, {}</span>', name) if name else ""
    return format_html(
        '<span class="clock clock-{}" title="{}">{}{}{}</span>', state, name, drawing(f"clock-{state}"), text, hidden
    )


def _clock_name(state: str, due: datetime | None, now: datetime | None, language: str) -> str:
    if state == "paused":
        return _("prazo pausado")
    if due is None:
        return ""
    return _dated_name(state == "overdue", words.when(due, now=now, language=language), language)


@lru_cache(maxsize=words.KEPT)
def _dated_name(is_overdue: bool, date_words: str, language: str) -> str:
    return (_("venceu {date}") if is_overdue else _("vence {date}")).format(date=date_words)


SPREAD = 2929
"""Of all that spread names over the four tones evenly, one that keeps apart those who meet in the demonstration."""


def avatar(name: str, *, size: int = 28, company: bool = False) -> SafeString:
    """The initials of a person (circle) or a company (square); the name itself stands beside it."""
    if not name:
        label = _("Sem responsável")
        return format_html(
            '<span class="avatar avatar-{} avatar-nobody" title="{}"><span class="sr-only">{}</span></span>',
            size, label, label,
        )  # fmt: skip
    tone = "abcd"[crc32(name.encode()) % SPREAD % 4]
    css = f"avatar avatar-{size} avatar-{tone}" + (" avatar-company" if company else "")
    return format_html('<span class="{}" aria-hidden="true">{}</span>', css, words.initials(name))


def badge(text: str, tone: str = "", glyph: str = "") -> SafeString:
    """A fact in 20 px. Tones: sla, outline, plain, dashed, green, red, orange, violet, blue, action."""
    css = f"badge badge-{tone}" if tone else "badge"
    return format_html('<span class="{}">{}{}</span>', css, drawing(glyph) if glyph else "", text)


def contract_badge(plan: str) -> SafeString:
    """The plan of a contract: sla, bso, datacenter; any other word is plain text."""
    known = {
        "sla": ("SLA", "sla", "shield"),
        "bso": ("BSO", "outline", ""),
        "datacenter": ("Datacenter", "outline", "server"),
    }
    if plan in known:
        return badge(*known[plan])
    return badge(_("Padrão") if plan in {"", "standard"} else plan, "plain")
