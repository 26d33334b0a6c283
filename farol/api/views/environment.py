"""The customer's own environment: attempts, authorised access, copies, remote sessions."""

from __future__ import annotations

from ninja import Router, Status

from farol.api import answers, asked, shapes
from farol.api.callers import Request
from farol.api.views import found
from farol.catalog import queries as catalog
from farol.tickets import actions
from farol.tickets.models import DatabaseCopy

router = Router(tags=["environment"])


@router.get("/tools", response=answers.Listed[answers.Tool], summary="Tools for remote sessions, the approved first")
def list_tools(request: Request) -> answers.Listed[answers.Tool]:
    """R-082."""
    items = [
        answers.Tool(id=tool.pk, name=tool.name, url=tool.url, approved=tool.is_approved) for tool in catalog.tools()
    ]
    return answers.Listed[answers.Tool](items=items, next=None)


@router.post(
    "/tickets/{int:number}/reproduction-attempts",
    response={201: answers.Entry},
    summary="Record an attempt to reproduce the problem",
)
def record_attempt(request: Request, number: found.Number, payload: asked.Attempt) -> Status[answers.Entry]:
    """R-080: the first of three."""
    by, now = request.auth.acting(payload)
    entry = actions.record_attempt(
        number, steps=payload.steps, reproduced=payload.reproduced, by=by, now=now, seen=payload.seen
    )
    return Status(201, shapes.entry(entry, request.auth.person))


@router.post(
    "/tickets/{int:number}/database-authorizations",
    response={201: answers.Ticket},
    summary="Ask for access to the customer's database",
)
def ask_database(request: Request, number: found.Number, payload: asked.DatabaseRequest) -> Status[answers.Ticket]:
    """R-080: scope, validity and the charge on condition are answered by one approval."""
    by, now = request.auth.acting(payload)
    actions.ask_database(
        number,
        body=payload.body,
        scope=payload.scope,
        valid_until=payload.valid_until,
        by=by,
        now=now,
        attachments=payload.attachments or (),
        seen=payload.seen,
    )
    return found.changed(number, request.auth)


@router.post("/tickets/{int:number}/database-accesses", response={201: answers.Entry}, summary="Record an access to it")
def access_database(request: Request, number: found.Number, payload: asked.Access) -> Status[answers.Entry]:
    """R-080: refused with whatever is missing first."""
    by, now = request.auth.acting(payload)
    entry = actions.access_database(number, purpose=payload.purpose, by=by, now=now, seen=payload.seen)
    return Status(201, shapes.entry(entry, request.auth.person))


@router.post(
    "/tickets/{int:number}/database-copies", response={201: answers.Copy}, summary="Record a copy of the database"
)
def copy_database(request: Request, number: found.Number, payload: asked.Copy) -> Status[answers.Copy]:
    """R-083: with the day by which it is deleted."""
    by, now = request.auth.acting(payload)
    copy = actions.copy_database(
        number, name=payload.name, expires_on=payload.expires_on, by=by, now=now, seen=payload.seen
    )
    return Status(201, _copy(copy))


@router.post("/database-copies/{int:number}/deletion", response={201: answers.Copy}, summary="Prove that it is gone")
def delete_copy(request: Request, number: found.Number, payload: asked.Proof) -> Status[answers.Copy]:
    """R-083."""
    by, now = request.auth.acting(payload)
    return Status(201, _copy(actions.delete_copy(number, proof=payload.proof, by=by, now=now)))


def _copy(copy: DatabaseCopy) -> answers.Copy:
    return answers.Copy(
        id=copy.pk, name=copy.name, expires_on=copy.expires_on, deleted_at=copy.deleted_at, proof=copy.proof
    )


@router.post(
    "/tickets/{int:number}/remote-sessions", response={201: answers.Session}, summary="Record a remote session"
)
def log_session(request: Request, number: found.Number, payload: asked.Session) -> Status[answers.Session]:
    """R-082: preparation is billed only if it was announced before."""
    by, now = request.auth.acting(payload)
    session = actions.log_session(
        number,
        tool=found.required("tool", catalog.tools().filter(pk=payload.tool).first()),
        asked_by=payload.asked_by,
        started_at=payload.started_at,
        ended_at=payload.ended_at,
        preparation_minutes=payload.preparation_minutes,
        by=by,
        now=now,
        seen=payload.seen,
    )
    return Status(
        201,
        answers.Session(
            id=session.pk,
            tool=shapes.ref(session.tool),
            approved=session.is_approved,
            asked_by=payload.asked_by,
            started_at=session.started_at,
            ended_at=session.ended_at,
            preparation_minutes=session.preparation_minutes,
            preparation_billed=session.is_billed,
        ),
    )


@router.post(
    "/tickets/{int:number}/preparation-notices",
    response={201: answers.Entry},
    summary="Tell the customer that preparing for a tool is charged",
)
def announce_preparation(request: Request, number: found.Number, payload: asked.Notice) -> Status[answers.Entry]:
    """R-082."""
    by, now = request.auth.acting(payload)
    tool = found.required("tool", catalog.tools().filter(pk=payload.tool).first())
    entry = actions.announce_preparation(number, tool=tool, by=by, now=now, seen=payload.seen)
    return Status(201, shapes.entry(entry, request.auth.person))
