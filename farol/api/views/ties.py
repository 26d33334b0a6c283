"""Tickets that belong together: linked, merged, split."""

from __future__ import annotations

from ninja import Router, Status

from farol.api import answers, asked, shapes
from farol.api.callers import Request
from farol.api.views import found
from farol.tickets import actions

router = Router(tags=["links"])
Made = Status[answers.Ticket]


@router.post("/tickets/{int:number}/links", response={201: answers.Ticket}, summary="Relate two tickets")
def create_link(request: Request, number: found.Number, payload: asked.Link) -> Made:
    """Both of one customer. With `child_of` this ticket is a part of the other."""
    by, now = request.auth.acting(payload)
    is_child = payload.kind is asked.LinkKind.CHILD_OF
    actions.link_ticket(number, to=payload.ticket, is_child=is_child, by=by, now=now, seen=payload.seen)
    return found.changed(number, request.auth)


@router.post("/tickets/{int:number}/merges", response={201: answers.Ticket}, summary="Merge the ticket into another")
def merge(request: Request, number: found.Number, payload: asked.Merge) -> Made:
    """The ticket ends, and is read in the one that stays, whose clock is untouched."""
    by, now = request.auth.acting(payload)
    actions.merge_ticket(number, into=payload.into, reason=payload.reason or "", by=by, now=now, seen=payload.seen)
    return found.changed(number, request.auth)


@router.post(
    "/tickets/{int:number}/splits", response={201: answers.Ticket}, summary="Open another ticket for a second subject"
)
def split(request: Request, number: found.Number, payload: asked.Split) -> Made:
    """R-052: the answer is the new ticket, with a clock from now; what was said stays in this one, quoted there."""
    caller = request.auth
    by, now = caller.acting(payload)
    child = actions.split_ticket(
        number,
        subject=payload.subject,
        description=payload.description,
        entries=payload.entries,
        by=by,
        now=now,
        seen=payload.seen,
    )
    return found.changed(child.pk, caller)


def _undo(request: Request, number: int, link: int) -> answers.Ticket:
    caller = request.auth
    actions.undo_link(number, link, by=caller.by, now=caller.now)
    return shapes.ticket(found.ticket(number, caller), caller)


@router.api_operation(
    ["DELETE"], "/tickets/{int:number}/links/{int:link}", response=answers.Ticket, summary="Undo a link"
)
def undo_link(request: Request, number: found.Number, link: found.Number) -> answers.Ticket:
    return _undo(request, number, link)


@router.api_operation(
    ["DELETE"], "/tickets/{int:number}/merges/{int:link}", response=answers.Ticket, summary="Undo a merge"
)
def undo_merge(request: Request, number: found.Number, link: found.Number) -> answers.Ticket:
    """From either end, while nobody has answered in the ticket that stayed. The clock goes on as if never stopped."""
    return _undo(request, number, link)


@router.api_operation(
    ["DELETE"], "/tickets/{int:number}/splits/{int:link}", response=answers.Ticket, summary="Undo a split"
)
def undo_split(request: Request, number: found.Number, link: found.Number) -> answers.Ticket:
    """The ticket that was split off ends, while nobody has answered in it."""
    return _undo(request, number, link)
