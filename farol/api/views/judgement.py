"""What the customer decides: the solution, the quote, the charge, the end."""

from __future__ import annotations

from ninja import Router, Status

from farol.api import answers, asked
from farol.api.callers import Request
from farol.api.views import found
from farol.tickets import actions

router = Router(tags=["acceptance"])


@router.post("/tickets/{int:number}/acceptance", response={201: answers.Ticket}, summary="Accept the solution")
def accept(request: Request, number: found.Number, payload: asked.Change | None = None) -> Status[answers.Ticket]:
    """R-071, R-077: the ticket is closed, and who accepted which text from where is on record."""
    by, now = request.auth.acting(payload)
    actions.accept_solution(number, by=by, now=now, seen=found.seen(payload))
    return found.changed(number, request.auth)


@router.post("/tickets/{int:number}/rejection", response={201: answers.Ticket}, summary="Refuse the solution")
def reject(request: Request, number: found.Number, payload: asked.Reason) -> Status[answers.Ticket]:
    """R-071: back in analysis with the reason; the clock resumes."""
    by, now = request.auth.acting(payload)
    actions.reject_solution(number, reason=payload.reason, by=by, now=now, seen=payload.seen)
    return found.changed(number, request.auth)


@router.post("/tickets/{int:number}/postponement", response={201: answers.Ticket}, summary="Ask for 45 days in all")
def postpone(request: Request, number: found.Number, payload: asked.Change | None = None) -> Status[answers.Ticket]:
    """R-072: once only, in the first 15 days."""
    by, now = request.auth.acting(payload)
    actions.postpone_acceptance(number, by=by, now=now, seen=found.seen(payload))
    return found.changed(number, request.auth)


@router.post(
    "/tickets/{int:number}/approval", response={201: answers.Ticket}, summary="Agree to the quote or the charge"
)
def approve(request: Request, number: found.Number, payload: asked.Change | None = None) -> Status[answers.Ticket]:
    by, now = request.auth.acting(payload)
    actions.approve(number, by=by, now=now, seen=found.seen(payload))
    return found.changed(number, request.auth)


@router.post(
    "/tickets/{int:number}/disapproval", response={201: answers.Ticket}, summary="Decline the quote or the charge"
)
def decline(
    request: Request, number: found.Number, payload: asked.OptionalReason | None = None
) -> Status[answers.Ticket]:
    by, now = request.auth.acting(payload)
    reason = (payload.reason if payload else None) or ""
    actions.decline(number, by=by, now=now, reason=reason, seen=found.seen(payload))
    return found.changed(number, request.auth)


@router.post(
    "/tickets/{int:number}/cancellation", response={201: answers.Ticket}, summary="End a ticket nobody needs any more"
)
def cancel(request: Request, number: found.Number, payload: asked.Reason) -> Status[answers.Ticket]:
    by, now = request.auth.acting(payload)
    actions.cancel_ticket(number, reason=payload.reason, by=by, now=now, seen=payload.seen)
    return found.changed(number, request.auth)
