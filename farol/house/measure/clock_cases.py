"""The same questions for every clock: random instants of a year on two desks, with the answers counted by hand."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from random import Random
from zoneinfo import ZoneInfo

import holidays

from farol.worktime.by_hand import ByHand
from farol.worktime.windows import Window, read

ZONE = ZoneInfo("America/Sao_Paulo")
YEARS = (2020, 2035)
HOLIDAYS: dict[date, str] = dict(
    sorted(holidays.country_holidays("BR", years=range(YEARS[0], YEARS[1] + 1), language="pt_BR").items())
)
ALLOWANCE = 10 * 60
SPANS = (1, 30, 365)
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
YEAR = 365 * 24 * 60


@dataclass(frozen=True, slots=True)
class Desk:
    """Monday to Friday, in these windows."""

    name: str
    windows: tuple[Window, ...]


DESKS = (
    Desk("one window, 7-19", read("07:00-19:00", "windows")),
    Desk("two windows, 8-12 and 13:30-18", read("08:00-12:00 13:30-18:00", "windows")),
)


@dataclass(frozen=True, slots=True)
class Cases:
    """Starts with the right due date of 10 hours each; and for each span their ends and the right minutes between."""

    desk: Desk
    starts: list[datetime]
    due: list[datetime]
    ends: dict[int, list[datetime]]
    minutes: dict[int, list[int]]


def draw(desk: Desk, count: int, seed: int = 24) -> Cases:
    """Every other start is on a whole hour, as people like them; so some dates fall exactly on a closing."""
    random = Random(seed)
    places = [random.randrange(YEAR) // step * step for step in (1, 60) * (count // 2)]
    by_hand = ByHand(dict.fromkeys(range(5), desk.windows), ZONE, HOLIDAYS)
    passed = [0, *accumulate(by_hand.open_minutes(FIRST, 2 * YEAR + 1))]
    return Cases(
        desk,
        starts=[_at(place) for place in places],
        due=[_at(bisect_left(passed, passed[place] + ALLOWANCE)) for place in places],
        ends={days: [_at(place + _minutes(days)) for place in places] for days in SPANS},
        minutes={days: [passed[place + _minutes(days)] - passed[place] for place in places] for days in SPANS},
    )


def _minutes(days: int) -> int:
    return days * 24 * 60


def _at(place: int) -> datetime:
    return FIRST + timedelta(minutes=place)
