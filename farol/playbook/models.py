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
