from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from farol.audit.models.privacy import Hold as Hold
from farol.audit.models.privacy import Incident as Incident
from farol.audit.models.privacy import Remark as Remark
from farol.audit.models.privacy import Request as Request
from farol.audit.models.privacy import Term as Term
from farol.kernel.actor import Channel


class Record(models.Model):
    """One act on record. Never changed, never deleted but by its term (the database refuses it too).

    People are named by number alone: what is erased of a person elsewhere leaves the trail whole.
    """

    name = models.CharField(max_length=60)
    actor_id = models.BigIntegerField(null=True)
    channel = models.CharField(max_length=10, choices=[(c.value, c.value) for c in Channel])
    address = models.CharField(max_length=60, default="")  # IP or telephone
    subject = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)
    happened_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [
            models.Index(fields=["subject", "id"], name="record_by_subject"),
            models.Index(fields=["actor_id", "id"], name="record_by_actor"),
            models.Index(fields=["name", "id"], name="record_by_name"),
        ]


class Waiting(models.Model):
    """A record that the chain has not taken in yet; the linker's list of work, written along with the record."""

    record_id = models.BigIntegerField(primary_key=True)


class Link(models.Model):
    """A record's place in the chain: its digest holds its content's and the digest of the link before."""

    position = models.BigIntegerField(primary_key=True)
    record_id = models.BigIntegerField(unique=True)  # a number, for the link outlives the record's term
    content = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    linked_at = models.DateTimeField(db_default=Now())
