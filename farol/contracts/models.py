from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from farol.contracts.rules import STANDARD_ALLOWANCES, STANDARD_SHARES, prices


def standard_allowances() -> dict[str, int]:
    return dict(STANDARD_ALLOWANCES)


def standard_shares() -> list[int]:
    return list(STANDARD_SHARES)


class Plan(models.Model):
    """A level of service: whose hours count and how many minutes each severity has (R-066)."""

    class Kind(models.TextChoices):
        STANDARD = "standard"
        SLA = "sla"
        BSO = "bso"
        DATACENTER = "datacenter"

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.STANDARD)
    calendar_code = models.CharField(max_length=40)  # the version in force at opening is kept by the ticket
    allowances = models.JSONField(default=standard_allowances)  # severity → business minutes
    promises = models.JSONField(default=dict)  # other dates the staff keeps; see rules.read
    warn_shares = ArrayField(models.PositiveSmallIntegerField(), default=standard_shares)  # per cent, ascending
    queue = models.SlugField(max_length=40, default="", db_default="")  # the telephone's, if it is their own
    telephones = ArrayField(models.CharField(max_length=20), default=list, db_default=[])  # own numbers: digits

    def __str__(self) -> str:
        return self.name


class Contract(models.Model):
    organization = models.ForeignKey("people.Organization", models.PROTECT, related_name="+")
    number = models.CharField(max_length=30, unique=True)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organization"], name="contract_by_organization")]


class Item(models.Model):
    """A product in a contract, in the version the customer has installed."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="items")
    product = models.ForeignKey("catalog.Product", models.PROTECT, related_name="+")
    installed = models.ForeignKey("catalog.Version", models.PROTECT, null=True, related_name="+")
    segment = models.ForeignKey("catalog.Segment", models.PROTECT, null=True, related_name="+")  # as licensed

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contract", "product"], name="product_once_a_contract")]


class PriceLine(models.Model):
    """What a service costs from a day on, until a newer line of it begins: two never hold at once (R-093)."""

    service = models.CharField(max_length=12, choices=[(s.value, s.value) for s in prices.Sold])
    unit = models.CharField(max_length=6, choices=[(u.value, u.value) for u in prices.Unit])
    rate_cents = models.PositiveIntegerField()
    minimum_minutes = models.PositiveSmallIntegerField(default=0)
    round_up_to = models.PositiveSmallIntegerField(default=1)
    valid_from = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "valid_from"], name="one_price_a_service_a_day"),
            models.CheckConstraint(
                condition=models.Q(rate_cents__gt=0, round_up_to__gte=1), name="prices_cost_something"
            ),
        ]

    @property
    def price(self) -> prices.Price:
        return prices.Price(
            prices.Sold(self.service),
            prices.Unit(self.unit),
            self.rate_cents,
            self.minimum_minutes,
            self.round_up_to,
        )
