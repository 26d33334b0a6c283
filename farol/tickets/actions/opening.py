"""Opening a ticket: promise first, then record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from farol.access import queries as access
from farol.access.rules import Action, NoActiveContract
from farol.catalog.models import Version
from farol.contracts import queries as contracts
from farol.contracts.models import Item
from farol.journal.actions import tell
from farol.kernel.actor import Actor
from farol.people import queries as people
from farol.people.models import Area, Person
from farol.people.rules.acting import refuse_acting
from farol.search import actions as search
from farol.statements.inserted import Insertion
from farol.tickets import queries
from farol.tickets.actions import targets
from farol.tickets.actions.drafts import hold_draft, sent_as
from farol.tickets.actions.finding import findable
from farol.tickets.actions.following import copy_watchers
from farol.tickets.actions.locking import give_files, put_down
from farol.tickets.models import Target, Ticket
from farol.tickets.queries import Forecast, Subject
from farol.tickets.rules import opening
from farol.tickets.rules.charges import Service
from farol.tickets.rules.opening import TicketNotFound, TicketStillOpen
from farol.tickets.rules.severity import Impact, Kind, graded
from farol.tickets.rules.ties import MergedElsewhere
from farol.tickets.rules.windows import day_of

PUT = Insertion(Ticket, with_key=True)


@transaction.atomic
def open_ticket(
    about: Subject,
    *,
    contact: Person,
    kind: Kind,
    subject: str,
    description: str,
    impact: Impact,
    by: Actor,
    now: datetime,
    attachments: Sequence[int] = (),
    continues: Ticket | None = None,
    draft_id: int | None = None,
    service: Service = Service.SUPPORT,
    action: Action | None = None,
) -> Ticket:
    """A ticket stands in its area's queue with severity and due date announced (R-050, R-051, R-065).

    A draft that was sent before gives the ticket it became: sending twice opens one.
    Consulting waits in its own area, what is administrative at the CST, which no debt shuts (R-011, R-015).
    Raises FieldsRefused, NotYourRole, NoActiveContract, ProductNotInContract, CustomerInDebt or ServiceNotReleased.
    """
    _refuse_hand(by, service)
    draft = hold_draft(draft_id, by=by)
    if draft and draft.ticket:
        return draft.ticket
    subject = opening.one_line(subject)
    opening.check(subject, description)
    forecast = _foreseen(about, action or wanted(kind, service), contact, impact, now)
    number = queries.next_number()
    entry = tell("ticket.opened", about=f"ticket:{number}", by=by, at=now, facts=_announced(forecast))
    ticket = Ticket(
        pk=number,
        organization=contact.organization,
        contact=contact,
        product=about.product,
        module=about.module,
        version=about.version or _installed(forecast.item, about),
        area=_area(about, kind, service),
        service=service,
        kind=kind,
        subject=subject,
        description=description.strip(),
        impact=graded(impact),
        channel=by.channel,
        rank=opening.rank(forecast.severity, by.channel),
        continues=continues,
        opened_at=now,
        updated_at=now,
        last_entry_id=entry.pk,
    )
    _promise(ticket, forecast)
    _put(ticket, targets.first_of(ticket, at=now, book=forecast.book))
    if attachments:
        give_files(ticket, attachments, by=by, entry_id=entry.pk)
    if draft:
        sent_as(draft, ticket)
    search.index(findable(ticket))
    return ticket


def wanted(kind: Kind, service: Service) -> Action:
    """What opening such a ticket is, for the gate."""
    if service is Service.CONSULTING:
        return Action.OPEN_CONSULTING
    return Action.OPEN_ADMINISTRATIVE if kind is Kind.ADMINISTRATIVE else Action.OPEN_TICKET


def _refuse_hand(by: Actor, service: Service) -> None:
    """Raise NotYourRole; or ActingRefused for what is charged."""
    queries.refuse_onlookers(by)
    if service is not Service.SUPPORT:
        refuse_acting(by)


def _foreseen(about: Subject, action: Action, contact: Person, impact: Impact, now: datetime) -> Forecast:
    """By what entitles to it; at the CST the plan in force serves, or else the last there was (R-015)."""
    on, customer = day_of(now), contact.organization_id or 0
    item = access.admit(contact, action, on=on, product=about.product)
    item = item or contracts.item_for(customer, about.product.pk, on=on) or contracts.newest_item_of(customer)
    if item is None:
        raise NoActiveContract
    return queries.forecast(customer, about, impact, now=now, item=item)


def _installed(item: Item, about: Subject) -> Version | None:
    return item.installed if item.product_id == about.product.pk else None


def _area(about: Subject, kind: Kind, service: Service) -> Area:
    if service is Service.CONSULTING:
        return people.area_of_kind(Area.Kind.CONSULTING) or about.area
    if kind is Kind.ADMINISTRATIVE:
        return people.area_of_kind(Area.Kind.ADMINISTRATIVE) or about.area
    return about.area


def _put(ticket: Ticket, dates: Sequence[Target]) -> None:
    PUT.with_its(ticket, targets.PUT, dates)
    if ticket.service != Service.SUPPORT:  # the insertion leaves to the database what it has a default for
        ticket.save(update_fields=["service"])


def _promise(ticket: Ticket, forecast: Forecast) -> None:
    """What was announced is what is stored (R-051)."""
    ticket.plan = forecast.item.contract.plan
    ticket.severity, ticket.reasons = forecast.severity, list(forecast.reasons)
    ticket.calendar_version_id = forecast.calendar_version_id
    ticket.allowance_minutes, ticket.due_at = forecast.allowance_minutes, forecast.due_at


def _announced(forecast: Forecast) -> dict[str, object]:
    return {
        "severity": forecast.severity,
        "reasons": list(forecast.reasons),
        "due_at": forecast.due_at.isoformat(),
        "allowance_minutes": forecast.allowance_minutes,
    }


@transaction.atomic
def continue_ticket(
    number: int,
    *,
    by: Actor,
    now: datetime,
    subject: str = "",
    description: str = "",
    seen: int | None = None,
) -> Ticket:
    """A new ticket goes on where a closed one ended, linked to it (R-053).

    Asked again from a page that had `seen` less, it answers the one that was opened meanwhile.
    Raises TicketNotFound, TicketStillOpen, MergedElsewhere, and what open_ticket raises.
    """
    old = queries.visible_to(by).select_for_update(of=("self",)).filter(pk=number).first()
    if old is None:
        raise TicketNotFound
    if old.state not in queries.CLOSED_STATES:
        raise TicketStillOpen
    if old.has_ties and (merge := queries.merge_of(old.pk)):
        raise MergedElsewhere(number=merge.target_id)
    if seen is not None and seen < old.last_entry_id and (newest := old.continuations.order_by("-pk").first()):
        return newest
    contact = people.contact_of(old.organization_id, by.person_id) or old.contact
    ticket = open_ticket(
        Subject.of(old),
        contact=contact,
        kind=Kind(old.kind),
        subject=subject or old.subject,
        description=description or old.description,
        impact=queries.impact_of(old),
        by=by,
        now=now,
        continues=old,
    )
    if old.has_watchers:
        copy_watchers(old, ticket, now=now)
        ticket.save(update_fields=["has_watchers"])
    put_down(old, "continued", by=by, at=now, facts={"number": ticket.pk})
    return ticket
