"""The doors of a customer kept in step with what it owes, and who is told so (R-100, R-101)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from farol.audit import actions as audit
from farol.billing import queries
from farol.billing.models import Block, Terms
from farol.billing.rules.debt import blocked_from, day_of
from farol.billing.rules.settling import MOST_GRACE, CstOnly, GraceRefused
from farol.journal.actions import tell
from farol.kernel.actor import HOUSE, Actor
from farol.people import actions as people
from farol.people.models import Organization
from farol.people.queries import contacts, customers


@transaction.atomic
def keep_in_step(ids: Iterable[int], *, by: Actor, now: datetime, because: str) -> None:
    """Each customer's row says from which day on debt shuts doors, as its titles do; a change is told (R-101).

    The customers are held by whoever changed their titles.
    """
    wanted = sorted(set(ids))
    titles, grace = queries.open_titles_of(wanted), queries.terms().grace_days
    for organization in customers.organizations_by_id(wanted):
        since = blocked_from((title.owed for title in titles.get(organization.pk, ())), grace_days=grace)
        _tell(organization, since, by=by, now=now, because=because)
        if since != organization.blocked_from:
            people.block_organization(organization.pk, since=since)


@transaction.atomic
def announce_block(organization_id: int, *, now: datetime) -> None:
    """The day has come on which debt shuts the customer out, and it is told so, once. Safe to repeat."""
    people.hold_organizations([organization_id])
    keep_in_step([organization_id], by=HOUSE, now=now, because="day")


def announce_blocks(now: datetime) -> int:
    """Every customer that debt shuts out by now has been told; answers how many there were to tell."""
    due = queries.unannounced(day_of(now))
    for organization_id in due:
        announce_block(organization_id, now=now)
    return len(due)


@transaction.atomic
def set_terms(*, grace_days: int, extends_windows: bool, by: Actor, now: datetime) -> Terms:
    """From now on so many days of grace count, for every title that is open (R-100). Raises CstOnly, GraceRefused."""
    if not by.is_manager:
        raise CstOnly
    if not 0 <= grace_days <= MOST_GRACE:
        raise GraceRefused(most=MOST_GRACE)
    told = {"grace_days": grace_days, "extends_windows": extends_windows}
    terms, _ = Terms.objects.update_or_create(pk=1, defaults=told)
    tell("billing.terms_set", about="billing:terms", by=by, at=now, is_internal=True, facts=told)
    owing = queries.who_owes()
    people.hold_organizations(owing)
    keep_in_step(owing, by=by, now=now, because="terms")
    return terms


def _tell(organization: Organization, since: date | None, *, by: Actor, now: datetime, because: str) -> None:
    today = day_of(now)
    block = Block.objects.filter(organization=organization, ended_at=None).first()
    if block is None and organization.blocked_from and organization.blocked_from <= today:
        block = _begin(organization, organization.blocked_from, by=by, now=now, because="day")
    is_shut = since is not None and since <= today
    if block and not is_shut:
        block.ended_at = now
        block.save(update_fields=["ended_at"])
        facts: dict[str, object] = {
            "began_on": block.began_on.isoformat(),
            "ended_on": today.isoformat(),
            "because": because,
        }
        _announce("billing.unblocked", organization, facts, by=by, now=now)
    elif since and is_shut and not block:
        _begin(organization, since, by=by, now=now, because=because)


def _begin(organization: Organization, since: date, *, by: Actor, now: datetime, because: str) -> Block:
    block = Block.objects.create(organization=organization, began_on=since)
    facts: dict[str, object] = {"began_on": since.isoformat(), "because": because}
    _announce("billing.blocked", organization, facts, by=by, now=now)
    return block


def _announce(name: str, organization: Organization, facts: dict[str, object], *, by: Actor, now: datetime) -> None:
    """To the customer by letter, and on the trail (R-101)."""
    administrator = contacts.administrator_of(organization.pk)
    facts |= {"administrator": administrator.pk} if administrator else {}
    about = f"organization:{organization.pk}"
    tell(name, about=about, by=by, at=now, facts=facts)
    audit.record(name, by, about, facts, at=now)
