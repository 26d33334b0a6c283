"""What is said in a ticket, and what the customer is asked for."""

from __future__ import annotations

from ninja import Router, Status

from farol.api import answers, asked, shapes
from farol.api.callers import Caller, Request
from farol.api.views import found
from farol.files import queries as files
from farol.journal.models import Entry
from farol.tickets import actions
from farol.tickets.rules.windows import Asked

router = Router(tags=["conversation"])


@router.post("/tickets/{int:number}/messages", response={201: answers.Entry}, summary="Write in the ticket")
def create_message(request: Request, number: found.Number, payload: asked.Message) -> Status[answers.Entry]:
    """A customer's message ends whatever was being waited for. `internal` notes are for the staff alone."""
    caller = request.auth
    by, now = caller.acting(payload)
    say = actions.note if payload.internal else actions.reply
    entry = say(number, body=payload.body, by=by, now=now, attachments=payload.attachments or (), seen=payload.seen)
    return Status(201, _said(entry, caller, has_files=bool(payload.attachments)))


def _said(entry: Entry, caller: Caller, *, has_files: bool) -> answers.Entry:
    attached = files.attached_to(entry.subject).filter(entry_id=entry.pk) if has_files else ()
    return shapes.entry(entry, caller.person, attached)


def _ask(request: Request, number: int, payload: asked.Words, what: Asked) -> Status[answers.Ticket]:
    by, now = request.auth.acting(payload)
    files = payload.attachments or ()
    actions.ask_customer(number, body=payload.body, by=by, now=now, asked=what, attachments=files, seen=payload.seen)
    return found.changed(number, request.auth)


@router.post(
    "/tickets/{int:number}/information-requests",
    response={201: answers.Ticket},
    summary="Ask the customer for information",
)
def ask_information(request: Request, number: found.Number, payload: asked.Words) -> Status[answers.Ticket]:
    """R-062, R-074: the clock stands still until the answer; 15 running days without one close the ticket."""
    return _ask(request, number, payload, Asked.INFORMATION)


@router.post("/tickets/{int:number}/quotes", response={201: answers.Ticket}, summary="Send a quote for approval")
def send_quote(request: Request, number: found.Number, payload: asked.Words) -> Status[answers.Ticket]:
    return _ask(request, number, payload, Asked.QUOTE)


@router.post(
    "/tickets/{int:number}/authorizations",
    response={201: answers.Ticket},
    summary="Ask the customer to authorize a charge",
)
def ask_authorization(request: Request, number: found.Number, payload: asked.Charge) -> Status[answers.Ticket]:
    """R-090: price, unit and conditions are frozen with the words; nothing is billed before the answer."""
    by, now = request.auth.acting(payload)
    actions.ask_authorization(
        number,
        body=payload.body,
        by=by,
        now=now,
        sold=payload.service,
        is_conditional=payload.conditional,
        seen=payload.seen,
        attachments=payload.attachments or (),
    )
    return found.changed(number, request.auth)


@router.post(
    "/tickets/{int:number}/solutions", response={201: answers.Ticket}, summary="Send a solution for acceptance"
)
def send_solution(request: Request, number: found.Number, payload: asked.Words) -> Status[answers.Ticket]:
    """R-070, R-076: with the hours to bill frozen beside it, and 15 running days to judge it."""
    by, now = request.auth.acting(payload)
    files = payload.attachments or ()
    actions.send_solution(number, body=payload.body, by=by, now=now, attachments=files, seen=payload.seen)
    return found.changed(number, request.auth)
