from __future__ import annotations

from django.db import models


class Vendor(models.Model):
    """Whose support centre this is: what pages, letters and the telephone call it."""

    name = models.CharField(max_length=80)
    telephone = models.CharField(max_length=20, default="")
    email = models.EmailField(default="")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_vendor")]


class ProductLine(models.Model):
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    access_digit = models.CharField(max_length=1, default="")  # its place in the access code (section 4)

    class Meta:
        ordering = ["name"]


class Series(models.Model):
    code = models.CharField(max_length=4, unique=True)
    name = models.CharField(max_length=80)


class Segment(models.Model):
    code = models.CharField(max_length=2, unique=True)
    name = models.CharField(max_length=80)


class Product(models.Model):
    """Something sold under one name, supported by one area unless a module says otherwise."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    line = models.ForeignKey(ProductLine, models.PROTECT, related_name="products")
    series = models.ForeignKey(Series, models.PROTECT, null=True, related_name="products")
    segment = models.ForeignKey(Segment, models.PROTECT, null=True, related_name="products")
    grouping = models.CharField(max_length=12, default="")  # agrupador, SS.S.PPPP
    area = models.ForeignKey("people.Area", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Module(models.Model):
    product = models.ForeignKey(Product, models.PROTECT, related_name="modules")
    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=80)
    area = models.ForeignKey("people.Area", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["product", "code"], name="module_code_in_product")]

    def __str__(self) -> str:
        return self.name


class Version(models.Model):
    product = models.ForeignKey(Product, models.PROTECT, related_name="versions")
    name = models.CharField(max_length=24)
    released_on = models.DateField()
    technical_validity_until = models.DateField(null=True)

    class Meta:
        ordering = ["-released_on"]
        constraints = [models.UniqueConstraint(fields=["product", "name"], name="version_name_in_product")]

    def __str__(self) -> str:
        return self.name


class CodeRoute(models.Model):
    """The team for access codes of a line, or of one series of it, where the product has no number (R-044)."""

    line = models.ForeignKey(ProductLine, models.PROTECT, related_name="+")
    series = models.ForeignKey(Series, models.PROTECT, null=True, related_name="+")
    area = models.ForeignKey("people.Area", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "series"], nulls_distinct=False, name="one_team_a_line_and_series")
        ]


class Tool(models.Model):
    """Something to see a customer's screen or server with; approved, or at the customer's own wish (R-082)."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    url = models.URLField(default="")
    is_approved = models.BooleanField(default=True)

    class Meta:
        ordering = ["-is_approved", "name"]

    def __str__(self) -> str:
        return self.name
