from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from farol.kernel.actor import Channel


class Entry(models.Model):
    """One fact that happened. Never changed, never deleted (R-055; the database refuses it too).

    The subject is named, not linked: the journal lies under every other room
    and must not know them. A conversation is entries that carry words.
    """

    name = models.CharField(max_length=60)
    subject = models.CharField(max_length=60)
    actor_id = models.BigIntegerField(null=True)
    channel = models.CharField(max_length=10, choices=[(c.value, c.value) for c in Channel])
    is_internal = models.BooleanField(default=False)
    body = models.TextField(default="")
    facts = models.JSONField(default=dict)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["subject", "id"], name="entry_by_subject")]


class Delivery(models.Model):
    """That one listener has dealt with one entry."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    listener = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "listener"], name="heard_once")]


class Receipt(models.Model):
    """The answer given to a request that carried an idempotency key, to be given again."""

    person_id = models.BigIntegerField()
    key = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    answer = models.JSONField()
    given_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person_id", "key"], name="one_receipt_a_key")]
        indexes = [models.Index(fields=["given_at"], name="receipt_by_age")]
