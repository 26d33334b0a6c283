"""The ticket of a call: opened or joined before the call waits in its queue (R-029)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from farol.catalog.models import Module
from farol.contracts import queries as contracts
from farol.contracts.models import Item
from farol.kernel.actor import Channel
from farol.kernel.errors import Refusal
from farol.people import actions as people
from farol.people import queries as persons
from farol.people.models import Area, Person
from farol.phone import queries
from farol.tickets import actions as tickets
from farol.tickets.models import Ticket
from farol.tickets.queries import Subject
from farol.tickets.rules.charges import Service
from farol.tickets.rules.severity import UNANSWERED, Kind
from farol.tickets.rules.windows import day_of

JOINED_WITHIN = timedelta(hours=4)
"""Whoever calls again so soon, and was not yet heard by anybody, calls about the same."""
CONSULTING, ADMINISTRATIVE = "consultoria", "cst"


def ticket_of_call(person_id: int, *, service: str, area: str, number: str, now: datetime) -> Ticket | None:
    """The contact's call has a ticket with number and date: the one their last call opened, or a new one (R-029).

    How severe it is, the agent asks with the questions of the portal. None when nothing can be opened:
    no product of the contract leads there, or the gate has been shut meanwhile.
    """
    person = persons.person_signed_in(person_id)
    if person is None:
        return None
    kind = Service.CONSULTING if service == CONSULTING else Service.SUPPORT
    waiting = _queue_of(service, kind, area)
    if found := queries.joinable(person, area=waiting, service=kind, since=now - JOINED_WITHIN):
        return found
    try:
        return _opened(person, service, kind, waiting, area, number, now)
    except Refusal:
        return None


@transaction.atomic
def _opened(
    person: Person, service: str, kind: Service, waiting: str, area: str, number: str, now: datetime
) -> Ticket | None:
    people.hold_person(person.pk)
    if found := queries.joinable(person, area=waiting, service=kind, since=now - JOINED_WITHIN):
        return found
    about = _about(person, area or service, now=now, is_lapsed=service == ADMINISTRATIVE)
    if about is None:
        return None
    with translation.override(person.language):
        words = {"name": person.name, "number": number or _("número oculto")}
        subject = _("Ligação de %(name)s") % words
        description = _("Aberto pelo telefone (%(number)s). O assunto será registrado por quem atender.") % words
    return tickets.open_ticket(
        about,
        contact=person,
        kind=Kind.ADMINISTRATIVE if service == ADMINISTRATIVE else Kind.NONCONFORMITY,
        subject=subject,
        description=description,
        impact=UNANSWERED,
        by=persons.actor_of(person, Channel.PHONE, number),
        now=now,
        service=kind,
    )


def _queue_of(service: str, kind: Service, area: str) -> str:
    """The area in which such a ticket waits."""
    wanted = {ADMINISTRATIVE: Area.Kind.ADMINISTRATIVE, CONSULTING: Area.Kind.CONSULTING}.get(service)
    found = persons.area_of_kind(wanted) if wanted else None
    return found.code if found else area or service


def _about(person: Person, area: str, *, now: datetime, is_lapsed: bool) -> Subject | None:
    """A product of the contract that this area answers for, or a module of one; else the first there is."""
    customer = person.organization_id or 0
    items = list(contracts.items_of(customer, on=day_of(now)))
    for item in items:
        if item.product.area.code == area:
            return Subject(item.product)
    for item in items:
        if module := _module(item, area):
            return Subject(item.product, module)
    first = items[0] if items else contracts.newest_item_of(customer) if is_lapsed else None
    return Subject(first.product) if first else None


def _module(item: Item, area: str) -> Module | None:
    return item.product.modules.select_related("area").filter(area__code=area).first()
