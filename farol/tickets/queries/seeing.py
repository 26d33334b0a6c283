"""Who may see which ticket: asked here, and nowhere else."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from farol.kernel.actor import Actor, Side
from farol.people import queries as people
from farol.people.rules.staff import CLOSED_KINDS, NotYourRole, Right, Sight, may, sight_of
from farol.tickets.models import Ticket


def visible_to(by: Actor) -> QuerySet[Ticket]:
    """The tickets that exist for `by`: their company's for a contact; for the staff, what their role sees (R-003).

    Whoever of the staff acts as a contact reads no complaint about the staff (R-112).
    """
    if by.side is Side.CUSTOMER:
        theirs = Ticket.objects.filter(organization_id=by.organization_id)
        return theirs.exclude(area__in=people.area_ids_of_kinds(CLOSED_KINDS)) if by.behind else theirs
    sight = _sight(by)
    if sight is Sight.ALL:
        return Ticket.objects.all()
    if sight is Sight.PORTFOLIO:
        return Ticket.objects.filter(organization__in=people.portfolio_of(by.person_id))
    own = Q(assignee=by.person_id) | Q(area__in=people.area_ids_of(by.person_id))
    if sight is Sight.OPEN:
        return Ticket.objects.filter(~Q(area__in=people.area_ids_of_kinds(CLOSED_KINDS)) | own)
    return Ticket.objects.filter(own) if sight is Sight.AREAS else Ticket.objects.none()


def is_visible(ticket: Ticket, area_kind: str, *, by: Actor) -> bool:
    """The same for one ticket that was read by its number: what it brings along decides, most often without a query."""
    if by.side is Side.CUSTOMER:
        is_open = not by.behind or area_kind not in CLOSED_KINDS
        return is_open and ticket.organization_id == by.organization_id
    return shows(
        by,
        area_id=ticket.area_id,
        area_kind=area_kind,
        assignee_id=ticket.assignee_id,
        organization_id=ticket.organization_id,
    )


def shows(by: Actor, *, area_id: int, area_kind: str, assignee_id: int | None, organization_id: int) -> bool:
    """Whether a ticket that stands so exists for this member of the staff."""
    sight = _sight(by)
    if sight is Sight.ALL or (sight is Sight.OPEN and area_kind not in CLOSED_KINDS):
        return True
    if sight is Sight.PORTFOLIO:
        return people.looks_after(by.person_id, organization_id)
    return sight is not Sight.NONE and (assignee_id == by.person_id or people.works_in(by.person_id, area_id))


def refuse_onlookers(by: Actor) -> None:
    """Raise NotYourRole if `by` is of the staff and has no hand in tickets."""
    if by.side is Side.STAFF and not may(by.role, Right.WORK):
        raise NotYourRole


def _sight(by: Actor) -> Sight:
    return Sight.ALL if by.side is Side.HOUSE else sight_of(by.role)
