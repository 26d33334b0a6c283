"""Prices as the reader says them: the rate, the least that counts, the steps it is rounded up to."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from farol.contracts.rules.prices import Price, Sold, Unit
from farol.kernel.errors import gettext_noop
from farol.tickets.rules.charges import Responsibility
from farol.ui import words

SERVICES = {
    Sold.CONSULTING: gettext_noop("Consultoria"),
    Sold.EMERGENCY: gettext_noop("Atendimento emergencial"),
    Sold.PREPARATION: gettext_noop("Preparação de ambiente"),
}
RESPONSIBILITIES = {
    Responsibility.VENDOR: gettext_noop("nossa"),
    Responsibility.CUSTOMER: gettext_noop("do cliente"),
    Responsibility.THIRD_PARTY: gettext_noop("de terceiros"),
}


def money(cents: int, *, language: str = words.PORTUGUESE) -> str:
    """R$ 162,80"""
    return words.money(Decimal(cents) / 100, language=language)


def terms(price: Price | Mapping[str, Any], *, language: str = words.PORTUGUESE) -> str:
    """Consultoria: R$ 4,40 por minuto · Atendimento emergencial: R$ 360,00 por hora, mínimo de 1h, em passos de 1h"""
    price = price if isinstance(price, Price) else Price.read(price)
    return _("{service}: {terms}").format(
        service=_(SERVICES[price.service]), terms=conditions(price, language=language)
    )


def conditions(price: Price, *, language: str = words.PORTUGUESE) -> str:
    rate = _("{money} por hora") if price.unit is Unit.HOUR else _("{money} por minuto")
    parts = [rate.format(money=money(price.rate_cents, language=language))]
    if price.minimum_minutes:
        parts.append(_("mínimo de {time}").format(time=words.hours(price.minimum_minutes, language=language)))
    if price.round_up_to > 1:
        time = words.hours(price.round_up_to, language=language)
        parts.append(_("arredondado para cima de {time} em {time}").format(time=time))
    return ", ".join(parts)


def responsibility(of: str) -> str:
    return _(RESPONSIBILITIES[Responsibility(of)])
