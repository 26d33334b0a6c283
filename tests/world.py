"""A small world for tests: one vendor, two customers, two analysts, one product, the guide's hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from farol.catalog.models import Module, Product, ProductLine, Vendor, Version
from farol.contracts import actions as contracts
from farol.contracts.models import Plan
from farol.contracts.rules.prices import Price, Sold, Unit
from farol.hours.actions import seed_hours
from farol.kernel.actor import Actor, Channel
from farol.people import actions as people
from farol.people.models import Area, Organization, Person
from farol.people.queries import actor_of
from farol.tickets import actions
from farol.tickets.models import Ticket
from farol.tickets.queries import Subject
from farol.tickets.rules.severity import Corruption, Impact, Kind, Usability, Workaround
from tests.instants import at

CRITICAL = Impact(Usability.UNUSABLE, Workaround.NO, critical_operation=True)
HIGH = Impact(Usability.SEVERE, Workaround.MANUAL)
MEDIUM = Impact(Usability.MINOR, Workaround.YES)
LOW = Impact(Usability.COSMETIC, Workaround.YES, data_corruption=Corruption.NO)
CONSULTING = Price(Sold.CONSULTING, Unit.MINUTE, 440)
EMERGENCY = Price(Sold.EMERGENCY, Unit.HOUR, 36_000, minimum_minutes=60, round_up_to=60)
ALLOWANCES = {"critical": 600, "high": 1200, "medium": 1800, "low": 2400}
PASSWORD = "farol-na-serra-2026"

__all__ = ["World", "at", "build"]


@dataclass(frozen=True)
class World:
    fiscal: Area
    factory: Area
    consulting: Area
    product: Product
    module: Module
    version: Version
    other_product: Product
    plan: Plan
    serra_azul: Organization
    boa_vista: Organization
    marina: Person
    joao: Person
    bruno: Person
    rafael: Person
    jussara: Person
    teresa: Person

    def by(self, person: Person, channel: Channel = Channel.PORTAL, address: str = "203.0.113.7") -> Actor:
        return actor_of(person, channel, address)

    def open(
        self,
        now: datetime,
        *,
        impact: Impact = HIGH,
        by: Person | None = None,
        channel: Channel = Channel.PORTAL,
        subject: str = "Rejeição 778 ao transmitir NF-e de devolução",
    ) -> Ticket:
        contact = by or self.marina
        return actions.open_ticket(
            Subject(self.product, self.module, None),
            contact=contact,
            kind=Kind.NONCONFORMITY,
            subject=subject,
            description="Ao transmitir a NF-e 45.231, a SEFAZ devolve 778: NCM inexistente.",
            impact=impact,
            by=self.by(contact, channel),
            now=now,
        )

    def solved(self, sent: datetime, *, impact: Impact = HIGH) -> Ticket:
        """A ticket opened an hour before its solution was sent."""
        ticket = self.open(sent - timedelta(hours=1), impact=impact)
        return actions.send_solution(ticket.pk, body="Atualize a tabela NCM.", by=self.by(self.rafael), now=sent)


def build() -> World:
    seed_hours()
    Vendor.objects.create(pk=1, name="Horizonte", telephone="4003-0000")
    fiscal = people.register_area(code="fiscal", name="Fiscal", with_name="o Fiscal", kind="support")
    factory = people.register_area(code="fabrica", name="Fábrica", with_name="a Fábrica", kind="factory")
    consulting = people.register_area(
        code="consultoria", name="Consultoria", with_name="a Consultoria", kind="consulting"
    )
    line = ProductLine.objects.create(code="horizonte", name="Horizonte")
    product = Product.objects.create(code="erp", name="Horizonte ERP", line=line, area=fiscal)
    other = Product.objects.create(code="rh", name="Âncora RH", line=line, area=fiscal)
    module = Module.objects.create(product=product, code="nfe", name="Faturamento · NF-e")
    version = Version.objects.create(product=product, name="12.4.2", released_on=date(2026, 6, 1))
    plan = contracts.define_plan(
        code="padrao", name="Suporte padrão", kind="standard", calendar_code="support_tech_07_19", allowances=ALLOWANCES
    )
    people.register_office(
        code="sul", name="Unidade Sul", kind="unit", states=["PR", "RS", "SC"], telephone="(41) 3000-0040"
    )
    contracts.set_price(CONSULTING, valid_from=date(2020, 1, 1))
    contracts.set_price(EMERGENCY, valid_from=date(2020, 1, 1))
    serra_azul = people.register_organization(
        name="Laticínios Serra Azul", legal_name="Laticínios Serra Azul Ltda.", cnpj="12ABC34501DE35", state="SC"
    )
    boa_vista = people.register_organization(
        name="Atacado Boa Vista", legal_name="Atacado Boa Vista S.A.", cnpj="11222333000181"
    )
    for number, organization in (("C-1", serra_azul), ("C-2", boa_vista)):
        contracts.sign(
            organization=organization,
            number=number,
            plan=plan,
            products={product: version},
            valid_from=date(2020, 1, 1),
        )

    def contact(name: str, email: str, organization: Organization, *, is_administrator: bool = False) -> Person:
        return people.register_contact(
            name=name, email=email, organization=organization, password=PASSWORD, is_administrator=is_administrator
        )

    def staff(name: str, email: str, role: str) -> Person:
        return people.hire(name=name, email=email, role=role, areas=[fiscal], password=PASSWORD)

    return World(
        fiscal=fiscal,
        factory=factory,
        consulting=consulting,
        product=product,
        module=module,
        version=version,
        other_product=other,
        plan=plan,
        serra_azul=serra_azul,
        boa_vista=boa_vista,
        marina=contact("Marina Prado", "marina@serraazul.example", serra_azul, is_administrator=True),
        joao=contact("João Pires", "joao@serraazul.example", serra_azul),
        bruno=contact("Bruno Sá", "bruno@boavista.example", boa_vista),
        rafael=staff("Rafael Tanaka", "rafael@farol.example", "analyst"),
        jussara=staff("Jussara Lima", "jussara@farol.example", "analyst"),
        teresa=staff("Teresa Nunes", "teresa@farol.example", "manager"),
    )
