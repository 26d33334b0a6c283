"""The rows of what was found, made in Python like those of the queue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.db.models import QuerySet
from django.utils.html import conditional_escape as escaped
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from farol.desk.door import Visit
from farol.desk.rows import owner, situation, ticket_address, tower
from farol.tickets.models import Ticket
from farol.tickets.queries import Answer, Found
from farol.ui import words
from farol.ui.marked import marked

ROW = (
    '<tr class="queue-row found-row" data-row data-number="{number}">'
    '<td><input type="checkbox" name="ticket" value="{number}.{entry}" aria-label="{select}"></td><td>{tower}</td>'
    '<td class="number">{number}</td>'
    '<td><a class="subject" href="{url}">{subject}</a><span class="excerpt">{said}</span></td>'
    '<td class="customer" title="{customer}">{customer}</td><td class="state">{situation}</td>'
    '<td class="owner">{owner}</td><td class="age">{age}</td></tr>'
)


def narrow(tickets: QuerySet[Ticket]) -> QuerySet[Ticket]:
    """Only what a row says."""
    return tickets.select_related("organization", "assignee").only(
        "id", "subject", "description", "severity", "state", "opened_at", "updated_at", "last_entry_id",
        "organization__name", "assignee__name",
    )  # fmt: skip


def made(found: Found, *, visit: Visit, answers: Mapping[int, Answer]) -> SafeString:
    return mark_safe("\n".join(_rows(found, visit, answers)))


def _rows(found: Found, visit: Visit, answers: Mapping[int, Answer]) -> Iterator[str]:
    address, language, select = ticket_address(), visit.language, _("Selecionar {number}")
    for ticket in found.tickets:
        answer = answers.get(ticket.pk)
        yield ROW.format(
            number=ticket.pk,
            entry=ticket.last_entry_id,
            select=select.format(number=ticket.pk),
            tower=tower(ticket.severity, language),
            url=address(ticket.pk),
            subject=marked(answer.subject) if answer else escaped(ticket.subject),
            said=marked(answer.said) if answer else "",
            customer=escaped(ticket.organization.name),
            situation=situation(ticket.state, "", None, language),
            owner=owner(ticket.assignee.name if ticket.assignee else "", language),
            age=words.age(ticket.updated_at, now=visit.now, language=language),
        )
