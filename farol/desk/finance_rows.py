"""Titles, agreements and shut doors as the CST's pages say them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from farol.access.rules import Action
from farol.billing.models import Agreement, Title, TurnedAway
from farol.billing.queries import Debtor
from farol.billing.rules.titles import Row
from farol.kernel import documents
from farol.kernel.actor import Channel
from farol.kernel.errors import gettext_noop
from farol.ui import prices, words
from farol.ui.events import CHANNELS

WANTED = {
    Action.OPEN_TICKET: gettext_noop("Abrir chamado"),
    Action.OPEN_CONSULTING: gettext_noop("Pedir consultoria"),
    Action.VIEW_TICKETS: gettext_noop("Consultar chamados"),
    Action.OPEN_FILE: gettext_noop("Baixar arquivo"),
    Action.DOWNLOAD: gettext_noop("Baixar atualização"),
    Action.CALL_SUPPORT: gettext_noop("Ligar para o suporte"),
    Action.CALL_CONSULTING: gettext_noop("Ligar para a consultoria"),
}
STATES = {"open": gettext_noop("em aberto"), "paid": gettext_noop("pago"), "cancelled": gettext_noop("cancelado")}


@dataclass(frozen=True, slots=True)
class InDebt:
    pk: int
    name: str
    since: str
    owed: str
    titles: str
    met: str


def debtor(debtor: Debtor, today: date, language: str) -> InDebt:
    titles = ngettext("{count} título", "{count} títulos", debtor.titles).format(count=debtor.titles)
    met = ngettext("{count} bloqueio", "{count} bloqueios", debtor.turned_away).format(count=debtor.turned_away)
    since = words.bare_day(debtor.since, language=language, today=today)
    owed = prices.money(debtor.owed_cents, language=language)
    return InDebt(debtor.organization.pk, debtor.organization.name, since, owed, titles, met)


@dataclass(frozen=True, slots=True)
class Standing:
    is_shut: bool
    words: str


def standing(since: date | None, today: date, language: str) -> Standing:
    """Whether debt shuts doors to the customer, or from which day on it will."""
    if since is None:
        return Standing(is_shut=False, words="")
    day = words.bare_day(since, language=language, today=today)
    if since <= today:
        return Standing(is_shut=True, words=_("Bloqueado desde {day}").format(day=day))
    return Standing(is_shut=False, words=_("Bloqueia em {day} se até lá nada for acertado.").format(day=day))


@dataclass(frozen=True, slots=True)
class Owed:
    pk: int
    number: str
    due: str
    state: str
    money: str


def owed(title: Title, today: date, language: str) -> Owed:
    agreement = title.agreement
    is_agreed = agreement is not None and agreement.broken_at is None and agreement.valid_until >= today
    state = _("em acordo") if is_agreed else _("vencido") if title.due_on < today else _("a vencer")
    due = words.bare_day(title.due_on, language=language, today=today)
    return Owed(title.pk, title.number, due, state, prices.money(title.amount_cents, language=language))


@dataclass(frozen=True, slots=True)
class Agreed:
    pk: int
    terms: str
    until: str
    is_in_force: bool
    because: str


def agreed(agreement: Agreement, today: date, language: str) -> Agreed:
    until = words.bare_day(agreement.valid_until, language=language, today=today)
    is_in_force = agreement.broken_at is None and agreement.valid_until >= today
    said = (_("Vale até {day}") if is_in_force else _("Valia até {day}")).format(day=until)
    return Agreed(agreement.pk, agreement.terms, said, is_in_force, agreement.broken_because)


@dataclass(frozen=True, slots=True)
class Met:
    day: str
    wanted: str
    channel: str
    count: int


def met(row: TurnedAway, today: date, language: str) -> Met:
    wanted = WANTED.get(Action(row.action), "") if row.action in set(Action) else ""
    channel = CHANNELS.get(Channel(row.channel), row.channel)
    day = words.bare_day(row.day, language=language, today=today)
    return Met(day, _(wanted) if wanted else row.action, _(channel), row.count)


@dataclass(frozen=True, slots=True)
class Told:
    line: int
    cnpj: str
    number: str
    due: str
    money: str
    state: str


def told(kept: Mapping[str, Any], language: str) -> Told:
    row = Row.of(kept)
    due, money = words.bare_day(row.due_on, language=language), prices.money(row.amount_cents, language=language)
    return Told(row.line, documents.masked(row.cnpj), row.number, due, money, _(STATES[row.state]))


def refused(lines: Iterable[Mapping[str, Any]]) -> list[tuple[int, str, str]]:
    """Line, reasons, and what it said."""
    return [(bad["line"], " ".join(_(reason) for reason in bad["reasons"]), bad["text"]) for bad in lines]


def outcome(told: Mapping[str, int]) -> str:
    """2 títulos novos · 1 mudou · 497 já estavam assim"""
    created, changed = told.get("created", 0), told.get("changed", 0)
    same = told.get("unchanged", 0) + told.get("settled", 0)
    return " · ".join(
        (
            ngettext("{count} título novo", "{count} títulos novos", created).format(count=created),
            ngettext("{count} mudou", "{count} mudaram", changed).format(count=changed),
            ngettext("{count} já estava assim", "{count} já estavam assim", same).format(count=same),
        )
    )
