"""What a ticket costs its customer, and whether anything may be charged at all (sections 8 and 9).

>>> from farol.contracts.rules.prices import Price, Sold, Unit
>>> line = Worked(Sold.CONSULTING, 37, Price(Sold.CONSULTING, Unit.MINUTE, 440))
>>> total_of([line]), total_of([line], Responsibility.VENDOR)
(16280, 0)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from farol.contracts.rules.prices import Price, Sold, billed_minutes, charge
from farol.kernel.errors import Refusal, gettext_noop


class Service(StrEnum):
    """Which of the two flows of the guide a ticket follows (p. 7 to 9)."""

    SUPPORT = "support"
    CONSULTING = "consulting"


class Responsibility(StrEnum):
    """Whose the cause was (R-081)."""

    VENDOR = "vendor"
    CUSTOMER = "customer"
    THIRD_PARTY = "third_party"

    @property
    def is_billable(self) -> bool:
        return self is not Responsibility.VENDOR


class ChargeNotAuthorized(Refusal):
    """Not a minute of consulting is billed before the customer agreed to price and conditions (R-090)."""

    code = "charge.not_authorized"
    rule = "R-090"
    message = gettext_noop("O cliente ainda não autorizou a cobrança deste período.")
    remedy = gettext_noop("Peça a autorização de cobrança, ou aponte as horas sem faturar.")


class OutcomeMissing(Refusal):
    """A charge on condition needs the condition answered (R-081)."""

    code = "charge.outcome_missing"
    rule = "R-081"
    message = gettext_noop("A cobrança depende de quem causou o problema, e isso ainda não foi registrado.")
    remedy = gettext_noop("Registre a responsabilidade e envie a solução de novo.")


@dataclass(frozen=True, slots=True)
class Worked:
    """Minutes of one service; without a price they are only counted."""

    sold: Sold
    minutes: int
    price: Price | None

    @property
    def cents(self) -> int | None:
        return charge(self.minutes, self.price) if self.price else None

    def kept(self) -> dict[str, Any]:
        price = self.price
        return {
            "service": self.sold,
            "minutes": self.minutes,
            "billed_minutes": billed_minutes(self.minutes, price) if price else self.minutes,
            "cents": self.cents,
            "price": price.kept() if price else None,
        }


def total_of(worked: Sequence[Worked], responsibility: Responsibility | None = None) -> int | None:
    """What it all costs, in cents: nothing when the vendor was the cause (R-094), unknown while a price is missing."""
    if is_waived(responsibility):
        return 0
    cents = [line.cents for line in worked]
    return None if None in cents else sum(filter(None, cents))


def is_waived(responsibility: Responsibility | None) -> bool:
    return responsibility is not None and not responsibility.is_billable


def may_bill(*, is_conditional: bool, responsibility: Responsibility | None) -> bool:
    """A charge on condition counts once the cause is known and not the vendor's (R-081); any other until waived."""
    if responsibility is None:
        return not is_conditional
    return responsibility.is_billable
