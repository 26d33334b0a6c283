"""Whole arrays of instants at once, as minutes since 1970 in UTC: for reports, audits and simulations.

>>> from datetime import datetime
>>> from zoneinfo import ZoneInfo
>>> from farol.worktime.spans import minute_of
>>> desk = Schedule.weekdays("08:00-12:00", zone=ZoneInfo("UTC"))
>>> monday = minute_of(datetime(2026, 11, 23, tzinfo=ZoneInfo("UTC")), "monday")
>>> due = due_many(desk, [monday, monday + 600], 60)
>>> [minute - monday for minute in due]
[540, 660]
>>> list(minutes_between_many(desk, [monday, monday + 600], due))
[60, 60]
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import repeat
from operator import add, lt, sub

from farol.worktime.errors import EndsBeforeStart, NegativeMinutes, NotWholeMinutes, UnequalLengths
from farol.worktime.schedule import Schedule
from farol.worktime.table import BUCKET, Table

Minutes = Sequence[int]


def due_many(schedule: Schedule, starts: Minutes, minutes: int | Minutes) -> array[int]:
    """For each start the earliest minute at which its `minutes` of business time have passed."""
    begun = _array(starts, "starts")
    if not begun:
        return begun
    allowed = _array([minutes], "minutes") if isinstance(minutes, int) else _array(minutes, "minutes")
    if len(allowed) != len(begun) and not isinstance(minutes, int):
        raise UnequalLengths("minutes")
    if min(allowed) < 0:
        raise NegativeMinutes("minutes")
    last = max(begun)
    each = repeat(minutes) if isinstance(minutes, int) else allowed
    table = schedule.table_between(min(begun), last, "starts", "starts")
    if table.total < table.passed(last) + max(allowed):
        # the longest allowance need not be the latest one's: no item may ask for more years than it needs
        table = schedule.table_reaching(max(map(add, _passed(table, begun), each)), table)
    return array("q", _due(table, begun, each))


def minutes_between_many(schedule: Schedule, starts: Minutes, ends: Minutes) -> array[int]:
    """For each pair the business minutes from its start to its end."""
    begun, ended = _array(starts, "starts"), _array(ends, "ends")
    if not begun and not ended:
        return begun
    if len(begun) != len(ended):
        raise UnequalLengths("ends")
    if any(map(lt, ended, begun)):
        raise EndsBeforeStart("ends")
    table = schedule.table_between(min(begun), max(ended), "starts", "ends")
    return array("q", map(sub, _passed(table, ended), _passed(table, begun)))


def _due(table: Table, starts: array[int], minutes: Iterable[int]) -> list[int]:
    # `_passed` is written out once more in this loop: calling it costs a third of the time of an item
    opening, reaching = table.buckets()
    next_opens, after, lag, first = table.next_opens, table.after, table.lag, table.start
    due = []
    for start, allowance in zip(starts, minutes):  # noqa: B905 – one allowance may stand for all
        index = opening[(start - first) >> BUCKET]
        while next_opens[index] <= start:
            index += 1
        goal = start - lag[index]
        if goal > after[index]:
            goal = after[index]
        goal += allowance
        index = reaching[goal >> BUCKET]
        while after[index] < goal:
            index += 1
        due.append(goal + lag[index] if allowance else start)
    return due


def _passed(table: Table, minutes: array[int]) -> list[int]:
    opening, _ = table.buckets()
    next_opens, after, lag, first = table.next_opens, table.after, table.lag, table.start
    passed = []
    for minute in minutes:
        index = opening[(minute - first) >> BUCKET]
        while next_opens[index] <= minute:
            index += 1
        inside = minute - lag[index]
        passed.append(inside if inside < after[index] else after[index])
    return passed


def _array(minutes: Minutes, field: str) -> array[int]:
    try:
        return minutes if isinstance(minutes, array) and minutes.typecode == "q" else array("q", minutes)
    except TypeError:
        raise NotWholeMinutes(field) from None
