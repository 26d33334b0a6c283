from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from farol.billing.rules.debt import GRACE_DAYS, TitleState
from farol.billing.rules.debt import Title as Owed
from farol.kernel.actor import Channel


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


class Terms(models.Model):
    """How debt is dealt with here: one row, or the guide's values while there is none (R-100)."""

    grace_days = models.PositiveSmallIntegerField(default=GRACE_DAYS)
    extends_windows = models.BooleanField(default=True)  # whether blocked days are given back to acceptance windows

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_row_of_terms")]


class Agreement(models.Model):
    """A promise to pay that opens the doors while it is in force; broken, it ends before its day (R-101)."""

    organization = models.ForeignKey("people.Organization", models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    valid_until = models.DateField()
    terms = models.CharField(max_length=500)
    signed_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    broken_at = models.DateTimeField(null=True)
    broken_because = models.CharField(max_length=500, default="")


class Title(models.Model):
    """A bill of the customer's, as the accounting system knows it (R-100). Its number is unique to the customer."""

    organization = models.ForeignKey("people.Organization", models.PROTECT, related_name="+", db_index=False)
    number = models.CharField(max_length=40)
    due_on = models.DateField()
    amount_cents = models.PositiveBigIntegerField()
    state = models.CharField(max_length=9, choices=[(s.value, s.value) for s in TitleState], default=TitleState.OPEN)
    known_on = models.DateField()  # it shut no door before it was known here
    settled_at = models.DateTimeField(null=True)
    agreement = models.ForeignKey(Agreement, models.PROTECT, null=True, related_name="titles")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "number"], name="title_once_a_customer"),
            models.CheckConstraint(
                condition=models.Q(state="open", settled_at=None)
                | (~models.Q(state="open") & models.Q(settled_at__isnull=False)),
                name="what_is_settled_says_when",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "due_on"], condition=models.Q(state="open"), name="title_open"),
        ]

    @property
    def owed(self) -> Owed:
        """As the rules reckon with it; the agreement must be at hand."""
        agreement = self.agreement
        is_in_force = agreement is not None and agreement.broken_at is None
        until = agreement.valid_until if agreement and is_in_force else None
        return Owed(self.due_on, self.known_on, TitleState(self.state), until)


class Block(models.Model):
    """A stretch in which debt shut doors to a customer, for the dates that count such days (section 7)."""

    organization = models.ForeignKey("people.Organization", models.PROTECT, related_name="+", db_index=False)
    began_on = models.DateField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization"], condition=models.Q(ended_at=None), name="one_open_block"),
        ]
        indexes = [models.Index(fields=["organization", "began_on"], name="block_by_organization")]


class TurnedAway(models.Model):
    """How often in a day a customer in debt met a shut door, by what they wanted and the channel (R-101)."""

    organization = models.ForeignKey("people.Organization", models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    action = models.CharField(max_length=24)
    channel = models.CharField(max_length=10, choices=[(c.value, c.value) for c in Channel])
    count = models.PositiveIntegerField()
    last_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "day", "action", "channel"], name="turned_away_once_a_day"),
        ]


class TitleSheet(models.Model):
    """A file of titles that somebody looks at before anything of it is kept."""

    name = models.CharField(max_length=200)
    rows = models.JSONField()  # the good lines
    bad = models.JSONField()  # line, reasons and text of the others
    brought_by = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    brought_at = models.DateTimeField()
    kept_at = models.DateTimeField(null=True)
    outcome = models.JSONField(null=True)  # how many titles came, changed, and stood already
