"""An access code against what the customer really has (R-041 to R-044)."""

from __future__ import annotations

from datetime import date

import pytest

from farol.catalog import actions as catalog
from farol.catalog.models import ProductLine
from farol.catalog.rules.code_routes import Finding
from farol.contracts import actions, queries
from farol.contracts.models import Item
from farol.people import actions as people
from tests.world import World

ON = date(2026, 11, 24)
CODE = "013900123"


@pytest.fixture
def item(world: World) -> Item:
    """Serra Azul has product 0012 of line 3, series 9, segment 01, in its latest version."""
    line = catalog.define_line(code="microvela", name="Microvela", access_digit="3")
    product = catalog.define_product(
        code="folha-mestra", name="Folha Mestra", line=line, area=world.fiscal, grouping="01.9.0012",
        series=catalog.define_series(code="9", name="Série 9"),
        segment=catalog.define_segment(code="01", name="Agroindústria"),
    )  # fmt: skip
    catalog.release_version(product=product, name="1.0", released_on=date(2026, 1, 5))
    newest = catalog.release_version(product=product, name="1.1", released_on=date(2026, 11, 24))
    actions.sign(
        organization=world.serra_azul, number="C-77", plan=world.plan, products={product: newest},
        valid_from=date(2026, 1, 1), valid_until=date(2026, 12, 31),
    )  # fmt: skip
    return Item.objects.select_related("product").get(contract__number="C-77")


def finding(world: World, *, on: date = ON) -> Finding:
    return queries.team_by_code(world.serra_azul.pk, CODE, on=on).finding


@pytest.mark.rule("R-041", "R-044")
def test_the_code_of_the_latest_version_leads_to_the_product_s_team(world: World, item: Item) -> None:
    assert queries.team_by_code(world.serra_azul.pk, CODE, on=ON).area == world.fiscal.code
    assert queries.team_by_code(world.boa_vista.pk, CODE, on=ON).finding is Finding.NOT_IN_CONTRACT


@pytest.mark.rule("R-041")
def test_what_is_out_tomorrow_makes_nothing_old_today(world: World, item: Item) -> None:
    catalog.release_version(product=item.product, name="1.2", released_on=date(2026, 11, 25))
    assert finding(world) is Finding.FOUND
    assert finding(world, on=date(2026, 11, 25)) is Finding.OLD_VERSION


@pytest.mark.rule("R-043")
def test_a_contract_that_has_ended_leads_nowhere(world: World, item: Item) -> None:
    assert finding(world, on=date(2027, 1, 1)) is Finding.NOT_IN_CONTRACT


@pytest.mark.rule("R-042")
def test_the_licence_says_the_segment(world: World, item: Item) -> None:
    actions.license_segment(item, catalog.define_segment(code="02", name="Construção"))
    assert finding(world) is Finding.OTHER_SEGMENT
    actions.license_segment(item, None)
    assert finding(world) is Finding.FOUND


@pytest.mark.rule("R-044")
def test_a_product_without_a_number_leads_to_the_team_of_its_line(world: World, item: Item) -> None:
    line = ProductLine.objects.get(code="microvela")
    catalog.define_product(
        code="folha-mestra", name="Folha Mestra", line=line, area=world.fiscal, series=item.product.series
    )
    triage = people.register_area(code="triagem", name="Triagem", with_name="a Triagem", kind="support", position=99)
    assert finding(world) is Finding.NO_TEAM
    catalog.route_codes(line=line, area=triage)
    verdict = queries.team_by_code(world.serra_azul.pk, CODE, on=ON)
    assert (verdict.area, verdict.is_unmapped) == ("triagem", True)
