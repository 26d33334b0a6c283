"""Titles as the accounting system tells them: repeating what was told changes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from farol.billing.actions.debt import keep_in_step
from farol.billing.models import Title
from farol.billing.queries import Outcome, told_of
from farol.billing.rules.debt import TitleState, day_of
from farol.billing.rules.settling import CstOnly
from farol.billing.rules.titles import Row
from farol.journal.actions import tell
from farol.kernel.actor import Actor
from farol.people import actions as people

CHANGED = ("due_on", "amount_cents", "state", "settled_at")


@transaction.atomic
def bring_titles(rows: Sequence[Row], *, by: Actor, now: datetime) -> Outcome:
    """The titles stand as these rows say; a title that was settled is not opened by an older file (R-100, R-101).

    Rows of customers nobody knows here are named in the answer, and nothing is made of them. Raises CstOnly.
    """
    if not by.is_staff:
        raise CstOnly
    known, unknown = told_of(rows)
    people.hold_organizations(organization for organization, _ in known)
    there = _there(known)
    fresh, changed, touched = [], [], set()
    same = settled = 0
    for organization, row in known:
        title = there.get((organization, row.number))
        if title is None:
            fresh.append(_new(organization, row, now))
        elif title.state != TitleState.OPEN and row.state is TitleState.OPEN:
            settled += 1
            continue
        elif _differs(title, row):
            changed.append(_set(title, row, now))
        else:
            same += 1
            continue
        touched.add(organization)
    Title.objects.bulk_create(fresh, batch_size=500)
    Title.objects.bulk_update(changed, CHANGED, batch_size=500)
    if touched:
        facts = {"created": len(fresh), "changed": len(changed), "unchanged": same + settled}
        tell("billing.titles_brought", about="billing:titles", by=by, at=now, is_internal=True, facts=facts)
        keep_in_step(touched, by=by, now=now, because="titles")
    return Outcome(len(fresh), len(changed), same, settled, tuple(unknown))


def _there(known: Sequence[tuple[int, Row]]) -> Mapping[tuple[int, str], Title]:
    named = Title.objects.filter(
        organization__in={organization for organization, _ in known}, number__in={row.number for _, row in known}
    )
    return {(title.organization_id, title.number): title for title in named}


def _new(organization: int, row: Row, now: datetime) -> Title:
    return Title(
        organization_id=organization,
        number=row.number,
        due_on=row.due_on,
        amount_cents=row.amount_cents,
        state=row.state,
        known_on=day_of(now),
        settled_at=None if row.state is TitleState.OPEN else now,
    )


def _differs(title: Title, row: Row) -> bool:
    return (title.due_on, title.amount_cents, title.state) != (row.due_on, row.amount_cents, row.state)


def _set(title: Title, row: Row, now: datetime) -> Title:
    title.due_on, title.amount_cents = row.due_on, row.amount_cents
    if title.state != row.state:
        title.state, title.settled_at = row.state, now
    return title
