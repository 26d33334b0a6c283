from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class BillingEntry(models.Model):
    """Something to be invoiced (R-095). Of one `source` there is one, for good: nothing is charged twice."""

    source = models.CharField(max_length=60, unique=True)  # "ticket:118402"
    organization = models.ForeignKey("people.Organization", models.PROTECT, related_name="+", db_index=False)
    title = models.CharField(max_length=200)
    lines = models.JSONField()  # what was done, as the customer accepted it
    charges = models.JSONField()  # minutes, price and cents of each service
    minutes = models.PositiveIntegerField()
    total_cents = models.PositiveBigIntegerField(null=True)  # none: there was no price in force to reckon with
    ready_at = models.DateTimeField()
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["organization", "-id"], name="billed_by_organization")]

    @property
    def ticket_number(self) -> int:
        """0 when it is about something else."""
        kind, _, number = self.source.partition(":")
        return int(number) if kind == "ticket" else 0
