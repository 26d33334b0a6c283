"""Writing down what was sold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from farol.catalog.models import Product, Segment, Version
from farol.contracts.models import Contract, Item, Plan, PriceLine
from farol.contracts.rules import STANDARD_SHARES, only_digits, prices, read
from farol.journal.actions import NOTHING, tell
from farol.kernel.actor import Actor
from farol.kernel.errors import FieldsRefused, gettext_noop
from farol.people.models import Organization

ZONE = ZoneInfo("America/Sao_Paulo")
TOO_EARLY = gettext_noop("O preço novo vale a partir de amanhã ou depois.")
NUMBER_TAKEN = gettext_noop("Este número já é de outro plano.")


def define_plan(
    *,
    code: str,
    name: str,
    kind: str,
    calendar_code: str,
    allowances: Mapping[str, int],
    promises: Mapping[str, object] = NOTHING,
    warn_shares: Sequence[int] = STANDARD_SHARES,
) -> Plan:
    """A level of service exists (R-066). Repeating it corrects it for tickets opened from now on."""
    read(promises)
    plan, _ = Plan.objects.update_or_create(
        code=code,
        defaults={
            "name": name,
            "kind": kind,
            "calendar_code": calendar_code,
            "allowances": dict(allowances),
            "promises": dict(promises),
            "warn_shares": sorted(warn_shares),
        },
    )
    return plan


def route_calls(plan: Plan, *, queue: str, telephones: Sequence[str] = ()) -> Plan:
    """Customers of this plan wait in this queue, whatever number they call; those numbers are their own (R-030).

    Raises FieldsRefused.
    """
    numbers = [only_digits(number) for number in telephones]
    if Plan.objects.exclude(pk=plan.pk).filter(telephones__overlap=numbers).exists():
        raise FieldsRefused({"telephones": [NUMBER_TAKEN]})
    plan.queue, plan.telephones = queue, numbers
    plan.save(update_fields=["queue", "telephones"])
    return plan


@transaction.atomic
def sign(
    *,
    organization: Organization,
    number: str,
    plan: Plan,
    products: Mapping[Product, Version | None],
    valid_from: date,
    valid_until: date | None = None,
) -> Contract:
    """The customer has these products, in these versions, under this plan. Repeating it corrects it."""
    contract, _ = Contract.objects.update_or_create(
        number=number,
        defaults={
            "organization": organization,
            "plan": plan,
            "valid_from": valid_from,
            "valid_until": valid_until,
        },
    )
    for product, installed in products.items():
        Item.objects.update_or_create(contract=contract, product=product, defaults={"installed": installed})
    return contract


def set_price(price: prices.Price, *, valid_from: date) -> PriceLine:
    """The service costs this from that day on (R-093); what was announced before stays as it was.

    Repeating it corrects it. Raises FieldsRefused.
    """
    prices.refuse_odd(price)
    told = price.kept()
    line, _ = PriceLine.objects.update_or_create(service=told.pop("service"), valid_from=valid_from, defaults=told)
    return line


@transaction.atomic
def announce_price(price: prices.Price, *, valid_from: date, by: Actor, now: datetime) -> PriceLine:
    """From that day on the service costs this; today's price and those before it stay as they were told (R-093).

    Raises PricesForManagers, FieldsRefused.
    """
    if not by.is_manager:
        raise prices.PricesForManagers
    if valid_from <= now.astimezone(ZONE).date():
        raise FieldsRefused({"valid_from": [TOO_EARLY]})
    line = set_price(price, valid_from=valid_from)
    tell("price.announced", about=f"price:{price.service}", by=by, at=now, facts=_told(line))
    return line


@transaction.atomic
def take_back_price(line_id: int, *, by: Actor, now: datetime) -> None:
    """A price that has not begun is not announced any more. Raises PricesForManagers, PriceBegun."""
    if not by.is_manager:
        raise prices.PricesForManagers
    line = PriceLine.objects.select_for_update().filter(pk=line_id).first()
    if line is None:
        return
    if line.valid_from <= now.astimezone(ZONE).date():
        raise prices.PriceBegun
    line.delete()
    tell("price.taken_back", about=f"price:{line.service}", by=by, at=now, facts=_told(line))


def _told(line: PriceLine) -> dict[str, object]:
    return {**line.price.kept(), "valid_from": line.valid_from.isoformat()}


def license_segment(item: Item, segment: Segment | None) -> None:
    """The customer's licence of this product says that segment, and its access codes must say the same (R-042)."""
    item.segment = segment
    item.save(update_fields=["segment"])
