"""Writing down what the vendor makes; or all of it at once, from a seed."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from farol.catalog.models import CodeRoute, Module, Product, ProductLine, Segment, Series, Tool, Vendor, Version
from farol.catalog.rules import UnknownSeed
from farol.people import actions as people
from farol.people.models import Area

SEEDS = Path(__file__).parent / "seeds"


def name_vendor(*, name: str, telephone: str = "", email: str = "") -> Vendor:
    """Pages, letters and the telephone speak in this vendor's name."""
    vendor, _ = Vendor.objects.update_or_create(pk=1, defaults={"name": name, "telephone": telephone, "email": email})
    return vendor


def define_line(*, code: str, name: str, access_digit: str = "") -> ProductLine:
    """Products are sold under this brand. Repeating it corrects the name."""
    line, _ = ProductLine.objects.update_or_create(code=code, defaults={"name": name, "access_digit": access_digit})
    return line


def define_series(*, code: str, name: str) -> Series:
    series, _ = Series.objects.update_or_create(code=code, defaults={"name": name})
    return series


def define_segment(*, code: str, name: str) -> Segment:
    segment, _ = Segment.objects.update_or_create(code=code, defaults={"name": name})
    return segment


def define_product(
    *,
    code: str,
    name: str,
    line: ProductLine,
    area: Area,
    series: Series | None = None,
    segment: Segment | None = None,
    grouping: str = "",
) -> Product:
    """Something is sold, and an area answers for it (R-217). Repeating it corrects it."""
    about = {"name": name, "line": line, "area": area, "series": series, "segment": segment, "grouping": grouping}
    product, _ = Product.objects.update_or_create(code=code, defaults=about)
    return product


def define_module(*, product: Product, code: str, name: str, area: Area | None = None) -> Module:
    """The product has this part; its own area answers for it if it has one."""
    module, _ = Module.objects.update_or_create(product=product, code=code, defaults={"name": name, "area": area})
    return module


def release_version(
    *, product: Product, name: str, released_on: date, technical_validity_until: date | None = None
) -> Version:
    """The product is out in this version, supported until that day (R-153). Repeating it corrects the dates."""
    dates = {"released_on": released_on, "technical_validity_until": technical_validity_until}
    version, _ = Version.objects.update_or_create(product=product, name=name, defaults=dates)
    return version


def route_codes(*, line: ProductLine, area: Area, series: Series | None = None) -> CodeRoute:
    """Calls by access code go to this team where a product has no number (R-044). Repeating it corrects it."""
    route, _ = CodeRoute.objects.update_or_create(line=line, series=series, defaults={"area": area})
    return route


def define_tool(*, code: str, name: str, url: str = "", is_approved: bool = True) -> Tool:
    """Remote sessions may be held with this, approved or not (R-082). Repeating it corrects it."""
    about = {"name": name, "url": url, "is_approved": is_approved}
    tool, _ = Tool.objects.update_or_create(code=code, defaults=about)
    return tool


def seeds() -> list[str]:
    """The names of the catalogues that come along."""
    return sorted(path.stem for path in SEEDS.glob("*.toml"))


@transaction.atomic
def load_seed(name: str) -> None:
    """The whole catalogue of that seed is there, with the areas it names. Safe to repeat.

    Raises UnknownSeed.
    """
    if name not in seeds():
        raise UnknownSeed(name=name, known=", ".join(seeds()))
    seed = tomllib.loads((SEEDS / f"{name}.toml").read_text())
    name_vendor(**seed["vendor"])
    areas = {
        code: people.register_area(code=code, position=position, **about)
        for position, (code, about) in enumerate(seed["areas"].items(), start=1)
    }
    for code, about in seed.get("tools", {}).items():
        define_tool(code=code, **about)
    for code, about in seed.get("offices", {}).items():
        people.register_office(code=code, **about)
    lines = {code: define_line(code=code, **about) for code, about in seed["lines"].items()}
    series = {code: define_series(code=code, name=name) for code, name in seed["series"].items()}
    segments = {code: define_segment(code=code, name=name) for code, name in seed["segments"].items()}
    for about in seed.get("routes", []):
        route_codes(line=lines[about["line"]], area=areas[about["area"]], series=series.get(about.get("series", "")))
    for about in seed["products"]:
        product = define_product(
            code=about["code"],
            name=about["name"],
            line=lines[about["line"]],
            area=areas[about["area"]],
            series=series.get(about.get("series", "")),
            segment=segments.get(about.get("segment", "")),
            grouping=about.get("grouping", ""),
        )
        _load_parts(product, about, areas)


def _load_parts(product: Product, about: Mapping[str, Any], areas: Mapping[str, Area]) -> None:
    for code, module in about.get("modules", {}).items():
        define_module(product=product, code=code, name=module["name"], area=areas.get(module.get("area", "")))
    for name, dates in about.get("versions", {}).items():
        release_version(product=product, name=name, **dates)
