"""Customers, analysts and subjects in numbers, for the tickets of a benchmark."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from django.contrib.auth.hashers import make_password
from django.db import connection
from stdnum.br import cnpj

from farol.catalog import queries as catalog
from farol.catalog.models import Module, Product
from farol.contracts.models import Contract, Item, Plan
from farol.contracts.rules import Promise, read
from farol.hours import queries as hours
from farol.house.seeding.catalogue import furnish
from farol.house.seeding.demo.library import Case, cases
from farol.kernel.actor import Channel
from farol.people import queries as people
from farol.people.models import Area, Organization, Person
from farol.search import actions as search
from farol.search.rules.asking import COMPANY, SCOPE
from farol.search.rules.words import gathered
from farol.tickets.rules.opening import rank
from farol.tickets.rules.severity import Severity, severity_of
from farol.worktime.spans import minute_of
from farol.worktime.table import Table

NUMBER = "{nota}"
CANCELLED = "Resolvemos internamente."
DOMAIN = "bench.example"
CONTACTS = 3
ANALYSTS = 4  # of each area
KINDS = ("Laticínios", "Transportes", "Metalúrgica", "Atacado", "Cooperativa", "Hospital", "Usina", "Móveis")
NAMES = ("Serra Alta", "Rio Claro", "Vale Novo", "Campo Largo", "Pedra Branca", "Boa Esperança", "Lagoa Funda")
PLANS = ("padrao",) * 6 + ("sla",) * 2 + ("bso",) + ("datacenter",)


@dataclass(frozen=True, slots=True)
class Terms:
    """A calendar laid out for look-ups, with the minutes of each severity on it."""

    version: int
    table: Table
    minutes: dict[str, int]


@dataclass(frozen=True, slots=True)
class Level:
    """A plan: the terms of its solution, and those of its first reply if it promises one."""

    plan: int
    solution: Terms
    first_reply: Terms | None
    shares: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Customer:
    organization: int
    contacts: tuple[int, ...]
    level: Level
    marks: str  # whose a document is, and its words, as the database reads them


@dataclass(frozen=True, slots=True)
class Topic:
    """A case as rows want it: keys instead of objects, words already canonical."""

    case: Case
    product: int
    module: int
    version: int | None
    area: int
    severity: Severity
    reasons: tuple[str, ...]
    rank: int
    words: dict[str, str]  # of each text that is said, what it is found by, as the database reads it


@dataclass(slots=True)
class Scenery:
    customers: list[Customer] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    teams: dict[int, list[tuple[int, str]]] = field(default_factory=dict)


def set_up(customers: int, *, first_year: int, last_year: int, today: date) -> Scenery:
    """The catalogue, so many customers with contacts and contracts, and analysts for every area. Safe to repeat."""
    furnish()
    areas = list(people.areas())
    levels = {plan.code: _level(plan, first_year, last_year) for plan in Plan.objects.all()}
    _invent_customers(customers, today)
    _invent_analysts(areas)
    _teach()
    return Scenery(
        customers=list(_customers(levels)),
        topics=[_topic(case) for case in cases().values()],
        teams=_teams(areas),
    )


def _level(plan: Plan, first_year: int, last_year: int) -> Level:
    promised = read(plan.promises).get(Promise.FIRST_REPLY)
    return Level(
        plan=plan.pk,
        solution=_terms(plan.calendar_code, plan.allowances, first_year, last_year),
        first_reply=_terms(promised.calendar_code, promised.minutes, first_year, last_year) if promised else None,
        shares=tuple(plan.warn_shares),
    )


def _terms(calendar: str, minutes: dict[str, int], first_year: int, last_year: int) -> Terms:
    version, schedule = hours.in_force(calendar, date(last_year, 1, 1))
    start = minute_of(_new_year(first_year), "start")
    end = minute_of(_new_year(last_year + 1), "end")
    return Terms(version, schedule.table_between(start, end), minutes)


def _new_year(year: int) -> datetime:
    return datetime(year, 1, 1, 12, tzinfo=UTC)


def _invent_customers(count: int, today: date) -> None:
    """Whole tables at once: the services would take as long as the tickets themselves."""
    known = Organization.objects.filter(financial_email__endswith=DOMAIN).count()
    rng = random.Random("customers")
    organizations = Organization.objects.bulk_create(_organization(number) for number in range(known, count))
    Person.objects.bulk_create(person for organization in organizations for person in _contacts(organization))
    plans = {plan.code: plan for plan in Plan.objects.all()}
    contracts = Contract.objects.bulk_create(
        Contract(
            organization=organization,
            number=f"B-{organization.pk:06}",
            plan=plans[rng.choice(PLANS)],
            valid_from=date(today.year - 10, 1, 1),
        )
        for organization in organizations
    )
    products = [product for line in catalog.lines() for product in line.products.all()]
    Item.objects.bulk_create(Item(contract=contract, product=product) for contract in contracts for product in products)


def _organization(number: int) -> Organization:
    root = f"{70_000_000 + number:08}0001"
    name = f"{KINDS[number % len(KINDS)]} {NAMES[number % len(NAMES)]} {number + 1}"
    return Organization(
        name=name,
        legal_name=f"{name} Ltda.",
        cnpj=root + cnpj.calc_check_digits(root),
        city="São Paulo",
        state="SP",
        financial_email=f"financeiro@c{number}.{DOMAIN}",
    )


def _contacts(organization: Organization) -> Iterator[Person]:
    domain = organization.financial_email.partition("@")[2]
    for number in range(CONTACTS):
        yield Person(
            name=f"Contato {number + 1} {organization.name}"[:120],
            email=f"contato{number + 1}@{domain}",
            kind=Person.Kind.CONTACT,
            organization=organization,
            is_administrator=number == 0,
            password=make_password(None),
        )


def _invent_analysts(areas: Sequence[Area]) -> None:
    if Person.objects.filter(email__endswith=f"@{DOMAIN}").exists():
        return
    for area in areas:
        analysts = Person.objects.bulk_create(
            Person(
                name=f"Analista {number + 1} {area.name}",
                email=f"analista{number + 1}.{area.code}@{DOMAIN}",
                kind=Person.Kind.STAFF,
                role=Person.Role.ANALYST,
                password=make_password(None),
            )
            for number in range(ANALYSTS)
        )
        for analyst in analysts:
            analyst.areas.add(area)


def _customers(levels: dict[str, Level]) -> Iterator[Customer]:
    contacts: dict[int, list[int]] = {}
    members = Person.objects.filter(organization__financial_email__endswith=DOMAIN).order_by("pk")
    for pk, organization in members.values_list("pk", "organization_id"):
        contacts.setdefault(organization, []).append(pk)
    contracts = Contract.objects.select_related("organization", "plan").filter(organization__in=contacts)
    for contract in contracts.order_by("organization_id"):
        company = contract.organization
        marks = f"'{SCOPE}{company.pk}' '{COMPANY}{company.cnpj.lower()}' {_printed(_names(company))}"
        yield Customer(company.pk, tuple(contacts[company.pk]), levels[contract.plan.code], marks)


def _names(company: Organization) -> str:
    return f"{company.name} {company.legal_name} Contato"


def _teach() -> None:
    """What somebody begins to type is completed by these words."""
    texts = [text for case in cases().values() for text in _said(_filled(case))]
    search.learn([*texts, *(item.name for line in catalog.lines() for item in line.products.all())])
    for company in Organization.objects.filter(financial_email__endswith=DOMAIN):
        search.learn([_names(company)], company=company.cnpj)


def _teams(areas: Sequence[Area]) -> dict[int, list[tuple[int, str]]]:
    found = {area.pk: list(people.staff_of(area.pk).values_list("pk", "name")) for area in areas}
    return {area: [(pk, name) for pk, name in team] for area, team in found.items()}


def _filled(case: Case) -> Case:
    """The case with its blanks filled in; the description keeps one for a number of each ticket."""
    details = {"mes": "outubro", "valor": "R$ 1.240,00", "versao": "12.4.2", "contato": "você", "nota": "45.231"}
    texts = ("ask", "answer", "finding", "solution")
    filled = {name: getattr(case, name).format_map(details) for name in texts}
    description = f"{case.description.format_map(details)}\nDocumento {NUMBER}."
    return replace(case, description=description, subjects=(case.subjects[0].format_map(details),), **filled)


def _topic(case: Case) -> Topic:
    case = _filled(case)
    product = catalog.product_by_code(case.product)
    assert product is not None
    module = catalog.modules_of(product.pk).get(code=case.module)
    version = catalog.versions_of(product.pk).first()
    grade = severity_of(case.impact)
    return Topic(
        case=case,
        product=product.pk,
        module=module.pk,
        version=version.pk if version else None,
        area=module.area_id or product.area_id,
        severity=grade.severity,
        reasons=tuple(grade.reasons),
        rank=rank(grade.severity, Channel.PORTAL),
        words={text: _printed(text) for text in _said(case)}
        | {case.subjects[0]: _printed(_opened(case, product, module))},
    )


def _said(case: Case) -> list[str]:
    return [case.ask, case.answer, case.finding, case.solution, CANCELLED, _opened(case)]


def _opened(case: Case, *about: Product | Module) -> str:
    return " ".join([case.subjects[0], case.description.replace(NUMBER, ""), *(named.name for named in about)])


def _printed(text: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT strip(to_tsvector('portuguese', %s::text))::text", [gathered([text])])
        return str(cursor.fetchone()[0])
