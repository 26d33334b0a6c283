"""How many open tickets stand where, for the desk's navigation. Capped: nobody reads past a thousand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from farol.kernel.actor import Actor

CAP = 1_000


@dataclass(frozen=True, slots=True)
class Counts:
    """`areas` are by id; the others are those of the person and of their areas. CAP means that many or more."""

    mine: int
    unassigned: int
    awaiting_customer: int
    awaiting_acceptance: int
    areas: Mapping[int, int]


def counts(by: Actor, *, areas: Sequence[int], team: Sequence[int]) -> Counts:
    """One statement; each number is read from a partial index and stops at the cap. A customer has no desk."""
    if not by.is_staff:
        return Counts(0, 0, 0, 0, {})
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT, {"me": by.person_id, "areas": list(areas), "team": list(team)})
        rows = cursor.fetchall()
    by_area = {key: capped(number) for name, key, number in rows if name == "area"}
    sums = dict.fromkeys(("mine", "unassigned", "awaiting_customer", "awaiting_acceptance"), 0)
    for name, _, number in rows:
        if name in sums:
            sums[name] += number
    return Counts(**{name: capped(number) for name, number in sums.items()}, areas=by_area)


def capped(number: int) -> int:
    return min(number, CAP)


def _count(condition: str) -> str:
    """Two index reads: running and paused tickets stand in different partial indexes."""
    return " + ".join(
        f"(SELECT count(*) FROM (SELECT FROM tickets_ticket t WHERE {condition} "
        f"AND t.closed_at IS NULL AND t.paused_at IS {state} LIMIT {CAP}) r)"
        for state in ("NULL", "NOT NULL")
    )


OF_TEAM = {
    "unassigned": "t.assignee_id IS NULL",
    "awaiting_customer": "t.state IN ('awaiting_customer', 'awaiting_quote', 'awaiting_authorization')",
    "awaiting_acceptance": "t.state = 'awaiting_acceptance'",
}
STATEMENT = " UNION ALL ".join(
    [
        f"SELECT 'mine', 0, {_count('t.assignee_id = %(me)s')}",
        f"SELECT 'area', a.id, {_count('t.area_id = a.id')} FROM unnest(%(areas)s::bigint[]) a(id)",
        *(
            f"SELECT '{name}', a.id, {_count(f't.area_id = a.id AND {condition}')} "
            "FROM unnest(%(team)s::bigint[]) a(id)"
            for name, condition in OF_TEAM.items()
        ),
    ]
)
