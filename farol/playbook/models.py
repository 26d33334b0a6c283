from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower


class ReadyAnswer(models.Model):
    """Words that a team writes often, with blanks for what differs."""

    area = models.ForeignKey("people.Area", models.PROTECT, related_name="+")
    title = models.CharField(max_length=80)
    text = models.TextField()
    changed_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    changed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("area", Lower("title"), condition=Q(removed_at=None), name="one_answer_a_title"),
        ]

    def __str__(self) -> str:
        return self.title


class Macro(models.Model):
    """Several things that a team often does to a ticket at once."""

    area = models.ForeignKey("people.Area", models.PROTECT, related_name="+")
    title = models.CharField(max_length=80)
    steps = models.JSONField(default=dict)
    changed_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    changed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("area", Lower("title"), condition=Q(removed_at=None), name="one_macro_a_title"),
        ]

    def __str__(self) -> str:
        return self.title


class MacroRun(models.Model):
    """That a macro was done to a ticket, with what an undo needs: how it was, and which entry was the last."""

    macro = models.ForeignKey(Macro, models.PROTECT, related_name="+", db_index=False)
    ticket = models.ForeignKey("tickets.Ticket", models.PROTECT, related_name="+", db_index=False)
    person_id = models.BigIntegerField(null=True)  # none when a rule did it
    steps = models.JSONField()  # as they stood
    before = models.JSONField()
    seen = models.BigIntegerField(null=True)  # the page it was asked from: a second click is no second run
    entry_id = models.BigIntegerField()
    ran_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "macro", "person_id", "seen"],
                condition=Q(seen__isnull=False, undone_at=None),
                name="one_run_a_page",
            ),
        ]
