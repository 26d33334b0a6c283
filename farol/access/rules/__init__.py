"""One decision for every channel: may this person do this now, or where should they go instead?

The order is the guide's (p. 6, 10 and 11): a contact that is known, then the contract,
then the debt, then what the administrator released. What stays open to a customer in
debt is whatever the guide does not name: opening, consulting and downloads are blocked,
the way to the CST and to the Ouvidoria never is (R-014 to R-016, R-023, R-024, R-026).

>>> from datetime import date
>>> marina = Contact(organization=7, is_administrator=True)
>>> sold = [Contract(date(2026, 1, 1), None, frozenset({3}))]
>>> debt = Debt(blocked_from=date(2026, 11, 20))
>>> decide(marina, 7, sold, 3, debt, Action.OPEN_TICKET, on=date(2026, 11, 19))
Allowed()
>>> decide(marina, 7, sold, 3, debt, Action.OPEN_TICKET, on=date(2026, 11, 20))
Refused(why=<Why.DEBT: 'debt'>, where=<Door.CST: 'cst'>)
>>> decide(marina, 7, sold, 3, debt, Action.OPEN_ADMINISTRATIVE, on=date(2026, 11, 20))
Allowed()
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from farol.access.rules.refusals import (
    CstNotReleased,
    CustomerInDebt,
    DownloadsNotReleased,
    NoActiveContract,
    NoDatacenterContract,
    NotAContact,
    OmbudsmanNotReleased,
    PasswordTooOld,
    ProductNotInContract,
    ServiceNotReleased,
    SupportNotReleased,
)
from farol.kernel.errors import Refusal
from farol.people.rules.contacts import Service

__all__ = [
    "NO_DEBT",
    "TERMS",
    "Action",
    "Allowed",
    "Contact",
    "Contract",
    "CstNotReleased",
    "CustomerInDebt",
    "Debt",
    "Decision",
    "Door",
    "DownloadsNotReleased",
    "NoActiveContract",
    "NoDatacenterContract",
    "NotAContact",
    "OmbudsmanNotReleased",
    "PasswordTooOld",
    "ProductNotInContract",
    "Refused",
    "Service",
    "ServiceNotReleased",
    "SupportNotReleased",
    "Terms",
    "Why",
    "decide",
]


class Action(StrEnum):
    """What somebody wants, whatever the channel."""

    OPEN_TICKET = "open_ticket"
    OPEN_CONSULTING = "open_consulting"
    OPEN_ADMINISTRATIVE = "open_administrative"  # to the CST
    OPEN_OMBUDSMAN = "open_ombudsman"
    FORECAST = "forecast"  # a date, without opening anything
    VIEW_TICKETS = "view_tickets"  # lists and pages of tickets, and what is decided on those pages
    OPEN_FILE = "open_file"  # a file that hangs on a ticket
    ANSWER_TICKET = "answer_ticket"  # words for a ticket that stands open: nothing said is lost
    SPLIT_TICKET = "split_ticket"  # the staff makes two of one that was opened
    AGREE_TO_CONSULTING = "agree_to_consulting"
    DOWNLOAD = "download"  # an update
    CALL_SUPPORT = "call_support"
    CALL_CONSULTING = "call_consulting"
    CALL_DATACENTER = "call_datacenter"
    CALL_ADMINISTRATIVE = "call_administrative"
    CALL_OMBUDSMAN = "call_ombudsman"


class Door(StrEnum):
    """Where to go instead."""

    CST = "cst"
    ADVISORY = "advisory"  # the Assessoria
    RELATIONSHIP = "relationship"  # the customer's executive, or the Assessoria
    ADMINISTRATOR = "administrator"  # of the customer's own contacts
    ACCOUNT = "account"  # one's own
    HOURS = "hours"  # come back, or call, in business hours


class Why(StrEnum):
    UNKNOWN = "unknown"
    NO_CONTRACT = "no_contract"
    NO_PRODUCT = "no_product"
    NO_DATACENTER = "no_datacenter"
    DEBT = "debt"
    SUPPORT = "support"  # from here on: not released by the administrator
    CONSULTING = "consulting"
    DOWNLOADS = "downloads"
    PASSWORD = "password"
    CST = "cst"
    OMBUDSMAN = "ombudsman"


@dataclass(frozen=True, slots=True)
class Contact:
    """Who asks: a contact of a customer, or a member of the staff."""

    organization: int = 0
    is_staff: bool = False
    is_active: bool = True
    is_administrator: bool = False
    services: frozenset[str] = frozenset()
    has_old_password: bool = False  # older than consulting allows

    def holds(self, service: Service) -> bool:
        """The administrator of the contacts holds what they may give; the staff gives nobody's money away."""
        return self.is_administrator or self.is_staff or service in self.services


@dataclass(frozen=True, slots=True)
class Contract:
    """What was sold, and from when to when."""

    valid_from: date
    valid_until: date | None = None
    products: frozenset[int] = frozenset()
    is_datacenter: bool = False

    def holds(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)


@dataclass(frozen=True, slots=True)
class Debt:
    """From which day on what the customer owes shuts doors; none when it owes nothing that does (R-100)."""

    blocked_from: date | None = None

    def blocks(self, on: date) -> bool:
        return self.blocked_from is not None and self.blocked_from <= on


NO_DEBT = Debt()


@dataclass(frozen=True, slots=True)
class Terms:
    """What an action takes, beyond being an active contact."""

    contract: bool = False
    product: bool = False  # in a contract in force, as far as it is known
    no_debt: bool = False
    service: Service | None = None
    datacenter: bool = False
    fresh_password: bool = False  # where a password lets in, and agrees to a charge
    anybody: bool = False  # not even a contact
    staff_freely: bool = False  # the staff sees and serves whom it likes


TERMS: dict[Action, Terms] = {
    Action.OPEN_TICKET: Terms(contract=True, product=True, no_debt=True, service=Service.SUPPORT),
    Action.OPEN_CONSULTING: Terms(
        contract=True, product=True, no_debt=True, service=Service.CONSULTING, fresh_password=True
    ),
    Action.OPEN_ADMINISTRATIVE: Terms(service=Service.CST),
    Action.OPEN_OMBUDSMAN: Terms(service=Service.OMBUDSMAN),
    Action.FORECAST: Terms(contract=True, product=True),
    Action.VIEW_TICKETS: Terms(no_debt=True, staff_freely=True),
    Action.OPEN_FILE: Terms(no_debt=True, staff_freely=True),
    Action.ANSWER_TICKET: Terms(staff_freely=True),
    Action.SPLIT_TICKET: Terms(contract=True, product=True),
    Action.AGREE_TO_CONSULTING: Terms(service=Service.CONSULTING, fresh_password=True),
    Action.DOWNLOAD: Terms(contract=True, product=True, no_debt=True, service=Service.DOWNLOADS, staff_freely=True),
    Action.CALL_SUPPORT: Terms(contract=True, product=True, no_debt=True, service=Service.SUPPORT),
    Action.CALL_CONSULTING: Terms(contract=True, product=True, no_debt=True, service=Service.CONSULTING),
    Action.CALL_DATACENTER: Terms(datacenter=True, service=Service.DATACENTER),
    Action.CALL_ADMINISTRATIVE: Terms(anybody=True),
    Action.CALL_OMBUDSMAN: Terms(anybody=True),
}


@dataclass(frozen=True, slots=True)
class Allowed:
    """Come in."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Not through here: why, and where to go."""

    why: Why
    where: Door

    def refusal(self, **facts: object) -> Refusal:
        """As every surface shows it."""
        return REFUSALS[self.why](**facts)


Decision = Allowed | Refused
REFUSALS: dict[Why, type[Refusal]] = {
    Why.UNKNOWN: NotAContact,
    Why.NO_CONTRACT: NoActiveContract,
    Why.NO_PRODUCT: ProductNotInContract,
    Why.NO_DATACENTER: NoDatacenterContract,
    Why.DEBT: CustomerInDebt,
    Why.SUPPORT: SupportNotReleased,
    Why.CONSULTING: ServiceNotReleased,
    Why.DOWNLOADS: DownloadsNotReleased,
    Why.PASSWORD: PasswordTooOld,
    Why.CST: CstNotReleased,
    Why.OMBUDSMAN: OmbudsmanNotReleased,
}
NEEDED = {
    Service.SUPPORT: Why.SUPPORT,
    Service.CONSULTING: Why.CONSULTING,
    Service.DOWNLOADS: Why.DOWNLOADS,
    Service.CST: Why.CST,
    Service.OMBUDSMAN: Why.OMBUDSMAN,
    Service.DATACENTER: Why.NO_DATACENTER,
}


def decide(
    person: Contact | None,
    organization: int,
    contracts: Collection[Contract],
    product: int | None,
    debt: Debt,
    action: Action,
    *,
    on: date,
) -> Decision:
    """May `person` do this for `organization` on that day? (R-014 to R-016, R-021, R-023, R-024, R-026, R-152)

    `person` is the contact, also when the staff acts for them; None when nobody is identified.
    `product` is None while it is not known, as on the telephone before the area is chosen.
    """
    terms = TERMS[action]
    if terms.anybody:
        return Allowed()
    if person is None or not person.is_active:
        return Refused(Why.UNKNOWN, Door.ADVISORY)
    if person.is_staff and terms.staff_freely:
        return Allowed()
    if not person.is_staff and person.organization != organization:
        return Refused(Why.UNKNOWN, Door.ADVISORY)
    if refused := _uncovered([contract for contract in contracts if contract.holds(on)], product, terms):
        return refused
    if terms.no_debt and debt.blocks(on):
        return Refused(Why.DEBT, Door.CST)
    if terms.service and not person.holds(terms.service):
        return Refused(NEEDED[terms.service], Door.ADMINISTRATOR)
    if terms.fresh_password and person.has_old_password:
        return Refused(Why.PASSWORD, Door.ACCOUNT)
    return Allowed()


def _uncovered(contracts: Collection[Contract], product: int | None, terms: Terms) -> Refused | None:
    """The contract comes before the debt (R-016)."""
    if terms.datacenter and not any(contract.is_datacenter for contract in contracts):
        return Refused(Why.NO_DATACENTER, Door.HOURS)
    if terms.contract and not contracts:
        return Refused(Why.NO_CONTRACT, Door.RELATIONSHIP)
    is_asked = terms.product and product is not None
    if is_asked and not any(product in contract.products for contract in contracts):
        return Refused(Why.NO_PRODUCT, Door.RELATIONSHIP)
    return None
