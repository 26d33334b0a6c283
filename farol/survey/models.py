from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from farol.tickets.rules.severity import Severity


class Preference(models.Model):
    """Whether a contact wants to be asked, and after tickets of which severities; none means all."""

    person = models.OneToOneField("people.Person", models.PROTECT, related_name="+")
    is_wanted = models.BooleanField()
    severities = ArrayField(
        models.CharField(max_length=8, choices=[(s.value, s.value) for s in Severity]), default=list
    )


class Survey(models.Model):
    """The question that went with one solution, and its answer."""

    ticket = models.ForeignKey("tickets.Ticket", models.PROTECT, related_name="+", db_index=False)
    entry_id = models.BigIntegerField(unique=True)  # the journal's entry of the solution
    contact = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    area = models.ForeignKey("people.Area", models.PROTECT, related_name="+", db_index=False)  # that had the ticket
    severity = models.CharField(max_length=8, choices=[(s.value, s.value) for s in Severity])  # at that moment
    asked_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)  # by the question about a newer solution
    answered_at = models.DateTimeField(null=True)
    score = models.PositiveSmallIntegerField(null=True)
    comment = models.CharField(max_length=2_000, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ticket"], condition=Q(replaced_at=None), name="one_standing_survey_a_ticket"
            ),
            models.CheckConstraint(condition=Q(score=None) | Q(score__range=(1, 5)), name="a_score_is_from_1_to_5"),
            models.CheckConstraint(
                condition=Q(score=None, answered_at=None) | Q(score__isnull=False, answered_at__isnull=False),
                name="an_answer_has_score_and_instant",
            ),
            models.CheckConstraint(condition=Q(replaced_at=None) | Q(answered_at=None), name="an_answer_stays"),
        ]
        indexes = [
            models.Index(fields=["asked_at"], name="survey_by_asking"),
            models.Index(fields=["-answered_at", "-id"], condition=Q(score__isnull=False), name="survey_answered"),
            models.Index(fields=["contact", "-id"], condition=Q(score=None, replaced_at=None), name="survey_to_answer"),
        ]
