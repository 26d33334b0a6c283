"""Opening hours as a sign says them.

>>> from datetime import time
>>> office = {day: ((time(8), time(12)), (time(13, 30), time(18))) for day in range(5)}
>>> week_words(office)
'de segunda a sexta, das 8h às 12h e das 13h30 às 18h'
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import time
from itertools import groupby

from django.utils import dates, translation
from django.utils.translation import gettext as _

from farol.ui.words import PORTUGUESE, opening_time

Windows = Sequence[tuple[time, time]]


def week_words(week: Mapping[int, Windows], *, language: str = PORTUGUESE) -> str:
    with translation.override(language):
        open_days = [(day, tuple(week.get(day, ()))) for day in range(7) if week.get(day)]
        parts = []
        for windows, days in groupby(open_days, key=lambda pair: pair[1]):
            numbers = [day for day, _windows in days]
            if windows == ((time(), time()),) and len(numbers) == 7:
                return _("24 horas, todos os dias")
            parts.append(_("{days}, {hours}").format(days=_days(numbers), hours=_hours(windows, language)))
        return "; ".join(parts)


def hours_words(windows: Windows, *, language: str = PORTUGUESE) -> str:
    """das 8h às 12h e das 13h30 às 18h"""
    with translation.override(language):
        return _hours(windows, language)


def _days(numbers: Sequence[int]) -> str:
    first, last = _weekday(numbers[0]), _weekday(numbers[-1])
    if len(numbers) == 7:
        return _("todos os dias")
    if len(numbers) == 1:
        return first
    return _("de {first} a {last}").format(first=first, last=last)


def _hours(windows: Windows, language: str) -> str:
    said = [
        _("das {opens} às {closes}").format(
            opens=opening_time(opens, language=language),
            closes=opening_time(closes, language=language) if closes != time() else "24h",
        )
        for opens, closes in windows
    ]
    return _(" e ").join(said)


def _weekday(number: int) -> str:
    name = str(dates.WEEKDAYS[number]).removesuffix("-feira")
    return name.capitalize() if translation.get_language() == "en" else name.lower()
