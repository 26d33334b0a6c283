"""The gate: one decision for every channel."""

from __future__ import annotations

from datetime import date

from farol.access.rules import NoActiveContract, ProductNotInContract
from farol.catalog.models import Product
from farol.contracts import queries as contracts
from farol.contracts.models import Item


def admit(organization_id: int, product: Product, *, on: date) -> Item:
    """What entitles this customer to support for `product` on this day (R-016).

    Raises NoActiveContract or ProductNotInContract, each with the next door.
    """
    if item := contracts.item_for(organization_id, product.pk, on=on):
        return item
    if not contracts.contracts_of(organization_id, on=on).exists():
        raise NoActiveContract
    raise ProductNotInContract(product=product.name)
