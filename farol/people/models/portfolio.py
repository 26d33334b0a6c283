"""Who looks after which customer, now and before (R-001)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Executive(models.Model):
    """An EAR and whom they work for (R-002)."""

    class Employer(models.TextChoices):
        VENDOR = "vendor"
        FRANCHISE = "franchise"
        PARTNER = "partner"

    person = models.OneToOneField("people.Person", models.PROTECT, primary_key=True, related_name="+")
    employer_kind = models.CharField(max_length=9, choices=Employer.choices)
    employer = models.CharField(max_length=120, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(employer_kind__in=["vendor", "franchise", "partner"]), name="employer_of_a_kind"
            )
        ]


class Portfolio(models.Model):
    """An EAR is in the portfolio of this GAR, from one instant to another."""

    executive = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    manager = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["executive"], condition=Q(until=None), name="one_gar_an_executive")
        ]


class Assignment(models.Model):
    """A customer is this EAR's, from one instant to another (R-001)."""

    organization = models.ForeignKey("people.Organization", models.PROTECT, related_name="+")
    executive = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=400, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization"], condition=Q(until=None), name="one_executive_a_customer")
        ]
        indexes = [models.Index(fields=["executive"], condition=Q(until=None), name="customers_of_executive")]
