"""The gate: one decision for every channel, with what it needs read once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from farol.access.rules import NO_DEBT, TERMS, Action, Contact, Contract, Debt, Decision, Refused, Terms, decide
from farol.catalog.models import Product
from farol.contracts import models as sold
from farol.contracts import queries as contracts
from farol.contracts.models import Item
from farol.kernel.errors import Refusal
from farol.people import queries as people
from farol.people.models import Organization, Person
from farol.people.queries import contacts as people_contacts

ZONE = ZoneInfo("America/Sao_Paulo")


def admit(
    person: Person,
    action: Action,
    *,
    on: date,
    organization: int | None = None,
    product: Product | None = None,
) -> Item | None:
    """What entitles to `action` on this day, if something in a contract does (R-014 to R-016, R-024).

    `person` is the contact, also when the staff acts for them; of the staff itself `organization` says for whom.
    Raises the refusal that names the next door.
    """
    asked = _asked(person, action, on=on, organization=organization, product=product)
    if isinstance(asked.decision, Refused):
        raise _refusal(asked.decision, asked.organization, action, product)
    return asked.item


def decision(
    person: Person | None,
    action: Action,
    *,
    on: date,
    organization: int | None = None,
    product: Product | None = None,
) -> Decision:
    """As `admit`, for whoever goes on by another door instead of being refused, as the telephone does."""
    return _asked(person, action, on=on, organization=organization, product=product).decision


def cover(organization_id: int, product: Product, *, on: date) -> Item:
    """What covers the product, for a forecast; whoever asks (R-016). Raises NoActiveContract, ProductNotInContract."""
    facts = _facts(organization_id, product, TERMS[Action.FORECAST], on=on)
    anybody = Contact(organization=organization_id)
    found = decide(anybody, organization_id, facts.contracts, product.pk, facts.debt, Action.FORECAST, on=on)
    if isinstance(found, Refused) or facts.item is None:
        assert isinstance(found, Refused)
        raise _refusal(found, organization_id, Action.FORECAST, product)
    return facts.item


def is_blocked(organization: Organization | None, *, on: date) -> bool:
    """Whether debt shuts doors to the customer on that day, as its row says (R-100)."""
    return organization is not None and Debt(organization.blocked_from).blocks(on)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a decision takes, and the item it was taken from."""

    contracts: tuple[Contract, ...] = ()
    debt: Debt = NO_DEBT
    item: Item | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    decision: Decision
    organization: int
    item: Item | None


def _asked(
    person: Person | None, action: Action, *, on: date, organization: int | None, product: Product | None
) -> Asked:
    customer = organization or (person.organization_id if person else None) or 0
    terms = TERMS[action]
    who = _contact(person, on=on) if terms.fresh_password else _contact(person)
    is_free = terms.anybody or who is None or (who.is_staff and terms.staff_freely)
    facts = Facts() if is_free else _read(person, customer, product, terms, on=on)
    decision = decide(who, customer, facts.contracts, product.pk if product else None, facts.debt, action, on=on)
    return Asked(decision, customer, facts.item)


def _contact(person: Person | None, *, on: date | None = None) -> Contact | None:
    """With the age of the password on that day, where it counts."""
    if person is None:
        return None
    until = people_contacts.password_expires_at(person) if on else None
    return Contact(
        organization=person.organization_id or 0,
        is_staff=person.is_staff_member,
        is_active=person.is_active,
        is_administrator=person.is_administrator,
        services=frozenset(person.services),
        has_old_password=bool(on and until and until.astimezone(ZONE).date() <= on),
    )


def _read(person: Person | None, customer: int, product: Product | None, terms: Terms, *, on: date) -> Facts:
    at_hand = person.organization if person and person.organization_id == customer else None
    if terms.contract or terms.datacenter:
        return _facts(customer, product, terms, on=on, at_hand=at_hand)
    if not terms.no_debt:
        return Facts()
    at_hand = at_hand or people.organization(customer)
    return Facts(debt=Debt(at_hand.blocked_from if at_hand else None))


def _facts(
    customer: int, product: Product | None, terms: Terms, *, on: date, at_hand: Organization | None = None
) -> Facts:
    """With a product in a contract, all of it in the one statement that reads the item."""
    item = contracts.item_for(customer, product.pk, on=on) if product and terms.product else None
    if item:
        held = _contract(item.contract, frozenset({item.product_id}))
        return Facts((held,), Debt(getattr(item, "blocked_from", None)), item)
    held_all = tuple(_contract(contract) for contract in contracts.contracts_held(customer, on=on))
    owing = (at_hand or people.organization(customer)) if held_all and terms.no_debt else None
    return Facts(held_all, Debt(owing.blocked_from if owing else None))


def _contract(contract: sold.Contract, products: frozenset[int] = frozenset()) -> Contract:
    is_datacenter = contract.plan.kind == sold.Plan.Kind.DATACENTER
    return Contract(contract.valid_from, contract.valid_until, products, is_datacenter)


def _refusal(refused: Refused, customer: int, action: Action, product: Product | None) -> Refusal:
    return refused.refusal(product=product.name if product else "", organization=customer, action=action)
