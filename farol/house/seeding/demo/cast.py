"""Who appears: companies with their contracts, contacts and staff; read from `people.toml`."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from farol.catalog import queries as catalog
from farol.catalog.models import Module, Product, Version
from farol.contracts import actions as contracts
from farol.contracts.models import Plan
from farol.house.seeding.catalogue import plans
from farol.people import actions as people
from farol.people import queries as people_queries
from farol.people.models import Area, Organization, Person

PEOPLE = Path(__file__).with_name("people.toml")
PASSWORD = "farol-demonstra-2026"
STAFF_DOMAIN = "mare.example"
FOR_EVERYONE = ("servidor-licencas", "gestor-pacotes", "servicos-administrativos")


@dataclass(frozen=True, slots=True)
class Company:
    organization: Organization
    plan: Plan
    contacts: dict[str, Person]
    products: dict[str, Version | None]
    contract_ended: date | None


@dataclass(slots=True)
class Cast:
    """Everyone by the short name that `people.toml` gives them."""

    staff: dict[str, Person] = field(default_factory=dict)
    areas: dict[str, Area] = field(default_factory=dict)
    companies: dict[str, Company] = field(default_factory=dict)
    teams: dict[str, list[str]] = field(default_factory=dict)
    products: dict[str, Product] = field(default_factory=dict)
    modules: dict[tuple[str, str], Module] = field(default_factory=dict)

    def area_of(self, product: str, module: str) -> Area:
        return self.modules[product, module].area or self.products[product].area


def sign_ins() -> dict[str, str]:
    """The five parts that a visitor may play, and whose address opens each."""
    return dict(_written()["sign_ins"])


def move_in(today: date) -> Cast:
    """Companies, contracts, contacts and staff are there; `today` dates the contracts. Safe to repeat."""
    written = _written()
    cast = Cast(areas={area.code: area for area in people_queries.areas()})
    for line in catalog.lines():
        for product in line.products.all():
            cast.products[product.code] = product
            cast.modules |= {(product.code, module.code): module for module in product.modules.all()}
    for code, about in written["staff"].items():
        cast.staff[code] = _hire(about, cast)
        for area in about["areas"] if about["role"] in {"analyst", "cst"} else ():
            cast.teams.setdefault(area, []).append(code)
    for code, about in written["companies"].items():
        cast.companies[code] = _welcome(about, cast, today)
    return cast


def _written() -> dict[str, Any]:
    return tomllib.loads(PEOPLE.read_text())


def _hire(about: Mapping[str, Any], cast: Cast) -> Person:
    return people.hire(
        name=about["name"],
        email=_address(about["name"], STAFF_DOMAIN),
        role=about["role"],
        title=about["title"],
        areas=[cast.areas[area] for area in about["areas"]],
        password=PASSWORD if about.get("signs_in") else None,
    )


def _welcome(about: Mapping[str, Any], cast: Cast, today: date) -> Company:
    organization = people.register_organization(
        name=about["name"],
        legal_name=about["legal_name"],
        cnpj=about["cnpj"],
        city=about["city"],
        state=about["state"],
        financial_email=f"financeiro@{about['domain']}",
    )
    contacts = {
        code: people.register_contact(
            organization=organization,
            name=contact["name"],
            email=_address(contact["name"], about["domain"]),
            title=contact["title"],
            is_administrator=contact.get("is_administrator", False),
            password=PASSWORD if contact.get("signs_in") else None,
        )
        for code, contact in about["contacts"].items()
    }
    ended_ago = about.get("contract_ended_days_ago")
    ended = today - timedelta(days=ended_ago) if ended_ago else None
    products = _installed({**dict.fromkeys(FOR_EVERYONE, ""), **about["versions"]}, cast)
    plan = plans()[about["plan"]]
    contracts.sign(
        organization=organization,
        number=f"CT-{about['cnpj'][:6]}",
        plan=plan,
        products={cast.products[code]: version for code, version in products.items()},
        valid_from=date(today.year - 3, 3, 1),
        valid_until=ended or date(today.year + 1, 3, 31),
    )
    return Company(organization, plan, contacts, products, ended)


def _installed(versions: Mapping[str, str], cast: Cast) -> dict[str, Version | None]:
    """Product → version, by name; the newest of a product that is the same for everyone."""
    found: dict[str, Version | None] = {}
    for code, name in versions.items():
        known = list(cast.products[code].versions.all())
        found[code] = next((version for version in known if name in {"", version.name}), None)
    return found


def _address(name: str, domain: str) -> str:
    """First and last name, without accents."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(c))
    words = plain.split()
    return f"{words[0]}.{words[-1]}@{domain}"
