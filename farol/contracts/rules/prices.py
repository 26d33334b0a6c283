"""What billed time costs (R-093): a rate by the minute or by the hour, a least time, and steps it is rounded up to.

>>> consulting = Price(Sold.CONSULTING, Unit.MINUTE, 440)
>>> emergency = Price(Sold.EMERGENCY, Unit.HOUR, 36_000, minimum_minutes=60, round_up_to=60)
>>> charge(37, consulting), charge(37, emergency), charge(125, consulting), charge(125, emergency)
(16280, 36000, 55000, 108000)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from farol.kernel.errors import FieldsRefused, Refusal, gettext_noop

LONGEST = 24 * 60


class Sold(StrEnum):
    """What is sold by time."""

    CONSULTING = "consulting"
    EMERGENCY = "emergency"
    PREPARATION = "preparation"  # of an environment for a tool that is not approved


class Unit(StrEnum):
    MINUTE = "minute"
    HOUR = "hour"

    @property
    def minutes(self) -> int:
        return 60 if self is Unit.HOUR else 1


class PriceMissing(Refusal):
    """Nobody is asked to agree to a charge that has no price."""

    code = "price.missing"
    rule = "R-093"
    message = gettext_noop("Não há preço em vigor para este serviço.")
    remedy = gettext_noop("Peça à gestão que cadastre o preço antes de cobrar.")


class PricesForManagers(Refusal):
    code = "price.managers_only"
    status = 403
    message = gettext_noop("Só a gestão muda preços.")
    remedy = gettext_noop("Peça a uma pessoa da gestão que faça a mudança.")


class PriceBegun(Refusal):
    """What customers agreed to stays on record."""

    code = "price.begun"
    rule = "R-093"
    message = gettext_noop("Este preço já vale e não pode ser retirado.")
    remedy = gettext_noop("Anuncie outro, que valha a partir de amanhã.")


@dataclass(frozen=True, slots=True)
class Price:
    """One line of the price table, as it is announced and kept."""

    service: Sold
    unit: Unit
    rate_cents: int
    minimum_minutes: int = 0
    round_up_to: int = 1

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Price:
        """As `asdict` wrote it into a record."""
        return cls(
            Sold(kept["service"]),
            Unit(kept["unit"]),
            kept["rate_cents"],
            kept["minimum_minutes"],
            kept["round_up_to"],
        )

    def kept(self) -> dict[str, Any]:
        return asdict(self)


def billed_minutes(minutes: int, price: Price) -> int:
    """What counts of the time worked: nothing of none, else at least the minimum, in whole steps."""
    if minutes <= 0:
        return 0
    least = max(minutes, price.minimum_minutes)
    return -(-least // price.round_up_to) * price.round_up_to


def charge(minutes: int, price: Price) -> int:
    """What so many minutes cost, in cents; half a cent is one."""
    whole = price.unit.minutes
    return (2 * price.rate_cents * billed_minutes(minutes, price) + whole) // (2 * whole)


def refuse_odd(price: Price) -> None:
    """Raise FieldsRefused for a price that cannot be meant."""
    errors = {}
    if price.rate_cents <= 0:
        errors["rate_cents"] = [gettext_noop("O preço precisa ser maior que zero.")]
    if not 0 <= price.minimum_minutes <= LONGEST:
        errors["minimum_minutes"] = [gettext_noop("O mínimo vai de zero a 24 horas.")]
    if not 1 <= price.round_up_to <= LONGEST:
        errors["round_up_to"] = [gettext_noop("O arredondamento vai de um minuto a 24 horas.")]
    if errors:
        raise FieldsRefused(errors)
