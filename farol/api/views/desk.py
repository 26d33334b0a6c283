"""What the staff does with a ticket."""

from __future__ import annotations

from ninja import Router, Status

from farol.api import answers, asked, shapes
from farol.api.callers import Caller, Request
from farol.api.views import found
from farol.people import queries as people
from farol.people.models import Person
from farol.tickets import actions, queries
from farol.tickets.rules.lifecycle import NotYoursToDo

router = Router(tags=["desk"])


@router.put("/tickets/{int:number}/assignment", response=answers.Ticket, summary="Take, hand over or drop a ticket")
def assign(request: Request, number: found.Number, payload: asked.Assignment) -> answers.Ticket:
    caller = request.auth
    by, now = caller.acting(payload)
    actions.assign_ticket(number, to=_assignee(caller, payload.assignee), by=by, now=now, seen=payload.seen)
    return shapes.ticket(found.ticket(number, caller), caller)


def _assignee(caller: Caller, said: int | str | None) -> Person | None:
    if said is None or not caller.is_staff:
        return None
    if said == "me":
        return caller.person
    return found.required("assignee", people.staff().filter(pk=said).first())


@router.post(
    "/tickets/{int:number}/transfers", response={201: answers.Ticket}, summary="Pass the ticket to another area"
)
def transfer(request: Request, number: found.Number, payload: asked.Transfer) -> Status[answers.Ticket]:
    """R-067: opening date and clock stay as they are."""
    caller = request.auth
    by, now = caller.acting(payload)
    area = found.required("area", people.areas().filter(pk=payload.area).first())
    actions.transfer_ticket(
        number,
        area=area,
        reason=payload.reason,
        expected_on=payload.expected_on,
        by=by,
        now=now,
        seen=payload.seen,
    )
    return found.changed(number, caller)


@router.put("/tickets/{int:number}/severity", response=answers.Ticket, summary="Change the severity")
def reclassify(request: Request, number: found.Number, payload: asked.Reclassification) -> answers.Ticket:
    """R-063: the due date follows from the opening, even into the past."""
    caller = request.auth
    by, now = caller.acting(payload)
    actions.reclassify_ticket(
        number, severity=payload.severity, reason=payload.reason, by=by, now=now, seen=payload.seen
    )
    return shapes.ticket(found.ticket(number, caller), caller)


@router.post("/tickets/{int:number}/work-entries", response={201: answers.WorkEntry}, summary="Log time worked")
def log_work(request: Request, number: found.Number, payload: asked.Work) -> Status[answers.WorkEntry]:
    """R-054: entries of one analyst never overlap."""
    caller = request.auth
    by, now = caller.acting(payload)
    entry = actions.log_work(
        number,
        started_at=payload.started_at,
        ended_at=payload.ended_at,
        activity=payload.activity,
        is_billable=payload.billable,
        reason=payload.reason or "",
        by=by,
        now=now,
        seen=payload.seen,
    )
    return Status(201, shapes.work(entry, caller.person))


@router.get(
    "/tickets/{int:number}/work-entries",
    response=answers.Listed[answers.WorkEntry],
    summary="Time worked, corrected entries along",
)
def list_work(request: Request, number: found.Number) -> answers.Listed[answers.WorkEntry]:
    """R-054: what counts are the entries that are not `corrected`. For the staff."""
    caller = request.auth
    ticket = found.ticket(number, caller)
    if not caller.is_staff:
        raise NotYoursToDo
    return answers.Listed[answers.WorkEntry](
        items=[shapes.work(row, row.analyst) for row in queries.work_log(ticket)], next=None
    )


@router.post(
    "/tickets/{int:number}/work-entries/{int:entry_id}/corrections",
    response={201: answers.WorkEntry},
    summary="Let another entry count instead",
)
def correct_work(
    request: Request, number: found.Number, entry_id: found.Number, payload: asked.WorkCorrection
) -> Status[answers.WorkEntry]:
    """R-054: the entry stays on record as it was."""
    by, now = request.auth.acting(payload)
    entry = actions.correct_work(
        number,
        entry_id,
        started_at=payload.started_at,
        ended_at=payload.ended_at,
        activity=payload.activity,
        is_billable=payload.billable,
        reason=payload.reason or "",
        why=payload.why,
        by=by,
        now=now,
        seen=payload.seen,
    )
    return Status(201, shapes.work(entry, entry.analyst))


@router.post(
    "/tickets/{int:number}/work-entries/{int:entry_id}/withdrawal",
    response={201: answers.WorkEntry},
    summary="Let an entry not count any more",
)
def withdraw_work(
    request: Request, number: found.Number, entry_id: found.Number, payload: asked.WorkWithdrawal
) -> Status[answers.WorkEntry]:
    """R-054: an empty entry stands instead and says why."""
    by, now = request.auth.acting(payload)
    entry = actions.withdraw_work(number, entry_id, why=payload.why, by=by, now=now, seen=payload.seen)
    return Status(201, shapes.work(entry, entry.analyst))


@router.post(
    "/tickets/{int:number}/redirection",
    response={201: answers.Ticket},
    summary="Close with the address of who serves it",
)
def redirect(request: Request, number: found.Number, payload: asked.Guidance) -> Status[answers.Ticket]:
    by, now = request.auth.acting(payload)
    office = None
    if payload.regional:
        ticket = found.ticket(number, request.auth)
        office = found.required("regional", people.office_for(ticket.organization.state))
    actions.redirect_ticket(number, guidance=payload.body, office=office, by=by, now=now, seen=payload.seen)
    return found.changed(number, request.auth)
