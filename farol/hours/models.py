"""Calendars in versions, holidays by level and place, and days with hours of their own."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from farol.hours.rules import Level, oncall
from farol.hours.rules.roster import Covers


class Calendar(models.Model):
    """The hours of a team under one name; what it says is in its versions."""

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.name


class CalendarVersion(models.Model):
    """What a calendar says from `valid_from` until its next version begins."""

    calendar = models.ForeignKey(Calendar, models.PROTECT, related_name="versions")
    valid_from = models.DateField()
    zone = models.CharField(max_length=60)
    week = models.JSONField()
    levels = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    place = models.CharField(max_length=120, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [UniqueConstraint(fields=["calendar", "valid_from"], name="one_version_a_day")]

    def __str__(self) -> str:
        return f"{self.calendar} ({self.valid_from:%d/%m/%Y})"


class Holiday(models.Model):
    """A closed date; `place` is empty for the whole country, a state, or state/municipality."""

    day = models.DateField()
    name = models.CharField(max_length=120)
    level = models.CharField(max_length=10, choices=[(level.value, level.value) for level in Level])
    place = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["day", "level", "place"], name="one_holiday_a_day_level_and_place"),
            CheckConstraint(condition=Q(level__in=[level.value for level in Level]), name="holiday_level_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.day:%d/%m/%Y})"


class SpecialDay(models.Model):
    """A date on which a calendar keeps other hours, even on a holiday; no windows is a closure."""

    calendar = models.ForeignKey(Calendar, models.PROTECT, related_name="special_days")
    day = models.DateField()
    name = models.CharField(max_length=120)
    windows = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [UniqueConstraint(fields=["calendar", "day"], name="one_special_day_a_date")]

    def __str__(self) -> str:
        return f"{self.name} ({self.day:%d/%m/%Y})"


class Almanac(models.Model):
    """One row: the years whose holidays are known, and a mark that changes with every change of hours."""

    mark = models.UUIDField(default=uuid.uuid4)
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [CheckConstraint(condition=Q(pk=1), name="one_almanac")]

    def __str__(self) -> str:
        return f"{self.first_year}–{self.last_year}"


class Roster(models.Model):
    """Who covers the hours of a calendar that need a name, in a period (R-141)."""

    name = models.CharField(max_length=120)
    calendar = models.ForeignKey(Calendar, models.PROTECT, related_name="rosters")
    covers = models.CharField(
        max_length=12, choices=[(c.value, c.value) for c in Covers], default=Covers.DESK, db_default=Covers.DESK.value
    )
    first_day = models.DateField()
    last_day = models.DateField()
    slots = models.JSONField()  # [opens, closes, duty] of every business day
    place = models.CharField(max_length=120, blank=True)  # whose local holidays are staffed by on-call
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(last_day__gte=models.F("first_day")), name="roster_ends_after_it_starts")
        ]

    def __str__(self) -> str:
        return self.name


class Shift(models.Model):
    """A person's turn; on call, with the telephone that rings."""

    roster = models.ForeignKey(Roster, models.PROTECT, related_name="shifts")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    level = models.CharField(
        max_length=10,
        choices=[(level.value, level.value) for level in oncall.Level],
        default=oncall.Level.PRIMARY,
        db_default=oncall.Level.PRIMARY.value,
    )
    telephone = models.CharField(max_length=30, default="", db_default="")

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(ends_at__gt=models.F("starts_at")), name="shift_ends_after_it_starts")
        ]
        indexes = [models.Index(fields=["starts_at"], name="shift_by_start")]

    def __str__(self) -> str:
        return f"{self.person} {self.starts_at:%d/%m %H:%M}"
