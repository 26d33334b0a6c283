"""Tickets as the lines of a spreadsheet, the same columns for the staff and for customers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from farol.kernel.documents import masked
from farol.tickets.models import Ticket
from farol.tickets.rules.windows import ZONE
from farol.ui import pieces


def head() -> list[str]:
    return [
        _("Protocolo"), _("Assunto"), _("Cliente"), "CNPJ", _("Contato"), _("Produto"), _("Módulo"), _("Área"),
        _("Responsável"), _("Severidade"), _("Situação"), _("Aberto em"), _("Vence em"), _("Encerrado em"),
    ]  # fmt: skip


def rows(tickets: Iterable[Ticket], *, most: int) -> Iterator[list[str]]:
    """A line for each; where there are more than `most`, the last line says so."""
    for count, ticket in enumerate(tickets):
        if count == most:
            yield [
                "",
                _("Há mais chamados: esta lista traz só os {most} primeiros. Restrinja por data.").format(most=most),
            ]
            return
        yield [
            str(ticket.pk), ticket.subject, ticket.organization.name, masked(ticket.organization.cnpj),
            ticket.contact.name, ticket.product.name, ticket.module.name if ticket.module else "", ticket.area.name,
            ticket.assignee.name if ticket.assignee else "", pieces.severity_word(ticket.severity),
            pieces.situation_word(ticket.state), _at(ticket.opened_at), _at(ticket.due_at), _at(ticket.closed_at),
        ]  # fmt: skip


def _at(instant: datetime | None) -> str:
    """As spreadsheets of any language read it: 2026-11-24 10:12, in São Paulo."""
    return f"{instant.astimezone(ZONE):%Y-%m-%d %H:%M}" if instant else ""
