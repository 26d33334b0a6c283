"""Questions about what the vendor makes."""

from __future__ import annotations

from django.db.models import QuerySet

from farol.catalog.models import CodeRoute, Module, Product, ProductLine, Tool, Vendor, Version
from farol.catalog.rules.code_routes import Route
from farol.statements.compiled import Statement


def vendor() -> Vendor:
    """The vendor, or an unnamed one before any catalogue is loaded."""
    return Vendor.objects.filter(pk=1).first() or Vendor(pk=1, name="Farol")


def lines() -> QuerySet[ProductLine]:
    """The whole catalogue in four queries: lines → products → modules and versions."""
    return ProductLine.objects.prefetch_related("products__modules", "products__versions")


def products() -> QuerySet[Product]:
    return Product.objects.order_by("name")


PRODUCT = Statement(lambda product_id: Product.objects.select_related("area").filter(pk=product_id), product_id=int)
MODULE = Statement(
    lambda product_id, module_id: Module.objects.select_related("area", "product__area").filter(
        pk=module_id, product_id=product_id
    ),
    product_id=int,
    module_id=int,
)


def product(product_id: int) -> Product | None:
    return PRODUCT.first(product_id=product_id)


def product_by_code(code: str) -> Product | None:
    return Product.objects.filter(code=code).first()


def module(product_id: int, module_id: int) -> Module | None:
    """The module with its product, and the area of both."""
    return MODULE.first(product_id=product_id, module_id=module_id)


def modules_of(product_id: int) -> QuerySet[Module]:
    return Module.objects.filter(product_id=product_id)


def version(product_id: int, version_id: int) -> Version | None:
    return Version.objects.filter(pk=version_id, product_id=product_id).first()


def versions_of(product_id: int) -> QuerySet[Version]:
    return Version.objects.filter(product_id=product_id)


def tools() -> QuerySet[Tool]:
    """The approved ones first (R-082)."""
    return Tool.objects.order_by("-is_approved", "name")


def code_routes() -> list[Route]:
    """The teams of lines and series, for access codes whose product has none (R-044)."""
    rows = CodeRoute.objects.exclude(line__access_digit="").values_list(
        "line__access_digit", "series__code", "area__code"
    )
    return [Route(int(line), series or "", area) for line, series, area in rows]
