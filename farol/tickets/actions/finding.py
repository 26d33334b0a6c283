"""Tickets can be found by all that was said in them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from farol.files import queries as files
from farol.journal import queries as journal
from farol.search import actions as search
from farol.search.actions import Findable
from farol.tickets import queries
from farol.tickets.models import Ticket

AT_ONCE = 200
REFIND = "tickets.make_company_findable"
NAMED = ("organization", "contact", "product", "module")


@transaction.atomic
def make_findable(number: int) -> None:
    """The ticket is found by its words, messages and file names; by its notes only for the staff. Safe to repeat."""
    subject = f"ticket:{number}"
    search.hold(subject)
    ticket = Ticket.objects.select_related(*NAMED).get(pk=number)
    said: list[str] = []
    inner: list[str] = []
    for body, is_internal in journal.words_about(subject):
        (inner if is_internal else said).append(body)
    for file in files.all_attached_to(subject):
        (inner if file.is_internal else said).append(file.name)
    thing = findable(ticket, said, inner)
    search.index(thing)
    search.learn([*thing.texts, *inner], company=thing.company)


def make_company_findable(organization_id: int, *, after: int = 0, most: int = AT_ONCE) -> int | None:
    """The next tickets of a company whose name changed are found by the new one; answers where to go on."""
    numbers = queries.numbers_of_company(organization_id, after=after)[:most]
    for number in numbers:
        make_findable(number)
    return numbers[-1] if len(numbers) == most else None


def findable(ticket: Ticket, said: Iterable[str] = (), inner: Iterable[str] = ()) -> Findable:
    """What is known of the ticket itself, with what else was said."""
    company = ticket.organization
    names = [company.name, company.legal_name, ticket.contact.name, ticket.product.name]
    if ticket.module:
        names.append(ticket.module.name)
    return Findable(
        subject=f"ticket:{ticket.pk}",
        position=ticket.pk,
        scope_id=ticket.organization_id,
        texts=[ticket.subject, *names, ticket.description, *said],
        inner=list(inner),
        company=company.cnpj,
        is_open=ticket.closed_at is None,
    )
