"""Questions about what is to be invoiced, and about what is owed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet, Sum

from farol.billing.models import Agreement, BillingEntry, Block, Terms, Title, TitleSheet, TurnedAway
from farol.billing.rules.debt import TitleState, day_of
from farol.billing.rules.titles import UNKNOWN_CUSTOMER, Bad, Row, Sheet
from farol.kernel.actor import Actor, Side
from farol.people.models import Organization
from farol.people.queries import customers as people

LATELY = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Total:
    """What all of it comes to; `unpriced` entries are not in the money."""

    entries: int
    minutes: int
    cents: int
    unpriced: int


def visible_to(by: Actor) -> QuerySet[BillingEntry]:
    """All for the staff, their company's for a contact."""
    if by.side is Side.CUSTOMER:
        return BillingEntry.objects.filter(organization_id=by.organization_id)
    return BillingEntry.objects.all()


def ready(by: Actor, *, before: int = 0, limit: int = 50) -> list[BillingEntry]:
    """The newest first, from the one before `before` on (R-095)."""
    entries = visible_to(by).select_related("organization").order_by("-id")
    return list((entries.filter(pk__lt=before) if before else entries)[:limit])


def total(by: Actor) -> Total:
    """Of a customer's own entries, which are few."""
    sums = visible_to(by).aggregate(
        entries=Count("id"),
        minutes=Sum("minutes", default=0),
        cents=Sum("total_cents", default=0),
        unpriced=Count("id", filter=Q(total_cents=None)),
    )
    return Total(**sums)


def entry_for(source: str) -> BillingEntry | None:
    return BillingEntry.objects.filter(source=source).first()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of titles that were told: how many came, changed, stood already, or stay settled."""

    created: int
    changed: int
    unchanged: int
    settled: int
    unknown: tuple[Bad, ...] = ()

    def told(self) -> dict[str, int]:
        return {
            "created": self.created,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "settled": self.settled,
        }


def terms() -> Terms:
    """How debt is dealt with here (R-100)."""
    return Terms.objects.filter(pk=1).first() or Terms(pk=1)


def told_of(rows: Iterable[Row]) -> tuple[list[tuple[int, Row]], list[Bad]]:
    """Each row with its customer, and those whose customer nobody knows here."""
    rows = list(rows)
    customers = people.organizations_by_cnpj(row.cnpj for row in rows)
    known = [(customers[row.cnpj], row) for row in rows if row.cnpj in customers]
    unknown = [Bad(row.line, (UNKNOWN_CUSTOMER,), row.cnpj) for row in rows if row.cnpj not in customers]
    return known, unknown


def sorted_out(sheet: Sheet) -> Sheet:
    """With the lines of unknown customers among the bad ones, all in the order of the file."""
    known, unknown = told_of(sheet.good)
    bad = sorted([*sheet.bad, *unknown], key=lambda line: line.line)
    return Sheet(tuple(row for _, row in known), tuple(bad))


def titles_visible_to(by: Actor) -> QuerySet[Title]:
    """All for the staff, their company's for a contact."""
    found = Title.objects.select_related("organization", "agreement")
    return found if by.is_staff else found.filter(organization_id=by.organization_id)


def title(title_id: int, *, by: Actor) -> Title | None:
    return titles_visible_to(by).filter(pk=title_id).first()


def titles_of(organization_id: int) -> list[Title]:
    """What the customer owes, the oldest first."""
    found = Title.objects.select_related("agreement").filter(organization=organization_id, state=TitleState.OPEN)
    return list(found.order_by("due_on", "id"))


def open_titles_of(ids: Iterable[int]) -> dict[int, list[Title]]:
    """Customer → what it owes."""
    found: dict[int, list[Title]] = {}
    for title in Title.objects.select_related("agreement").filter(organization__in=set(ids), state=TitleState.OPEN):
        found.setdefault(title.organization_id, []).append(title)
    return found


def who_owes() -> list[int]:
    """Customers with an open title."""
    owing = Title.objects.filter(state=TitleState.OPEN).order_by("organization_id").distinct("organization_id")
    return list(owing.values_list("organization_id", flat=True))


def unannounced(on: date) -> list[int]:
    """Customers whose doors debt has shut by that day, with nobody told yet."""
    blocked = [organization.pk for organization in people.organizations_blocked(on)]
    told = Block.objects.filter(organization__in=blocked, ended_at=None).values_list("organization_id", flat=True)
    return sorted(set(blocked) - set(told))


def agreements_of(organization_id: int) -> list[Agreement]:
    """The newest first."""
    return list(Agreement.objects.filter(organization=organization_id).order_by("-id")[:20])


def shut_out(organization_id: int, *, since: date, on: date) -> list[tuple[date, date]]:
    """The stretches of days up to `on` in which debt shut the customer out and that reach past `since`, oldest first.

    Both days of a stretch count. None at all where such days are not given back, as the terms here may say.
    """
    if not terms().extends_windows:
        return []
    touching = Q(ended_at=None) | Q(ended_at__date__gte=since)
    blocks = list(Block.objects.filter(touching, organization=organization_id, began_on__lte=on).order_by("began_on"))
    found = [(block.began_on, min(day_of(block.ended_at), on) if block.ended_at else on) for block in blocks]
    if all(block.ended_at for block in blocks) and (begins := people.blocked_since(organization_id, on=on)):
        found.append((begins, on))  # of which nobody has been told yet
    return found


def turned_away(ids: Iterable[int], *, since: date) -> dict[int, list[TurnedAway]]:
    """Customer → the shut doors it met since that day, the newest first (R-101)."""
    found: dict[int, list[TurnedAway]] = {}
    for row in TurnedAway.objects.filter(organization__in=set(ids), day__gte=since).order_by("-day", "-last_at"):
        found.setdefault(row.organization_id, []).append(row)
    return found


def sheet(sheet_id: int) -> TitleSheet | None:
    return TitleSheet.objects.filter(pk=sheet_id).first()


@dataclass(frozen=True, slots=True)
class Debtor:
    """A customer that debt shuts out, what it owes, and how often it met a shut door lately."""

    organization: Organization
    since: date
    titles: int
    owed_cents: int
    turned_away: int


def debtors(on: date) -> list[Debtor]:
    """The longest shut out first (R-101)."""
    blocked = people.organizations_blocked(on)
    ids = [organization.pk for organization in blocked]
    owed = {
        row["organization"]: (row["count"], row["cents"])
        for row in Title.objects.filter(organization__in=ids, state=TitleState.OPEN)
        .values("organization")
        .annotate(count=Count("id"), cents=Sum("amount_cents"))
    }
    met = dict(
        TurnedAway.objects.filter(organization__in=ids, day__gt=on - LATELY)
        .values_list("organization")
        .annotate(times=Sum("count"))
    )
    return [
        Debtor(
            organization,
            organization.blocked_from or on,
            *owed.get(organization.pk, (0, 0)),
            met.get(organization.pk, 0),
        )
        for organization in blocked
    ]
