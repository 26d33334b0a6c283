"""Who calls when the telephone is tried out: four customers, five contacts with PINs, two access codes.

The PINs stand in the documentation: this is for trying, never for a customer's data.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from farol.billing import actions as billing
from farol.billing.rules.titles import Row
from farol.catalog import actions as catalog
from farol.catalog.models import Product, Version
from farol.contracts import actions as contracts
from farol.house.seeding.catalogue import furnish, plans
from farol.kernel.actor import HOUSE
from farol.people import actions as people
from farol.people import queries as persons
from farol.people.models import Organization, Person
from farol.people.queries import telephone

BEGINNING = date(2026, 1, 1)
KNOWN = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    pin: str
    services: tuple[str, ...]
    cnpj: str
    cpf: str = ""

    @property
    def told(self) -> dict[str, Any]:
        document = self.cpf or self.cnpj
        return {"document": document, "name": self.name, "pin": self.pin, "services": list(self.services)}


PARTS = (
    Part("Ana", "314159", ("support", "consulting", "datacenter"), "11222333000181"),
    Part("Bruno", "271828", ("support",), "11222333000181"),
    Part("Carla", "161803", ("support",), "45997418000153"),
    Part("Davi", "141421", ("support", "datacenter"), "12ABC34501DE35"),
    Part("Elisa", "173205", ("consulting",), "11222333000181", cpf="52998224725"),
)
NAMES = {
    "11222333000181": "Comercial Alvorada",
    "45997418000153": "Papelaria Boa Letra",
    "12ABC34501DE35": "Usina Serrana",
}
OWING = "45997418000153"
CODES = (("folha", "3", "9", "Folha por telefone"), ("fiscal", "4", "T", "Fiscal por telefone"))


@transaction.atomic
def load(*, now: datetime) -> list[dict[str, Any]]:
    """They can call. Safe to repeat: contracts, PINs and debt are again as they were."""
    if not persons.areas().exists():
        furnish()
    products = _products()
    customers = {cnpj: _customer(cnpj, name, products) for cnpj, name in NAMES.items()}
    for part in PARTS:
        _contact(part, customers[part.cnpj])
    owed = Row(line=1, cnpj=OWING, number="TEL-1", due_on=(now - KNOWN).date(), amount_cents=45_000)
    billing.bring_titles([owed], by=HOUSE, now=now - KNOWN)
    return [part.told for part in PARTS]


def _products() -> dict[Product, Version | None]:
    areas = {area.code: area for area in persons.areas()}
    segment = catalog.define_segment(code="01", name="Agroindústria")
    sold: dict[Product, Version | None] = {}
    for area, digit, series, name in CODES:
        line = catalog.define_line(code=f"telefone-{digit}", name=name, access_digit=digit)
        product = catalog.define_product(
            code=f"telefone-{area}",
            name=name,
            line=line,
            area=areas[area],
            series=catalog.define_series(code=series, name=f"Série {series}"),
            segment=segment,
            grouping=f"01.{series}.0012",
        )
        sold[product] = catalog.release_version(product=product, name="1.0", released_on=BEGINNING)
    line = catalog.define_line(code="telefone", name="Serviços por telefone")
    sold[
        catalog.define_product(
            code="telefone-datacenter", name="Datacenter por telefone", line=line, area=areas["datacenter"]
        )
    ] = None
    return sold


def _customer(cnpj: str, name: str, products: dict[Product, Version | None]) -> Organization:
    """The one that has this CNPJ already, or a new one; with support, and with the Datacenter."""
    known = telephone.customers_keyed(cnpj) if cnpj.isdigit() else persons.organizations_named(cnpj)[:1]
    customer = next(iter(known), None) or people.register_organization(name=name, legal_name=f"{name} Ltda.", cnpj=cnpj)
    sold = plans()
    software = {product: version for product, version in products.items() if version}
    datacenter = {product: version for product, version in products.items() if not version}
    for code, held in (("padrao", software), ("datacenter", datacenter)):
        contracts.sign(
            organization=customer,
            number=f"TEL-{cnpj}-{code}",
            plan=sold[code],
            products=held,
            valid_from=BEGINNING,
        )
    return customer


def _contact(part: Part, customer: Organization) -> Person:
    person = people.register_contact(
        name=f"{part.name} (telefone)",
        email=f"{part.name.lower()}@telefone.example",
        organization=customer,
        services=part.services,
    )
    if part.cpf:
        people.record_cpf(person, part.cpf)
    people.choose_pin(person, part.pin)
    return person
