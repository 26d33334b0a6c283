"""The hours that hold for a calendar on a day, as a schedule of the clock."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Model, QuerySet, Subquery

from farol.hours.models import Almanac, Calendar, CalendarVersion, Holiday, Roster, Shift, SpecialDay
from farol.hours.rules import Level, UnknownCalendar, oncall, places_above
from farol.hours.rules.roster import Covers, Duty, Need, Part, Slot, Turn, needed, staffed
from farol.journal import queries as journal
from farol.journal.models import Entry
from farol.worktime import hours
from farol.worktime.schedule import FIRST_YEAR, LAST_YEAR, Schedule
from farol.worktime.windows import read_pairs, read_week

EVERY_YEAR = (FIRST_YEAR, LAST_YEAR)
"""Of a calendar that no holiday closes; left out, its special days alone would bound it."""


def all_calendars() -> QuerySet[Calendar]:
    return Calendar.objects.order_by("name")


def calendar_named(code: str) -> Calendar:
    calendar = Calendar.objects.filter(code=code).first()
    if calendar is None:
        raise UnknownCalendar(calendar=code)
    return calendar


def versions_of(calendar_id: int) -> QuerySet[CalendarVersion]:
    """Oldest first."""
    return CalendarVersion.objects.filter(calendar=calendar_id).order_by("valid_from")


def almanac() -> Almanac:
    """The years whose holidays are known."""
    return Almanac.objects.get(pk=1)


def version_kept(version_id: int) -> CalendarVersion:
    """A version with its calendar."""
    return CalendarVersion.objects.select_related("calendar").get(pk=version_id)


def holidays() -> QuerySet[Holiday]:
    return Holiday.objects.order_by("day", "level", "place")


def holidays_between(first: date, last: date) -> QuerySet[Holiday]:
    return holidays().filter(day__range=(first, last))


def special_days_of(calendar_id: int, since: date) -> QuerySet[SpecialDay]:
    return SpecialDay.objects.filter(calendar=calendar_id, day__gte=since).order_by("day")


def schedule_of(calendar: int | str, on: date | None = None) -> Schedule:
    """The schedule of a calendar, by its id or code, in the version of the day `on`, or the newest.

    Kept in the process until anything in this room changes, so that its table is laid out once.
    """
    return book().in_force(calendar, on)[1]


def in_force(code: str, on: date) -> tuple[int, Schedule]:
    """The id of the version that holds for calendar `code` on a day, and its schedule."""
    return book().in_force(code, on)


def schedule_kept(version_id: int) -> Schedule:
    """The schedule of one version, as a ticket keeps it, with the holidays known now."""
    return book().kept(version_id)


def working_day(schedule: Schedule) -> int:
    """The minutes of this calendar's longest weekday: what "1d" means to its teams."""
    return max(sum(end - start for start, end in windows) for windows in schedule.hours.weekdays)


def schedule_of_version(version: CalendarVersion) -> Schedule:
    """What a version says with the holidays known now; it need not be saved."""
    return _schedule(version, _closed_days(version), _special_days(version))


def schedules_with_holiday(day: date, name: str, level: str, place: str) -> dict[int, Schedule]:
    """By version, what the calendars that would observe one more holiday would then say."""
    return {
        version.pk: _schedule(version, {day: name, **_closed_days(version)}, _special_days(version))
        for version in versions_observing(level, place)
    }


def schedules_without_holiday(holiday: Holiday) -> dict[int, Schedule]:
    """By version, what the calendars that observe this holiday would say without it."""
    return {
        version.pk: _schedule(version, _closed_days(version, without=holiday.pk), _special_days(version))
        for version in versions_observing(holiday.level, holiday.place)
    }


def schedules_with_special_days(
    calendar_id: int, days: Collection[date], special: hours.SpecialDay | None
) -> dict[int, Schedule]:
    """By version, what a calendar would say with other hours on these days, or with none of their own again."""
    changed: dict[int, Schedule] = {}
    for version in CalendarVersion.objects.filter(calendar=calendar_id):
        kept = {other: hours_then for other, hours_then in _special_days(version).items() if other not in days}
        kept |= dict.fromkeys(days, special) if special else {}
        changed[version.pk] = _schedule(version, _closed_days(version), kept)
    return changed


def versions_observing(level: str, place: str) -> list[CalendarVersion]:
    """The versions of calendars that a holiday of this level and place closes (R-140)."""
    return [
        version
        for version in CalendarVersion.objects.filter(levels__contains=[level])
        if place in places_above(version.place)
    ]


def _schedule(
    version: CalendarVersion, closed: Mapping[date, str], special: Mapping[date, hours.SpecialDay]
) -> Schedule:
    almanac = Almanac.objects.first()
    return Schedule(
        read_week(version.week),
        ZoneInfo(version.zone),
        closed,
        special,
        (almanac.first_year, almanac.last_year) if almanac and version.levels else EVERY_YEAR,
    )


def _closed_days(version: CalendarVersion, *, without: int = 0) -> dict[date, str]:
    rows = Holiday.objects.filter(level__in=version.levels, place__in=places_above(version.place)).exclude(pk=without)
    closed: dict[date, str] = {}
    for day, name in rows.order_by("day", "place").values_list("day", "name"):
        closed.setdefault(day, name)
    return closed


def _special_days(version: CalendarVersion) -> dict[date, hours.SpecialDay]:
    rows = SpecialDay.objects.filter(calendar=version.calendar_id)
    return {row.day: hours.SpecialDay(read_pairs(row.windows, "windows"), row.name) for row in rows}


CHANGES = ("holiday.entered", "holiday.removed", "calendar.special_day_set", "calendar.special_day_removed")


@dataclass(frozen=True, slots=True)
class History:
    """Every holiday and special day entered or taken back, oldest first."""

    entries: Sequence[Entry]

    def until(self, entry_id: int) -> list[Entry]:
        return [entry for entry in self.entries if entry.pk <= entry_id]

    def after(self, entry_id: int) -> list[Entry]:
        return [entry for entry in self.entries if entry.pk > entry_id]


def history() -> History:
    return History(list(journal.named(CHANGES)))


def schedule_known(version_id: int, entry_id: int, history: History) -> Schedule:
    """What a version said when that entry of the journal was written: later changes are undone."""
    version = CalendarVersion.objects.get(pk=version_id)
    observed = Holiday.objects.filter(level__in=version.levels, place__in=places_above(version.place))
    rows = {(row.day.isoformat(), row.place, row.level): row.name for row in observed}
    special, about = _special_days(version), f"calendar:{version.calendar_id}"
    for entry in reversed(history.after(entry_id)):
        facts = entry.facts
        if entry.name == "holiday.entered":
            rows.pop((facts["day"], facts["place"], facts["level"]), None)
        elif entry.name == "holiday.removed":
            if facts["level"] in version.levels and facts["place"] in places_above(version.place):
                rows[facts["day"], facts["place"], facts["level"]] = facts["name"]
        elif entry.subject == about:
            special.pop(date.fromisoformat(facts["day"]), None)
    for entry in history.until(entry_id):
        if entry.subject == about:
            day = date.fromisoformat(entry.facts["day"])
            special.pop(day, None)
            if entry.name == "calendar.special_day_set":
                special[day] = hours.SpecialDay(read_pairs(entry.facts["windows"], "windows"), entry.facts["name"])
    closed: dict[date, str] = {}
    for (on, _place, _level), name in sorted(rows.items()):
        closed.setdefault(date.fromisoformat(on), name)
    return _schedule(version, closed, special)


@dataclass(slots=True)
class Book:
    """Schedules made so far under one mark of the almanac."""

    versions: dict[tuple[int | str, date | None], int] = field(default_factory=dict)
    schedules: dict[int, Schedule] = field(default_factory=dict)

    def in_force(self, calendar: int | str, on: date | None) -> tuple[int, Schedule]:
        if (version_id := self.versions.get((calendar, on))) is None:
            version_id = self.versions[calendar, on] = version_of(calendar, on).pk
        return version_id, self.kept(version_id)

    def kept(self, version_id: int) -> Schedule:
        if (known := self.schedules.get(version_id)) is not None:
            return known
        schedule = self.schedules[version_id] = schedule_of_version(CalendarVersion.objects.get(pk=version_id))
        return schedule


def version_of(calendar: int | str, on: date | None = None) -> CalendarVersion:
    """The version that holds on a day: the last one begun, or the first if none had."""
    key = {"calendar__code": calendar} if isinstance(calendar, str) else {"calendar": calendar}
    versions = CalendarVersion.objects.filter(**key).order_by("-valid_from")
    begun = versions if on is None else versions.filter(valid_from__lte=on)
    version = begun.first() or versions.last()
    if version is None:
        raise UnknownCalendar(calendar=calendar)
    return version


def book() -> Book:
    """The schedules in this process, if nothing in this room changed since; for whoever needs several at once."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {MARK}")
        return book_of(cursor.fetchone()[0])


MARK = "(SELECT mark FROM hours_almanac)"
"""For a statement that reads it along with its rows."""


def mark() -> Subquery:
    """The same for a query set, to be read as `almanac_mark`."""
    return Subquery(Almanac.objects.values("mark")[:1])


def book_read_with(row: Model) -> Book:
    """The book, by the mark that was read along with this row, if it was."""
    return book_of(row.almanac_mark) if hasattr(row, "almanac_mark") else book()


def book_of(mark: UUID | None) -> Book:
    """The schedules in this process, if this is still the almanac's mark; before there is an almanac, none."""
    return _book_of(mark) if mark else Book()


@lru_cache(maxsize=2)
def _book_of(mark: UUID) -> Book:
    return Book()


def needs_of(roster: Roster) -> list[Need]:
    """What the roster has to staff, day by day (R-068, R-123, R-141)."""
    schedule = schedule_of(roster.calendar_id, roster.first_day)
    if roster.covers == Covers.OUT_OF_HOURS:
        period = (roster.first_day, roster.last_day)
        return [need for duty in oncall.DUTIES.values() for need in oncall.outside(schedule, *period, duty)]
    local = Holiday.objects.filter(
        level__in=[Level.STATE, Level.MUNICIPAL],
        place__in=places_above(roster.place),
        day__range=(roster.first_day, roster.last_day),
    )
    slots = [
        Slot(time.fromisoformat(opens), time.fromisoformat(closes), Duty(duty)) for opens, closes, duty in roster.slots
    ]
    return needed(schedule, slots, roster.first_day, roster.last_day, set(local.values_list("day", flat=True)))


def parts_of(roster: Roster) -> list[Part]:
    """The whole roster, minute by minute: who covers what, and what nobody does (R-141)."""
    needs, shifts = needs_of(roster), list(roster.shifts.select_related("person"))
    if roster.covers == Covers.DESK:
        return staffed(needs, _turns(shifts))
    return [
        part
        for level, duty in oncall.DUTIES.items()
        for part in staffed(
            [need for need in needs if need.duty is duty], _turns([shift for shift in shifts if shift.level == level])
        )
    ]


def _turns(shifts: Sequence[Shift]) -> list[Turn]:
    return [Turn(shift.starts_at, shift.ends_at, shift.person.name) for shift in shifts]


def gaps_of(roster: Roster) -> list[Need]:
    """The minutes of the roster that have no name."""
    return [Need(part.start, part.end, part.duty) for part in parts_of(roster) if part.is_hole]


def on_duty(at: datetime) -> list[Shift]:
    """Whose turn it is at this instant, by the published rosters of the desks."""
    return list(_turns_at(at).filter(roster__covers=Covers.DESK))


def hops(calendar: str, at: datetime) -> list[oncall.Hop]:
    """Who answers each on-call telephone of this calendar's team, by its published roster (R-121)."""
    turns = _turns_at(at).filter(roster__covers=Covers.OUT_OF_HOURS, roster__calendar__code=calendar)
    known: dict[oncall.Level, oncall.Hop] = {}
    for shift in turns:
        level = oncall.Level(shift.level)
        known.setdefault(level, oncall.Hop(level, shift.person_id, shift.person.name, shift.telephone))
    return [known[level] for level in oncall.Level if level in known]


def _turns_at(at: datetime) -> QuerySet[Shift]:
    turns = Shift.objects.select_related("person", "roster").filter(roster__published_at__isnull=False)
    return turns.filter(starts_at__lte=at, ends_at__gt=at).order_by("starts_at", "id")


def rosters() -> QuerySet[Roster]:
    return Roster.objects.select_related("calendar").order_by("-first_day", "-id")


def shifts_between(roster: Roster, start: datetime, end: datetime) -> QuerySet[Shift]:
    turns = roster.shifts.select_related("person").filter(starts_at__lt=end, ends_at__gt=start)
    return turns.order_by("starts_at", "id")
