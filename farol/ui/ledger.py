"""The ledger of a deadline in words: a person can recompute the date by hand from what is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.html import conditional_escape as escaped
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from farol.tickets.rules.windows import day_of
from farol.ui import words
from farol.ui.events import asked_word
from farol.worktime.ledger import Kind, LedgerSpan, Reason

REASONS = {
    Reason.RUNNING: gettext_noop("correu"),
    Reason.OUTSIDE_HOURS: gettext_noop("fora do expediente"),
    Reason.WEEKEND: gettext_noop("fim de semana"),
    Reason.SPECIAL_DAY: gettext_noop("horário especial"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the ledger: from when to when, and whether it counted."""

    stretch: str
    why: str
    minutes: int
    time: str
    is_counted: bool

    @property
    def told(self) -> str:
        """correu · 2h30"""
        return f"{self.why} · {self.time}"


def steps(spans: Iterable[LedgerSpan], *, now: datetime, language: str) -> list[Step]:
    return [
        Step(
            _stretch(span, now, language),
            _reason(span, language),
            span.minutes,
            words.duration(span.minutes, language=language),
            span.kind is Kind.RUNNING,
        )
        for span in spans
    ]


def _stretch(span: LedgerSpan, now: datetime, language: str) -> str:
    start = words.short(span.start, now=now, language=language)
    is_same_day = day_of(span.start) == day_of(span.end)
    end = (
        words.clock_time(span.end, language=language)
        if is_same_day
        else words.short(span.end, now=now, language=language)
    )
    return _("{start} a {end}").format(start=start, end=end)


def _reason(span: LedgerSpan, language: str) -> str:
    why = span.why
    if why.reason is Reason.PAUSE:
        return _("pausado: {why}").format(why=asked_word(why.name)) if why.name else _("pausado")
    if why.reason is Reason.HOLIDAY:
        return _("feriado: {name}").format(name=why.name or _named(why.day, language))
    if why.reason is Reason.SPECIAL_DAY and why.name:
        return _("horário especial: {name}").format(name=why.name)
    return _(REASONS[why.reason])


def _named(on: date | None, language: str) -> str:
    return words.bare_day(on, language=language) if on else ""


STEP = '<li{css}><span>{stretch}</span><span class="why">{why}</span><span class="number">{minutes}</span></li>'


def listed(steps: Iterable[Step], *, language: str) -> SafeString:
    """The steps as items of a list, made in Python: there are dozens of them."""
    return mark_safe("".join(
        STEP.format(
            css=' class="is-counted"' if step.is_counted else "", stretch=escaped(step.stretch), why=escaped(step.why),
            minutes=words.duration(step.minutes, language=language),
        )
        for step in steps
    ))  # fmt: skip
