"""Who hears of a ticket though it is not theirs: watchers of it, and people whose name was called in it."""

from __future__ import annotations

from django.db import models


class Watcher(models.Model):
    """That a person wants to hear of a ticket. What was merged keeps its own, and they are read through the link."""

    ticket = models.ForeignKey("tickets.Ticket", models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    added_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "person"], name="watches_once")]


class Mention(models.Model):
    """That somebody of the staff was called by name in an entry; unread until they have read as far."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    ticket = models.ForeignKey("tickets.Ticket", models.PROTECT, related_name="+", db_index=False)
    entry_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry_id", "person"], name="mentioned_once")]
        indexes = [models.Index(fields=["person", "-entry_id"], name="mention_by_person")]
