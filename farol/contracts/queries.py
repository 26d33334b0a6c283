"""Questions about what was sold to whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import F, Q, QuerySet

from farol.catalog import queries as catalog
from farol.catalog.rules import code_routes
from farol.contracts.models import Contract, Item, Plan, PriceLine
from farol.contracts.rules import only_digits
from farol.contracts.rules.prices import Price, PriceMissing, Sold
from farol.hours import queries as hours
from farol.statements.compiled import Statement


def in_force(on: date) -> Q:
    return Q(valid_from__lte=on) & (Q(valid_until=None) | Q(valid_until__gte=on))


def contracts_of(organization_id: int, *, on: date) -> QuerySet[Contract]:
    return Contract.objects.select_related("plan").filter(in_force(on), organization_id=organization_id).order_by("id")


def items_of(organization_id: int, *, on: date) -> QuerySet[Item]:
    """The products that the customer may ask about on this day."""
    return (
        Item.objects.select_related("contract__plan", "product__line", "installed")
        .filter(contract__in=contracts_of(organization_id, on=on))
        .order_by("product__name", "id")
    )


ITEM_FOR = Statement(
    lambda organization_id, product_id, on: (
        Item.objects.select_related("contract__plan", "installed")
        .filter(Q(contract__valid_until=None) | Q(contract__valid_until__gte=on), contract__valid_from__lte=on)
        .filter(contract__organization=organization_id, product_id=product_id)
        .annotate(almanac_mark=hours.mark(), blocked_from=F("contract__organization__blocked_from"))
        .order_by("id")
    ),
    organization_id=int,
    product_id=int,
    on=date,
)


def item_for(organization_id: int, product_id: int, *, on: date) -> Item | None:
    """What covers this product; the plan with the shortest critical allowance first."""
    items = ITEM_FOR.all(organization_id=organization_id, product_id=product_id, on=on)
    return min(items, key=lambda item: item.contract.plan.allowances["critical"], default=None)


HELD = Statement(
    lambda organization_id, on: (
        Contract.objects.select_related("plan")
        .filter(Q(valid_until=None) | Q(valid_until__gte=on), valid_from__lte=on, organization=organization_id)
        .order_by("id")
    ),
    organization_id=int,
    on=date,
)


def contracts_held(organization_id: int, *, on: date) -> list[Contract]:
    """`contracts_of` for whoever reads them each time."""
    return HELD.all(organization_id=organization_id, on=on)


def own_queue(organization_id: int, *, on: date) -> str:
    """The queue that this customer's plan has for itself, whatever number was called; none is the team's (R-030)."""
    plans = [contract.plan for contract in contracts_held(organization_id, on=on) if contract.plan.queue]
    return min(plans, key=lambda plan: plan.allowances["critical"]).queue if plans else ""


def datacenter_calendars(organization_id: int, *, on: date) -> list[str]:
    """The calendars of what this customer has bought of the Datacenter, whose people are on call for it (R-121)."""
    plans = (contract.plan for contract in contracts_held(organization_id, on=on))
    return [plan.calendar_code for plan in plans if plan.kind == Plan.Kind.DATACENTER]


def plan_called_by(number: str) -> Plan | None:
    """The plan whose own number was called (R-030)."""
    digits = only_digits(number)
    return Plan.objects.filter(telephones__contains=[digits]).order_by("pk").first() if digits else None


def team_by_code(organization_id: int, keyed: str, *, on: date) -> code_routes.Verdict:
    """Where the access code that this customer keyed leads on this day (R-041 to R-044)."""
    return code_routes.decide(keyed, installations_of(organization_id, on=on), catalog.code_routes())


def installations_of(organization_id: int, *, on: date) -> list[code_routes.Installation]:
    """What the customer has that can have an access code: products of lines with a digit of their own."""
    with connection.cursor() as cursor:
        cursor.execute(INSTALLATIONS, {"organization": organization_id, "on": on})
        return [code_routes.Installation(*row) for row in cursor.fetchall()]


def items_ever_of(organization_id: int) -> QuerySet[Item]:
    """Whatever was sold, the newest contract first, in force or not."""
    items = Item.objects.select_related("contract__plan", "product__line", "installed")
    return items.filter(contract__organization=organization_id).order_by("-contract__valid_from", "-id")


def newest_item_of(organization_id: int) -> Item | None:
    """What was sold last, also when it has lapsed: by its plan the customer is served at the CST (R-015)."""
    return items_ever_of(organization_id).first()


@dataclass(frozen=True, slots=True)
class Cover:
    """Under which plan a product is covered, and how long."""

    plan: str
    valid_until: date | None


def cover_of(organization_id: int, product_id: int, *, on: date) -> Cover | None:
    """As `item_for`, for whoever only names it."""
    with connection.cursor() as cursor:
        cursor.execute(COVER, {"organization": organization_id, "product": product_id, "on": on})
        row = cursor.fetchone()
    return Cover(*row) if row else None


def prices_in_force(on: date) -> dict[Sold, Price]:
    """What each service costs on that day: of its lines the newest that has begun (R-093)."""
    lines = PriceLine.objects.filter(valid_from__lte=on).order_by("service", "-valid_from").distinct("service")
    return {Sold(line.service): line.price for line in lines}


def price_lines() -> QuerySet[PriceLine]:
    """Every price that was, is and will be, service by service, the oldest first."""
    return PriceLine.objects.order_by("service", "valid_from")


def price_of(service: Sold, *, on: date) -> Price:
    """Raises PriceMissing."""
    line = PriceLine.objects.filter(service=service, valid_from__lte=on).order_by("-valid_from").first()
    if line is None:
        raise PriceMissing
    return line.price


COVER = """
SELECT p.name, c.valid_until
FROM contracts_contract c
JOIN contracts_item i ON i.contract_id = c.id AND i.product_id = %(product)s
JOIN contracts_plan p ON p.id = c.plan_id
WHERE c.organization_id = %(organization)s AND c.valid_from <= %(on)s
  AND (c.valid_until IS NULL OR c.valid_until >= %(on)s)
ORDER BY (p.allowances ->> 'critical')::int, i.id
LIMIT 1
"""

INSTALLATIONS = """
SELECT l.access_digit::int, COALESCE(s.code, ''),
       NULLIF(split_part(p.grouping, '.', 3), '')::int,
       COALESCE(licensed.code, sold.code)::int,
       COALESCE(i.installed_id = latest.id, FALSE),
       a.code
FROM contracts_contract c
JOIN contracts_item i ON i.contract_id = c.id
JOIN catalog_product p ON p.id = i.product_id
JOIN catalog_productline l ON l.id = p.line_id AND l.access_digit <> ''
JOIN people_area a ON a.id = p.area_id
LEFT JOIN catalog_series s ON s.id = p.series_id
LEFT JOIN catalog_segment licensed ON licensed.id = i.segment_id
LEFT JOIN catalog_segment sold ON sold.id = p.segment_id
LEFT JOIN LATERAL (
    SELECT v.id FROM catalog_version v
    WHERE v.product_id = p.id AND v.released_on <= %(on)s
    ORDER BY v.released_on DESC, v.id DESC LIMIT 1
) latest ON TRUE
WHERE c.organization_id = %(organization)s AND c.valid_from <= %(on)s
  AND (c.valid_until IS NULL OR c.valid_until >= %(on)s)
ORDER BY i.id
"""
