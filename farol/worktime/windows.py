"""The hours of one day: half-open windows on the wall clock; a closing at 00:00 is the midnight that ends the day.

>>> read("08:00-12:00 13:30-24:00", "hours")
((datetime.time(8, 0), datetime.time(12, 0)), (datetime.time(13, 30), datetime.time(0, 0)))
>>> in_minutes(read("08:00-12:00 13:30-24:00", "hours"), "hours")
((480, 720), (810, 1440))
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import time
from itertools import pairwise

from farol.worktime.errors import EndsBeforeStart, NotWholeMinutes, UnknownWeekday, UnreadableWindow, WindowsOverlap

Window = tuple[time, time]
MinutesOfDay = tuple[tuple[int, int], ...]
DAY = 24 * 60
WEEKDAYS = frozenset("0123456")
WHOLE_DAY: Window = (time(0, 0), time(0, 0))


def read(text: str, field: str) -> tuple[Window, ...]:
    """Windows as people write them: ``"08:00-12:00 13:30-18:00"``, the day's end as ``24:00``."""
    return tuple(_window(part, field) for part in text.split())


def read_week(week: Mapping[str, Sequence[Sequence[str]]], field: str = "week") -> dict[int, tuple[Window, ...]]:
    """A week as it is written in JSON: ``{"0": [["08:00", "12:00"], ["13:30", "18:00"]], …}``."""
    if any(weekday not in WEEKDAYS for weekday in week):
        raise UnknownWeekday(field)
    return {int(day): read_pairs(pairs, f"{field}[{day}]") for day, pairs in week.items()}


def read_pairs(pairs: Sequence[Sequence[str]], field: str) -> tuple[Window, ...]:
    return tuple(_window("-".join(pair), field) for pair in pairs)


def in_minutes(windows: Sequence[Window], field: str) -> MinutesOfDay:
    """Windows as minutes of the day, in order, refused if one is reversed or two overlap."""
    day = sorted(_minutes(window, field) for window in windows)
    if any(later[0] < earlier[1] for earlier, later in pairwise(day)):
        raise WindowsOverlap(field)
    return tuple(day)


def _window(text: str, field: str) -> Window:
    try:
        opens, closes = text.split("-")
        return time.fromisoformat(opens), time.fromisoformat("00:00" if closes == "24:00" else closes)
    except ValueError:
        raise UnreadableWindow(field) from None


def _minutes(window: Window, field: str) -> tuple[int, int]:
    opens, closes = window
    if any(edge.second or edge.microsecond or edge.tzinfo for edge in window):
        raise NotWholeMinutes(field)
    start, end = opens.hour * 60 + opens.minute, closes.hour * 60 + closes.minute or DAY
    if end <= start:
        raise EndsBeforeStart(field)
    return start, end
