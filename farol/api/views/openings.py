"""Opening a ticket, and going on from a closed one."""

from __future__ import annotations

from ninja import Status

from farol.api import answers, asked, shapes
from farol.api.callers import Caller, Request
from farol.api.views import found
from farol.api.views.listing import router
from farol.api.views.whereabouts import impact
from farol.kernel.errors import FieldsRefused
from farol.people import queries as people
from farol.people.models import Person
from farol.tickets import actions

__all__ = ["router"]


@router.post("/tickets", response={201: answers.Ticket}, summary="Open a ticket")
def open_ticket(request: Request, payload: asked.Opening) -> Status[answers.Ticket]:
    """Severity and due date are announced in the answer. Staff say for whom: `organization` and `contact`."""
    caller = request.auth
    by, now = caller.acting(payload)
    ticket = actions.open_ticket(
        found.subject(payload.product, payload.module, payload.version),
        contact=_contact(caller, payload),
        kind=payload.kind,
        subject=payload.subject,
        description=payload.description,
        impact=impact(payload.impact),
        by=by,
        now=now,
        attachments=payload.attachments or (),
        service=payload.service,
    )
    return Status(201, shapes.new_ticket(ticket, caller))


def _contact(caller: Caller, payload: asked.Opening) -> Person:
    if not caller.is_staff:
        found.refuse_others(caller, organization=payload.organization, contact=payload.contact)
        return caller.person
    missing = [name for name in ("organization", "contact") if getattr(payload, name) is None]
    if missing:
        raise FieldsRefused({name: [found.FOR_WHOM] for name in missing})
    return found.required("contact", people.contact_of(payload.organization or 0, payload.contact or 0))


@router.post(
    "/tickets/{int:number}/continuations",
    response={201: answers.Ticket},
    summary="Go on from a closed ticket in a new one",
)
def continue_ticket(
    request: Request, number: found.Number, payload: asked.Continuation | None = None
) -> Status[answers.Ticket]:
    """R-053: a closed ticket is not reopened; the new one is linked to it."""
    caller = request.auth
    by, now = caller.acting(payload)
    said = payload or asked.Continuation()
    ticket = actions.continue_ticket(
        number, by=by, now=now, subject=said.subject or "", description=said.description or "", seen=said.seen
    )
    return Status(201, shapes.ticket(ticket, caller))
