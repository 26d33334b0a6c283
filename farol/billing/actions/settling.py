"""Payment and agreement: both open the doors at once, and the customer is told (R-101)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from farol.billing import queries
from farol.billing.actions.debt import keep_in_step
from farol.billing.models import Agreement, Title
from farol.billing.rules.debt import TitleState, day_of
from farol.billing.rules.settling import (
    NO_TITLES,
    AgreementNotFound,
    AgreementOver,
    CstOnly,
    TitleNotFound,
    TitleSettled,
    refuse_odd,
)
from farol.journal.actions import tell
from farol.kernel.actor import Actor, Side
from farol.kernel.errors import FieldsRefused
from farol.people import actions as people
from farol.people.rules.staff import Right, may


@transaction.atomic
def register_payment(title_id: int, *, by: Actor, now: datetime) -> Title:
    """The title is paid; if it was the last that shut doors, they are open (R-101). Raises TitleSettled."""
    title = queries.title(title_id, by=by)
    if title is None:
        raise TitleNotFound
    _refuse_others(by)
    people.hold_organizations([title.organization_id])
    title.refresh_from_db()
    if title.state != TitleState.OPEN:
        raise TitleSettled(number=title.number)
    title.state, title.settled_at = TitleState.PAID, now
    title.save(update_fields=["state", "settled_at"])
    facts = {"title": title.pk, "number": title.number, "amount_cents": title.amount_cents}
    tell("billing.title_paid", about=f"organization:{title.organization_id}", by=by, at=now, facts=facts)
    keep_in_step([title.organization_id], by=by, now=now, because="payment")
    return title


@transaction.atomic
def sign_agreement(
    organization_id: int, *, titles: Collection[int], valid_until: date, terms: str, by: Actor, now: datetime
) -> Agreement:
    """These open titles shut no door up to that day; a newer agreement takes the place of an earlier (R-101).

    Raises CstOnly, and FieldsRefused for titles that are not the customer's or not open, or for a day gone by.
    """
    _refuse_others(by)
    people.hold_organizations([organization_id])
    chosen = Title.objects.filter(organization=organization_id, pk__in=titles, state=TitleState.OPEN)
    refuse_odd(valid_until, terms, count=chosen.count(), today=day_of(now))
    if chosen.count() != len(set(titles)):
        raise FieldsRefused({"titles": [NO_TITLES]})
    agreement = Agreement.objects.create(
        organization_id=organization_id,
        signed_at=now,
        valid_until=valid_until,
        terms=" ".join(terms.split())[:500],
        signed_by_id=by.person_id or None,
    )
    chosen.update(agreement=agreement)
    facts = {"agreement": agreement.pk, "valid_until": valid_until.isoformat(), "titles": sorted(set(titles))}
    tell("billing.agreement_signed", about=f"organization:{organization_id}", by=by, at=now, facts=facts)
    keep_in_step([organization_id], by=by, now=now, because="agreement")
    return agreement


@transaction.atomic
def break_agreement(agreement_id: int, *, reason: str, by: Actor, now: datetime) -> Agreement:
    """The agreement was not kept: what it covered counts again from today (R-100). Raises AgreementOver."""
    agreement = Agreement.objects.filter(pk=agreement_id).first()
    _refuse_others(by)
    if agreement is None:
        raise AgreementNotFound
    people.hold_organizations([agreement.organization_id])
    agreement.refresh_from_db()
    if agreement.broken_at or agreement.valid_until < day_of(now):
        raise AgreementOver
    agreement.broken_at, agreement.broken_because = now, " ".join(reason.split())[:500]
    agreement.save(update_fields=["broken_at", "broken_because"])
    facts = {"agreement": agreement.pk, "reason": agreement.broken_because}
    tell("billing.agreement_broken", about=f"organization:{agreement.organization_id}", by=by, at=now, facts=facts)
    Title.objects.filter(agreement=agreement, state=TitleState.OPEN).update(known_on=day_of(now))
    keep_in_step([agreement.organization_id], by=by, now=now, because="agreement_broken")
    return agreement


def _refuse_others(by: Actor) -> None:
    if by.side is not Side.HOUSE and not may(by.role, Right.FINANCE):
        raise CstOnly
