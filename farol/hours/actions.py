"""Writing the hours: the first calendars, new versions, holidays and special days."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import holidays
from django.db import transaction
from django.db.models import ProtectedError

from farol.hours.models import Almanac, Calendar, CalendarVersion, Holiday, Roster, Shift, SpecialDay
from farol.hours.queries import gaps_of, schedule_of_version
from farol.hours.rules import (
    BEGINNING,
    LONGEST_STRETCH,
    SAO_PAULO,
    SEEDED_YEARS,
    SITE,
    STANDARD_CALENDARS,
    TOO_LONG,
    HolidayGone,
    HolidayKnown,
    HoursForManagers,
    Level,
    SpecialDayGone,
    StandardCalendar,
    VersionBegun,
    VersionGone,
    VersionTooEarly,
    Week,
    YearsKnown,
    YearsOutOfReach,
    refuse_place,
)
from farol.hours.rules.oncall import Level as OnCall
from farol.hours.rules.roster import STANDARD_SLOTS, Covers, RosterHasGaps, RosterPublished
from farol.journal.actions import tell
from farol.kernel.actor import Actor, Side
from farol.kernel.errors import FieldsRefused, gettext_noop
from farol.people.models import Person
from farol.worktime.errors import ClockError
from farol.worktime.schedule import LAST_YEAR
from farol.worktime.windows import in_minutes, read_pairs

NO_REASON = gettext_noop("Diga por que o calendário muda.")
NO_NAME = gettext_noop("Dê um nome ao dia.")
UNKNOWN_YEAR = gettext_noop("Os feriados deste ano ainda não foram carregados.")
OUTSIDE_ROSTER = gettext_noop("O turno fica fora do período da escala.")
ENDS_FIRST = gettext_noop("O fim precisa vir depois do início.")
NO_TELEPHONE = gettext_noop("Diga em que telefone a pessoa atende.")
UNKNOWN_ZONE = gettext_noop("Não existe este fuso horário.")

SOURCES = (  # level, place, and how the library of holidays names them
    (Level.NATIONAL, "", None, "public"),
    (Level.OPTIONAL, "", None, "optional"),
    (Level.STATE, "SP", "SP", "public"),
    (Level.MUNICIPAL, "SP/São Paulo", "São Paulo Capital", "public"),
)


LAST_KNOWN_YEAR = min(holidays.country_holidays("BR").end_year, LAST_YEAR)  # what the library of holidays has rules for


@transaction.atomic
def seed_hours() -> None:
    """The standard calendars and the holidays of the seeded years are there; what was edited stays (R-140)."""
    first, last = SEEDED_YEARS
    _, is_new = Almanac.objects.get_or_create(pk=1, defaults={"first_year": first, "last_year": last})
    if is_new:
        _seed_holidays(range(first, last + 1))
    seeded = [_seed_calendar(standard) for standard in STANDARD_CALENDARS]
    if any(seeded):
        _mark_change()


@transaction.atomic
def load_years(until: int, *, by: Actor, now: datetime) -> int:
    """The holidays of every year up to `until` are known (R-140); answers how many came.

    The days that the vendor itself closes are not among them. Raises YearsKnown,
    YearsOutOfReach or HoursForManagers.
    """
    if by.side is not Side.HOUSE:
        _refuse_others(by)
    almanac = Almanac.objects.select_for_update().get(pk=1)
    if until <= almanac.last_year:
        raise YearsKnown(last=almanac.last_year)
    if until > LAST_KNOWN_YEAR:
        raise YearsOutOfReach(last=LAST_KNOWN_YEAR)
    first = almanac.last_year + 1
    before = Holiday.objects.count()
    _seed_holidays(range(first, until + 1))
    Almanac.objects.filter(pk=1).update(last_year=until)
    _mark_change()
    facts = {"first_year": first, "last_year": until}
    tell("holidays.years_loaded", about="almanac", by=by, at=now, facts=facts)
    return Holiday.objects.count() - before


def _seed_holidays(years: range) -> None:
    known: dict[date, Level] = {}
    for level, place, subdivision, category in SOURCES:
        named = holidays.country_holidays(
            "BR", subdiv=subdivision, years=years, categories=(category,), language="pt_BR"
        )
        fresh = {day: name for day, name in named.items() if known.get(day) is None or level is Level.OPTIONAL}
        Holiday.objects.bulk_create(
            Holiday(day=day, name=name, level=level, place=place) for day, name in sorted(fresh.items())
        )
        if level is not Level.OPTIONAL:
            known.update(dict.fromkeys(fresh, level))


def _seed_calendar(standard: StandardCalendar) -> bool:
    calendar, is_new = Calendar.objects.get_or_create(code=standard.code, defaults={"name": standard.name})
    if is_new:
        CalendarVersion.objects.create(
            calendar=calendar,
            valid_from=BEGINNING,
            zone=SAO_PAULO,
            week=standard.week,
            levels=list(standard.levels),
            place=standard.place if standard.levels else "",
        )
    return is_new


def drafted(
    calendar: Calendar, *, valid_from: date, zone: str, week: Week, levels: list[str], place: str, reason: str
) -> CalendarVersion:
    """A version that holds for nobody yet: what `start_version` takes."""
    return CalendarVersion(
        calendar=calendar, valid_from=valid_from, zone=zone, week=week, levels=levels, place=place, reason=reason
    )


@transaction.atomic
def start_version(draft: CalendarVersion, *, by: Actor, now: datetime) -> CalendarVersion:
    """The calendar says something else from `draft.valid_from` on; tickets opened before keep what it said (R-140).

    Raises FieldsRefused, VersionTooEarly or HoursForManagers.
    """
    _refuse_others(by)
    Calendar.objects.select_for_update().get(pk=draft.calendar_id)
    newest = CalendarVersion.objects.filter(calendar=draft.calendar_id).order_by("-valid_from").first()
    if newest and draft.valid_from <= newest.valid_from:
        raise VersionTooEarly(valid_from=newest.valid_from)
    _refuse_year(draft.valid_from, "valid_from")
    if not draft.reason.strip():
        raise FieldsRefused({"reason": [NO_REASON]})
    _refuse_unreadable(draft)
    draft.save(force_insert=True)
    facts = {"version": draft.pk, "valid_from": draft.valid_from.isoformat(), "reason": draft.reason}
    _mark_change()
    tell("calendar.version_started", about=f"calendar:{draft.calendar_id}", by=by, at=now, facts=facts)
    return draft


@transaction.atomic
def take_back_version(version_id: int, *, reason: str = "", by: Actor, now: datetime) -> CalendarVersion:
    """A version that has not begun holds for nobody, as if it had never been announced (R-140).

    Raises VersionGone, VersionBegun once its day has come or tickets were moved over to it, HoursForManagers.
    """
    _refuse_others(by)
    version = CalendarVersion.objects.select_for_update().filter(pk=version_id).first()
    if version is None:
        raise VersionGone
    if version.valid_from <= now.astimezone(ZoneInfo(SAO_PAULO)).date():
        raise VersionBegun
    told = {"calendar": version.calendar_id, "valid_from": version.valid_from.isoformat()}
    try:
        with transaction.atomic():
            version.delete()
    except ProtectedError:
        raise VersionBegun from None
    tell("calendar.version_taken_back", about=f"calendar:{version.calendar_id}", by=by, at=now, body=reason, facts=told)
    _mark_change()
    return version


@transaction.atomic
def enter_holiday(
    *, day: date, name: str, level: Level, place: str = "", reason: str = "", by: Actor, now: datetime
) -> Holiday:
    """The day closes every calendar that observes its level and place (R-140).

    Dates already promised stand until they are recalculated. Raises FieldsRefused,
    HolidayKnown or HoursForManagers.
    """
    _refuse_others(by)
    refuse_place(level, place)
    Almanac.objects.select_for_update().get(pk=1)
    if not name.strip():
        raise FieldsRefused({"name": [NO_NAME]})
    _refuse_year(day, "day")
    if known := Holiday.objects.filter(day=day, level=level, place=place).first():
        raise HolidayKnown(name=known.name)
    holiday = Holiday.objects.create(day=day, name=name.strip(), level=level, place=place)
    _mark_change()
    tell("holiday.entered", about=f"holiday:{day.isoformat()}", by=by, at=now, body=reason, facts=_told(holiday))
    return holiday


@transaction.atomic
def remove_holiday(holiday_id: int, *, reason: str = "", by: Actor, now: datetime) -> Holiday:
    """The day closes nobody any more; the journal keeps that it did. Raises HolidayGone or HoursForManagers."""
    _refuse_others(by)
    holiday = Holiday.objects.select_for_update().filter(pk=holiday_id).first()
    if holiday is None:
        raise HolidayGone
    facts = _told(holiday)
    holiday.delete()
    _mark_change()
    tell("holiday.removed", about=f"holiday:{facts['day']}", by=by, at=now, body=reason, facts=facts)
    return holiday


@transaction.atomic
def set_special_day(
    calendar_id: int, *, day: date, name: str, windows: list[list[str]], reason: str = "", by: Actor, now: datetime
) -> SpecialDay:
    """On that date the calendar keeps these hours, or none, whatever the weekday and the holidays say.

    Raises FieldsRefused or HoursForManagers.
    """
    _refuse_others(by)
    _refuse_year(day, "day")
    if not name.strip():
        raise FieldsRefused({"name": [NO_NAME]})
    try:
        in_minutes(read_pairs(windows, "windows"), "windows")
    except ClockError as error:
        raise FieldsRefused({error.field: [error.message]}) from None
    told = {"name": name.strip(), "windows": windows}
    special, _ = SpecialDay.objects.update_or_create(calendar_id=calendar_id, day=day, defaults=told)
    _mark_change()
    facts = {"day": day.isoformat(), **told}
    tell("calendar.special_day_set", about=f"calendar:{calendar_id}", by=by, at=now, body=reason, facts=facts)
    return special


@transaction.atomic
def remove_special_day(calendar_id: int, day: date, *, reason: str = "", by: Actor, now: datetime) -> None:
    """The date follows its weekday and the holidays again. Raises SpecialDayGone or HoursForManagers."""
    _refuse_others(by)
    special = SpecialDay.objects.select_for_update().filter(calendar=calendar_id, day=day).first()
    if special is None:
        raise SpecialDayGone
    facts = {"day": day.isoformat(), "name": special.name, "windows": special.windows}
    special.delete()
    _mark_change()
    tell("calendar.special_day_removed", about=f"calendar:{calendar_id}", by=by, at=now, body=reason, facts=facts)


@transaction.atomic
def draft_roster(
    *,
    name: str,
    calendar: Calendar,
    first_day: date,
    last_day: date,
    place: str = SITE,
    covers: Covers = Covers.DESK,
    by: Actor,
    now: datetime,
) -> Roster:
    """A roster for the period waits for its names. Raises FieldsRefused or HoursForManagers."""
    _refuse_others(by)
    if not name.strip():
        raise FieldsRefused({"name": [NO_NAME]})
    if last_day < first_day:
        raise FieldsRefused({"last_day": [ENDS_FIRST]})
    if (last_day - first_day).days >= LONGEST_STRETCH:
        raise FieldsRefused({"last_day": [TOO_LONG]})
    _refuse_year(first_day, "first_day")
    _refuse_year(last_day, "last_day")
    slots = [[f"{slot.opens:%H:%M}", f"{slot.closes:%H:%M}", slot.duty] for slot in STANDARD_SLOTS]
    roster = Roster.objects.create(
        name=name.strip(),
        calendar=calendar,
        covers=covers,
        first_day=first_day,
        last_day=last_day,
        slots=slots if covers is Covers.DESK else [],
        place=place,
    )
    facts = {"covers": covers, "first_day": first_day.isoformat(), "last_day": last_day.isoformat()}
    tell("roster.drafted", about=f"roster:{roster.pk}", by=by, at=now, facts=facts)
    return roster


@transaction.atomic
def add_shift(
    roster_id: int,
    *,
    person: Person,
    starts_at: datetime,
    ends_at: datetime,
    level: OnCall = OnCall.PRIMARY,
    telephone: str = "",
    by: Actor,
    now: datetime,
) -> Shift:
    """The person has this turn; out of hours, on that telephone (R-121).

    Raises FieldsRefused, RosterPublished or HoursForManagers.
    """
    roster = _open_roster(roster_id, by)
    if ends_at <= starts_at:
        raise FieldsRefused({"ends_at": [ENDS_FIRST]})
    day = timedelta(days=1)  # whatever zone the instants are told in
    if not roster.first_day - day <= starts_at.date() <= ends_at.date() <= roster.last_day + day:
        raise FieldsRefused({"starts_at": [OUTSIDE_ROSTER]})
    if roster.covers == Covers.OUT_OF_HOURS and not telephone.strip():
        raise FieldsRefused({"telephone": [NO_TELEPHONE]})
    shift = Shift.objects.create(
        roster=roster, person=person, starts_at=starts_at, ends_at=ends_at, level=level, telephone=telephone.strip()
    )
    facts = {"person": person.pk, "starts_at": starts_at.isoformat(), "ends_at": ends_at.isoformat(), "level": level}
    tell("roster.shift_added", about=f"roster:{roster.pk}", by=by, at=now, facts=facts)
    return shift


@transaction.atomic
def remove_shift(shift_id: int, *, by: Actor, now: datetime) -> None:
    """The turn is nobody's again. Raises RosterPublished or HoursForManagers."""
    shift = Shift.objects.filter(pk=shift_id).first()
    if shift is None:  # somebody else was quicker
        return
    roster = _open_roster(shift.roster_id, by)
    facts = {"person": shift.person_id, "starts_at": shift.starts_at.isoformat()}
    shift.delete()
    tell("roster.shift_removed", about=f"roster:{roster.pk}", by=by, at=now, facts=facts)


@transaction.atomic
def publish_roster(roster_id: int, *, by: Actor, now: datetime) -> Roster:
    """Every minute that needs a name has one, and the roster holds (R-123, R-141). Raises RosterHasGaps."""
    roster = _open_roster(roster_id, by)
    if holes := gaps_of(roster):
        raise RosterHasGaps(holes)
    roster.published_at = now
    roster.save(update_fields=["published_at"])
    tell("roster.published", about=f"roster:{roster.pk}", by=by, at=now)
    return roster


def _open_roster(roster_id: int, by: Actor) -> Roster:
    _refuse_others(by)
    roster = Roster.objects.select_for_update(of=("self",)).select_related("calendar").get(pk=roster_id)
    if roster.published_at:
        raise RosterPublished
    return roster


def _refuse_others(by: Actor) -> None:
    if not by.is_manager:
        raise HoursForManagers


def _refuse_year(day: date, field: str) -> None:
    """A date whose holidays nobody knows is a mistake in typing, or waits for its year to be loaded."""
    almanac = Almanac.objects.get(pk=1)
    if not almanac.first_year <= day.year <= almanac.last_year:
        raise FieldsRefused({field: [UNKNOWN_YEAR]})


def _refuse_unreadable(draft: CalendarVersion) -> None:
    """What the clock cannot reckon with is told by its field."""
    if draft.zone not in available_timezones():
        raise FieldsRefused({"zone": [UNKNOWN_ZONE]})
    try:
        schedule_of_version(draft)
    except ClockError as error:
        raise FieldsRefused({error.field: [error.message]}) from None


def _told(holiday: Holiday) -> dict[str, str]:
    return {
        "day": holiday.day.isoformat(),
        "name": holiday.name,
        "level": str(holiday.level),
        "place": holiday.place,
    }


def _mark_change() -> None:
    """Every process makes its schedules anew; rolled back, the mark never comes again."""
    Almanac.objects.filter(pk=1).update(mark=uuid.uuid4())
