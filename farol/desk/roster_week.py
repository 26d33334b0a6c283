"""One week of a duty roster: as a picture, and as the table that says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from farol.desk.door import Visit
from farol.hours import queries
from farol.hours.models import Roster
from farol.hours.rules.roster import Duty, Part
from farol.tickets.rules.windows import day_of, start_of
from farol.ui import words
from farol.ui.charts.roster_week import Axis, Block, roster_day

DAYS = 7
WEEK = timedelta(days=DAYS)
BEHIND = (Duty.BACKUP, Duty.SUPERVISOR)  # the table names them; the picture shows who is called first
ROOM = 16  # letters of a name that a column holds


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a day that must be covered, and by whom it is; nobody is a hole."""

    hours: str
    duty: str
    names: str
    is_hole: bool


@dataclass(frozen=True, slots=True)
class Day:
    """`note` says why there is nothing to cover."""

    title: str
    short: str
    stretches: Sequence[Stretch]
    picture: SafeString
    note: str
    is_today: bool


@dataclass(frozen=True, slots=True)
class Week:
    days: Sequence[Day]
    summary: str


def shown(roster: Roster, parts: Sequence[Part], monday: date, visit: Visit) -> Week:
    """Of all `parts` of the roster, those of the week that begins on `monday`."""
    start, end = start_of(monday), start_of(monday + WEEK)
    here = [part for part in parts if start <= part.start < end]
    by_day = {monday + timedelta(days=n): [] for n in range(DAYS)}  # type: dict[date, list[Part]]
    for part in here:
        by_day[day_of(part.start)].append(part)
    blocks = {
        day: [_block(part, day, visit) for part in found if part.duty not in BEHIND] for day, found in by_day.items()
    }
    axis = Axis(blocks.values())
    closed = queries.schedule_of(roster.calendar_id, roster.first_day).hours.holidays
    today = day_of(visit.now)

    def day(on: date) -> Day:
        is_today = on == today
        now = _minute(visit.now, on) if is_today else None
        return Day(
            title=words.day(on, language=visit.language),
            short=words.short_day(on, language=visit.language),
            stretches=[_stretch(part, visit) for part in by_day[on]],
            picture=roster_day(blocks[on], axis, hatch_id=f"holes-{on:%d}", now=now) if blocks[on] else SafeString(),
            note=_note(roster, on, closed),
            is_today=is_today,
        )

    return Week([day(on) for on in by_day], _summary(here))


def holes_by_day(holes: Sequence[Part], visit: Visit) -> list[tuple[str, str, str]]:
    """Every hole of the roster: its day, the week it is found in, and the hours."""
    return [
        (words.day(day, language=visit.language), day.isoformat(), ", ".join(_named(hole, visit) for hole in found))
        for day, found in groupby(sorted(holes, key=lambda hole: hole.start), key=lambda hole: day_of(hole.start))
    ]


def _summary(parts: Sequence[Part]) -> str:
    if not parts:
        return _("Nesta semana não há horário a cobrir.")
    all_of_them = ngettext("{count} horário a cobrir", "{count} horários a cobrir", len(parts)).format(count=len(parts))
    holes = sum(part.is_hole for part in parts)
    open_ones = ngettext("{count} sem ninguém", "{count} sem ninguém", holes).format(count=holes)
    return f"{all_of_them}, {open_ones if holes else _('todos com nome')}."


def _stretch(part: Part, visit: Visit) -> Stretch:
    names = ", ".join(part.names) or _("sem ninguém")
    return Stretch(_hours(part, visit), _duty(part.duty), names, part.is_hole)


def _block(part: Part, day: date, visit: Visit) -> Block:
    told = _stretch(part, visit)
    return Block(
        start=_minute(part.start, day),
        end=_minute(part.end, day),
        kind="hole" if part.is_hole else part.duty.value,
        who=_who(part.names) or told.names,
        hours=told.hours,
        title=f"{told.hours} · {told.duty} · {told.names}",
    )


def _who(names: Sequence[str]) -> str:
    """As much of it as a column holds: Jussara Lima · Diego N. · Diego N. +1"""
    if not names:
        return ""
    first, *others = names[0].split()
    short = f"{first[:ROOM]} {others[-1][0]}." if others else first[:ROOM]
    if len(names) > 1:
        return f"{short} +{len(names) - 1}"
    return names[0] if len(names[0]) <= ROOM else short


def _minute(at: datetime, day: date) -> int:
    """As the clock on the wall shows it, from the midnight that begins the day."""
    wall = localtime(at).replace(tzinfo=None)
    return int((wall - datetime.combine(day, datetime.min.time())) / timedelta(minutes=1))


def _hours(part: Part, visit: Visit) -> str:
    language = visit.language
    return f"{words.clock_time(part.start, language=language)} – {words.clock_time(part.end, language=language)}"


def _named(hole: Part, visit: Visit) -> str:
    return f"{_hours(hole, visit)} ({_duty(hole.duty)})" if hole.duty in BEHIND else _hours(hole, visit)


def _duty(duty: Duty) -> str:
    return {
        Duty.INTEGRATION: _("integração"),
        Duty.ON_CALL: _("plantão"),
        Duty.LOCAL_HOLIDAY: _("feriado local"),
        Duty.BACKUP: _("reserva"),
        Duty.SUPERVISOR: _("supervisão"),
    }[duty]


def _note(roster: Roster, on: date, closed: dict[date, str]) -> str:
    if not roster.first_day <= on <= roster.last_day:
        return _("fora da escala")
    return closed.get(on) or _("nada a cobrir")
