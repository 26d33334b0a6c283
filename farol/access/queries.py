"""The gate: one decision for every channel."""

from __future__ import annotations

from datetime import date

from farol.access.rules import NoActiveContract, ProductNotInContract, ServiceNotReleased
from farol.catalog.models import Product
from farol.contracts import queries as contracts
from farol.contracts.models import Item
from farol.people.models import Person


def admit(organization_id: int, product: Product, *, on: date) -> Item:
    """What entitles this customer to support for `product` on this day (R-016).

    Raises NoActiveContract or ProductNotInContract, each with the next door.
    """
    if item := contracts.item_for(organization_id, product.pk, on=on):
        return item
    if not contracts.contracts_of(organization_id, on=on).exists():
        raise NoActiveContract
    raise ProductNotInContract(product=product.name)


CONSULTING = "consulting"


def admit_to_consulting(person: Person) -> None:
    """Raise ServiceNotReleased unless this contact may ask for a charged service, or agree to its charge (R-011)."""
    if not person.holds(CONSULTING):
        raise ServiceNotReleased
