"""What customers owe: titles brought in, payments and agreements, who is in debt (R-100, R-101)."""

from __future__ import annotations

from django.utils.translation import gettext as _
from ninja import Query, Router, Status

from farol.api import answers, asked, cursors, shapes
from farol.api.callers import Caller, Request
from farol.api.problems import NotYours
from farol.api.views import found
from farol.billing import actions
from farol.billing import queries as billed
from farol.billing.models import Agreement, Title
from farol.billing.rules.debt import TitleState, day_of
from farol.billing.rules.titles import Bad, checked
from farol.people.models import Token
from farol.people.rules.staff import Right

router = Router(tags=["titles"])


@router.post("/titles", response={201: answers.Brought}, summary="Bring in titles; told again, nothing changes")
def bring_titles(request: Request, payload: asked.Titles) -> Status[answers.Brought]:
    """Good lines are kept, each bad one comes back with its place and reasons. `preview` keeps nothing.

    A title that was settled is not opened by an older line. `line` counts from 1.
    """
    caller = request.auth
    _refuse_others(caller)
    told = ((line, title.words(), title.number) for line, title in enumerate(payload.titles, start=1))
    sheet = billed.sorted_out(checked(told))
    refused = [_refused(line) for line in sheet.bad]
    if payload.preview:
        return Status(201, answers.Brought(preview=True, good=len(sheet.good), refused=refused))
    outcome = actions.bring_titles(sheet.good, by=caller.by, now=caller.now)
    return Status(201, answers.Brought(preview=False, good=len(sheet.good), refused=refused, **outcome.told()))


@router.get("/titles", response=answers.Listed[answers.Title], summary="Titles, newest first")
def list_titles(request: Request, wanted: Query[asked.TitleSearch]) -> answers.Listed[answers.Title]:
    """Whoever may bring them in reads all; of a customer, whoever administers its contacts reads its own."""
    caller = request.auth
    found.refuse_unknown(request, asked.TitleSearch)
    if caller.is_staff:
        _refuse_others(caller)
    elif not caller.person.is_administrator:
        raise NotYours
    titles = billed.titles_visible_to(caller.by).order_by("-id")
    if wanted.organization:
        titles = titles.filter(organization_id=wanted.organization)
    if wanted.state:
        titles = titles.filter(state=wanted.state)
    if wanted.cursor:
        titles = titles.filter(pk__lt=cursors.entry_id(wanted.cursor))
    rows = list(titles[: wanted.limit + 1])
    page, more = rows[: wanted.limit], len(rows) > wanted.limit
    return answers.Listed[answers.Title](
        items=[_title(row) for row in page], next=cursors.of_entry(page[-1].pk) if more else None
    )


@router.post("/titles/{int:number}/payment", response={201: answers.Title}, summary="The title was paid")
def register_payment(request: Request, number: found.Number) -> Status[answers.Title]:
    """If it was the last that shut doors, they open at once."""
    caller = request.auth
    _refuse_others(caller)
    actions.register_payment(number, by=caller.by, now=caller.now)
    title = found.required("title", billed.title(number, by=caller.by))
    return Status(201, _title(title))


@router.post("/agreements", response={201: answers.Agreement}, summary="An agreement about open titles")
def sign_agreement(request: Request, payload: asked.Agreement) -> Status[answers.Agreement]:
    """These titles shut no door up to `valid_until`."""
    caller = request.auth
    _refuse_others(caller)
    agreement = actions.sign_agreement(
        payload.organization,
        titles=payload.titles,
        valid_until=payload.valid_until,
        terms=payload.terms,
        by=caller.by,
        now=caller.now,
    )
    return Status(201, _agreement(agreement))


@router.post("/agreements/{int:number}/breach", response={201: answers.Agreement}, summary="It was not kept")
def break_agreement(request: Request, number: found.Number, payload: asked.Breach) -> Status[answers.Agreement]:
    """What it covered counts again from today."""
    caller = request.auth
    _refuse_others(caller)
    agreement = actions.break_agreement(number, reason=payload.reason, by=caller.by, now=caller.now)
    return Status(201, _agreement(agreement))


@router.get("/debtors", response=answers.Listed[answers.Debtor], summary="Customers that debt shuts out, oldest first")
def list_debtors(request: Request) -> answers.Listed[answers.Debtor]:
    """With what they owe, and how often they met a shut door in the last 30 days."""
    _refuse_others(request.auth)
    items = [
        answers.Debtor(
            organization=shapes.ref(debtor.organization),
            blocked_from=debtor.since,
            owed_cents=debtor.owed_cents,
            titles=debtor.titles,
            turned_away=debtor.turned_away,
        )
        for debtor in billed.debtors(day_of(request.auth.now))
    ]
    return answers.Listed[answers.Debtor](items=items, next=None)


def _refuse_others(caller: Caller) -> None:
    """For the CST, managers, and the program that brings titles in."""
    if Token.IMPORT in caller.scopes and caller.is_staff:
        return
    if not caller.person.may(Right.FINANCE):
        raise NotYours


def _refused(line: Bad) -> answers.RefusedLine:
    return answers.RefusedLine(line=line.line, reasons=[_(reason) for reason in line.reasons])


def _title(title: Title) -> answers.Title:
    return answers.Title(
        id=title.pk,
        organization=shapes.ref(title.organization),
        number=title.number,
        due_on=title.due_on,
        amount_cents=title.amount_cents,
        state=TitleState(title.state),
        settled_at=title.settled_at,
        agreement=title.agreement_id,
    )


def _agreement(agreement: Agreement) -> answers.Agreement:
    return answers.Agreement(
        id=agreement.pk,
        organization=shapes.ref(agreement.organization),
        valid_until=agreement.valid_until,
        terms=agreement.terms,
        signed_at=agreement.signed_at,
        broken_at=agreement.broken_at,
    )
