"""Dates, durations, sizes and money as the reader says them.

Every function is told the language; those that know "today" are told `now`. Times are shown in
the zone of the service. The names of days and months are Django's, the patterns are ours.

>>> duration(150), business(1_800), business(108), cnpj("12ABC34501DE35")
('2h30', '2d 6h', '1h48', '12.ABC.345/01DE-35')
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from django.utils import dates, formats, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

SAO_PAULO = ZoneInfo("America/Sao_Paulo")
PORTUGUESE = "pt-br"
SUPPORT_DAY = 12 * 60
KEPT = 8192
"""How many answers each of the functions that lists ask most often remembers."""


def when(at: datetime, *, language: str = PORTUGUESE, now: datetime | None = None, zone: ZoneInfo = SAO_PAULO) -> str:
    """quarta, 19 nov., às 18h12 · hoje, às 12h00"""
    local = at.astimezone(zone)
    return _when(local.date(), local.hour, local.minute, _today(now, zone), language)


@lru_cache(maxsize=KEPT)
def _when(on: date, hour: int, minute: int, today: date | None, language: str) -> str:
    with translation.override(language):
        head = _near_day(on, today) or _dated(on, today, "whole")
        return _("{date}, às {time}").format(date=head, time=_time(time(hour, minute)))


def short(at: datetime, *, language: str = PORTUGUESE, now: datetime | None = None, zone: ZoneInfo = SAO_PAULO) -> str:
    """seg., 24 nov., 9h10 · hoje, 12h00"""
    local = at.astimezone(zone)
    return _short(local.date(), local.hour, local.minute, _today(now, zone), language)


@lru_cache(maxsize=KEPT)
def _short(on: date, hour: int, minute: int, today: date | None, language: str) -> str:
    with translation.override(language):
        head = _near_day(on, today) or _dated(on, today, "short")
        return _("{date}, {time}").format(date=head, time=_time(time(hour, minute)))


def stamp(at: datetime, *, language: str = PORTUGUESE, now: datetime | None = None, zone: ZoneInfo = SAO_PAULO) -> str:
    """When something was said: 9h40 (today) · ontem, 17h06 · 12 nov., 16h48"""
    local = at.astimezone(zone)
    return _stamp(local.date(), local.hour, local.minute, _today(now, zone), language)


@lru_cache(maxsize=KEPT)
def _stamp(on: date, hour: int, minute: int, today: date | None, language: str) -> str:
    with translation.override(language):
        if on == today:
            return _time(time(hour, minute))
        head = _near_day(on, today) or _dated(on, today)
        return _("{date}, {time}").format(date=head, time=_time(time(hour, minute)))


@lru_cache(maxsize=KEPT)
def day(on: date, *, language: str = PORTUGUESE, today: date | None = None, zone: ZoneInfo = SAO_PAULO) -> str:
    """quinta, 27 nov."""
    with translation.override(language):
        return _dated(_date(on, zone), today, "whole")


@lru_cache(maxsize=KEPT)
def short_day(on: date, *, language: str = PORTUGUESE, today: date | None = None, zone: ZoneInfo = SAO_PAULO) -> str:
    """qui., 27 nov."""
    with translation.override(language):
        return _dated(_date(on, zone), today, "short")


@lru_cache(maxsize=KEPT)
def bare_day(on: date, *, language: str = PORTUGUESE, today: date | None = None, zone: ZoneInfo = SAO_PAULO) -> str:
    """27 nov."""
    with translation.override(language):
        return _dated(_date(on, zone), today)


def clock_time(at: datetime | time, *, language: str = PORTUGUESE, zone: ZoneInfo = SAO_PAULO) -> str:
    """12h00"""
    with translation.override(language):
        return _time(at.astimezone(zone).time() if isinstance(at, datetime) else at)


@lru_cache(maxsize=KEPT)
def opening_time(at: datetime | time, *, language: str = PORTUGUESE, zone: ZoneInfo = SAO_PAULO) -> str:
    """The hour as a sign says it: 7h · 13h30"""
    of_day = at.astimezone(zone).time() if isinstance(at, datetime) else at
    if of_day.minute:
        return clock_time(of_day, language=language)
    with translation.override(language):
        return _("{hour}h").format(hour=of_day.hour)


def age(since: datetime, *, now: datetime, language: str = PORTUGUESE, zone: ZoneInfo = SAO_PAULO) -> str:
    """agora · 18 min · 2 h · ontem · 3 dias"""
    minutes = int((now - since).total_seconds() // 60)
    behind = (now.astimezone(zone).date() - since.astimezone(zone).date()).days
    return _age(min(minutes, 1440), behind, language)


@lru_cache(maxsize=KEPT)
def _age(minutes: int, behind: int, language: str) -> str:
    with translation.override(language):
        if minutes < 1:
            return _("agora")
        if minutes < 60:
            return _("{count} min").format(count=minutes)
        if behind == 0:
            return _("{count} h").format(count=minutes // 60)
        if behind == 1:
            return _("ontem")
        return ngettext("{count} dia", "{count} dias", behind).format(count=behind)


@lru_cache(maxsize=KEPT)
def days(count: int, *, language: str = PORTUGUESE) -> str:
    """9 dias"""
    with translation.override(language):
        return ngettext("{count} dia", "{count} dias", count).format(count=count)


@lru_cache(maxsize=KEPT)
def duration(minutes: int, *, language: str = PORTUGUESE) -> str:
    """2h30 · 0h52"""
    hours, rest = divmod(abs(minutes), 60)
    with translation.override(language):
        return _("{hours}h{minutes:02d}").format(hours=hours, minutes=rest)


@lru_cache(maxsize=KEPT)
def business(minutes: int, *, working_day: int = SUPPORT_DAY, language: str = PORTUGUESE) -> str:
    """1h48 under a working day of `working_day` minutes, 1d 3h from there on."""
    if abs(minutes) < working_day:
        return duration(minutes, language=language)
    whole, rest = divmod(abs(minutes), working_day)
    with translation.override(language):
        return _("{days}d {hours}h").format(days=whole, hours=rest // 60)


@lru_cache(maxsize=KEPT)
def hours(minutes: int, *, language: str = PORTUGUESE) -> str:
    """An allowance: 20h · 2h30"""
    whole, rest = divmod(minutes, 60)
    if rest:
        return duration(minutes, language=language)
    with translation.override(language):
        return _("{hours}h").format(hours=whole)


@lru_cache(maxsize=KEPT)
def size(octets: int, *, language: str = PORTUGUESE) -> str:
    """18 kB · 3,4 MB"""
    amount, unit = float(octets), "B"
    for larger in ("kB", "MB", "GB"):
        if amount < 1024:
            break
        amount, unit = amount / 1024, larger
    places = 1 if unit in {"MB", "GB"} and amount % 1 >= 0.05 and amount < 100 else 0
    with translation.override(language):
        return f"{formats.number_format(round(amount, places), places)} {unit}"


def money(amount: Decimal, *, language: str = PORTUGUESE) -> str:
    """R$ 1.240,00, with the space that does not break."""
    with translation.override(language):
        return f"R$\u00a0{formats.number_format(amount, 2, force_grouping=True)}"


def cnpj(value: str) -> str:
    """12.ABC.345/01DE-35; anything of another length is shown as it came."""
    bare = re.sub(r"[^0-9A-Z]", "", value.upper())
    if len(bare) != 14:
        return value
    return f"{bare[:2]}.{bare[2:5]}.{bare[5:8]}/{bare[8:12]}-{bare[12:]}"


def called(name: str) -> str:
    """A name with its Portuguese article, which stays behind in another language: a Fábrica → Fábrica"""
    return name if translation.get_language() == PORTUGUESE else re.sub(r"^(a|o|as|os) ", "", name)


def initials(name: str) -> str:
    """Marina Prado → MP"""
    parts = [part for part in name.split() if part[:1].isupper()] or name.split()
    if not parts:
        return ""
    return (parts[0][0] + (parts[-1][0] if len(parts) > 1 else "")).upper()


def _date(on: date, zone: ZoneInfo) -> date:
    """The day of an instant is the day it has in `zone`."""
    return on.astimezone(zone).date() if isinstance(on, datetime) else on


def _today(now: datetime | None, zone: ZoneInfo) -> date | None:
    return now.astimezone(zone).date() if now else None


def _near_day(on: date, today: date | None) -> str:
    behind = (today - on).days if today else None
    if behind == 0:
        return _("hoje")
    return _("ontem") if behind == 1 else ""


def _dated(on: date, today: date | None, weekday: Literal["", "whole", "short"] = "") -> str:
    """The weekday if wanted, the day and the month; the year only when it is not this one."""
    bare = _("{day} {month}.").format(day=on.day, month=_name(dates.MONTHS_3[on.month]))
    if today and today.year != on.year:
        bare = _("{date} {year}").format(date=bare, year=on.year)
    if not weekday:
        return bare
    name = _name(dates.WEEKDAYS[on.weekday()]).removesuffix("-feira")
    if weekday == "short":
        name = _("{weekday}.").format(weekday=name[:3])
    return _("{weekday}, {date}").format(weekday=name, date=bare)


def _time(of_day: time) -> str:
    return _("{hour}h{minute:02d}").format(hour=of_day.hour, minute=of_day.minute)


def _name(name: object) -> str:
    text = str(name)
    return text.capitalize() if translation.get_language() == "en" else text.lower()
