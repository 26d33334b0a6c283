"""Terms, holds, requests and incidents. Subjects are named, as on the trail."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from farol.audit.rules.privacy import DataClass, Wish


class Term(models.Model):
    """How many days a class of data is kept, where it is not the house's own default."""

    data_class = models.CharField(max_length=20, primary_key=True, choices=[(c.value, c.value) for c in DataClass])
    days = models.PositiveIntegerField()


class Hold(models.Model):
    """Nothing of this subject is deleted until the hold is lifted."""

    subject = models.CharField(max_length=60)  # "person:12", "organization:3", "ticket:118402"
    reason = models.CharField(max_length=400)
    placed_at = models.DateTimeField()
    placed_by = models.BigIntegerField()
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject"], condition=Q(lifted_at=None), name="held_once")]


class Request(models.Model):
    """What a person asked of us about their data, and by when they are answered."""

    wish = models.CharField(max_length=10, choices=[(w.value, w.value) for w in Wish])
    person_id = models.BigIntegerField(null=True)
    email = models.CharField(max_length=254)
    words = models.TextField(default="")
    received_at = models.DateTimeField()
    due_on = models.DateField()
    identity = models.CharField(max_length=400, default="")  # how it was checked
    ordered_at = models.DateTimeField(null=True)
    report = models.JSONField(default=dict)
    file_id = models.BigIntegerField(null=True)
    answer = models.TextField(default="")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["due_on", "id"], condition=Q(answered_at=None), name="request_open")]


class Incident(models.Model):
    """What went wrong with personal data. Kept for five years; the database refuses to delete it (R-240)."""

    title = models.CharField(max_length=200)
    words = models.TextField()
    known_at = models.DateTimeField()
    tell_by = models.DateField()
    complete_by = models.DateField()
    authority_told_at = models.DateTimeField(null=True)
    people_told_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField(db_default=Now())


class Remark(models.Model):
    """One line of an incident's course."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="remarks")
    words = models.TextField()
    at = models.DateTimeField()
    by_id = models.BigIntegerField()
