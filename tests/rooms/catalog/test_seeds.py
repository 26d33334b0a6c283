"""Both catalogues that come along, whole and safe to repeat."""

from __future__ import annotations

import pytest

from farol.catalog import actions, queries
from farol.catalog.models import Module, Product, Segment, Series, Version
from farol.catalog.rules import UnknownSeed
from farol.contracts.models import Plan
from farol.hours import queries as hours
from farol.house.seeding.catalogue import furnish
from farol.people.models import Area

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("seed", ["horizonte", "totvs"])
def test_a_seed_loaded_twice_is_there_once(seed: str) -> None:
    tables = (Area, Product, Module, Version, Segment, Series, Plan)
    furnish(seed)
    counted = [table._default_manager.count() for table in tables]
    furnish(seed)
    assert [table._default_manager.count() for table in tables] == counted
    assert Segment.objects.count() == 11


@pytest.mark.parametrize("seed", ["horizonte", "totvs"])
def test_the_catalogue_is_read_in_four_queries(seed: str, django_assert_num_queries: object) -> None:
    furnish(seed)
    with django_assert_num_queries(4):  # type: ignore[operator]
        names = [
            (line.name, product.name, list(product.modules.all()), list(product.versions.all()))
            for line in queries.lines()
            for product in line.products.all()
        ]
    assert len(names) == Product.objects.count()


@pytest.mark.rule("R-217")
def test_the_four_groupings_of_retail_are_paired_with_their_products() -> None:
    furnish("totvs")
    assert dict(Product.objects.exclude(grouping="").values_list("grouping", "name")) == {
        "05.1.0001": "Gestor Administrador",
        "05.1.0002": "Gestor Filial",
        "05.1.0003": "Vitrine Administrador FI",
        "05.1.0004": "Vitrine Filial FI",
    }
    for product in Product.objects.exclude(grouping="").select_related("segment", "series", "line"):
        assert product.segment is not None
        assert product.series is not None
        assert product.grouping.startswith(f"{product.segment.code}.{product.series.code}.")
        assert (product.segment.name, product.line.access_digit) == ("Varejo", "0")


def test_the_lines_and_series_of_the_guide_are_there() -> None:
    furnish("totvs")
    assert {line.name for line in queries.lines()} >= {"RM", "Logocenter", "Microsiga", "Datasul"}
    assert set(Series.objects.values_list("code", flat=True)) == {"1", "3", "9", "T"}
    assert queries.vendor().telephone == "4003-0015"


@pytest.mark.rule("R-004")
def test_every_area_to_which_tickets_are_passed_on_is_in_both_seeds() -> None:
    for seed in actions.seeds():
        furnish(seed)
        kinds = set(Area.objects.values_list("kind", flat=True))
        assert kinds == set(Area.Kind.values), seed


@pytest.mark.rule("R-066")
def test_every_plan_promises_each_severity_on_a_calendar_that_exists() -> None:
    furnish()
    for plan in Plan.objects.all():
        assert set(plan.allowances) == {"critical", "high", "medium", "low"}
        assert hours.calendar_named(plan.calendar_code)


@pytest.mark.rule("R-153")
def test_a_version_says_until_when_it_is_supported() -> None:
    furnish()
    for version in Version.objects.all():
        assert version.technical_validity_until is not None
        assert version.technical_validity_until > version.released_on


def test_an_unknown_seed_is_refused_by_name() -> None:
    with pytest.raises(UnknownSeed, match="Conhecidos: horizonte, totvs"):
        furnish("atlantida")
