"""What people keep and do on lists of tickets."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Lower


class View(models.Model):
    """A search that people come back to: its address under a name, for its owner or for all of an area."""

    owner = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    area = models.ForeignKey("people.Area", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=2000)  # as the desk's search says it
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("owner", Lower("name"), name="one_view_a_name")]


class Batch(models.Model):
    """One thing done to many tickets, ticket by ticket, by a job; each says how it went."""

    class Verb(models.TextChoices):
        ASSIGN = "assign"
        TRANSFER = "transfer"
        RESTORE = "restore"  # takes another batch back

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    verb = models.CharField(max_length=10, choices=Verb.choices)
    assignee = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    area = models.ForeignKey("people.Area", models.PROTECT, null=True, related_name="+", db_index=False)
    reason = models.TextField(default="")
    undoes = models.OneToOneField("self", models.PROTECT, null=True, related_name="undone_by")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)


class BatchItem(models.Model):
    """A ticket of a batch: as it was, and whether the verb was done or why it was refused."""

    class Outcome(models.TextChoices):
        WAITING = "waiting"
        DONE = "done"
        UNCHANGED = "unchanged"
        REFUSED = "refused"

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="items")
    number = models.BigIntegerField()
    seen = models.BigIntegerField()  # the last entry that whoever asked had before them
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.WAITING)
    why = models.CharField(max_length=300, default="")
    assignee_before = models.BigIntegerField(null=True)
    area_before = models.BigIntegerField(null=True)
    entry_id = models.BigIntegerField(null=True)  # the last of what was done

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="once_a_batch")]
