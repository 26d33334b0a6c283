"""Which tickets are linked to which: reads of the links alone. Who may see them is asked elsewhere."""

from __future__ import annotations

from collections.abc import Collection

from django.db import connection
from django.db.models import Q, QuerySet

from farol.journal import queries as journal
from farol.tickets.models import Link, Ticket
from farol.tickets.rules.ties import Tie

MERGED = """
WITH RECURSIVE merged(number) AS (
    SELECT source_id FROM tickets_link WHERE target_id = %s AND kind = 'duplicate' AND ended_at IS NULL
    UNION
    SELECT l.source_id FROM tickets_link l JOIN merged m ON l.target_id = m.number
    WHERE l.kind = 'duplicate' AND l.ended_at IS NULL
) SELECT number FROM merged ORDER BY number
"""
ABOVE = """
WITH RECURSIVE above(number) AS (
    SELECT %s::bigint
    UNION
    SELECT l.target_id FROM tickets_link l JOIN above a ON l.source_id = a.number
    WHERE l.kind <> 'related' AND l.ended_at IS NULL
) SELECT number FROM above
"""

HEIR = """
WITH RECURSIVE heirs(number, step) AS (
    SELECT %s::bigint, 0
    UNION ALL
    SELECT l.target_id, h.step + 1 FROM tickets_link l JOIN heirs h ON l.source_id = h.number
    WHERE l.kind = 'duplicate' AND l.ended_at IS NULL
) SELECT number FROM heirs ORDER BY step DESC LIMIT 1
"""


def heir_of(number: int) -> int:
    """Where the conversation of the ticket goes on: itself, or what it was merged into in the end."""
    return _numbers(HEIR, number)[0]


def merged_into(number: int) -> list[int]:
    """What was merged into the ticket, and what had been merged into that."""
    return _numbers(MERGED, number)


def above(number: int) -> list[int]:
    """The ticket itself and every one it hangs from or went into."""
    return _numbers(ABOVE, number)


def links_of(numbers: Collection[int]) -> QuerySet[Link]:
    """The links that hold at either end of these tickets, in the order they were made."""
    return Link.objects.filter(Q(source__in=numbers) | Q(target__in=numbers), ended_at=None).order_by("id")


def link(link_id: int) -> Link | None:
    return Link.objects.filter(pk=link_id).first()


def merge_of(number: int) -> Link | None:
    """By which link the ticket went into another, if it did."""
    return Link.objects.filter(source=number, kind=Tie.DUPLICATE, ended_at=None).first()


def split_of(number: int) -> Link | None:
    """By which link the ticket was split off another, if it was."""
    return Link.objects.filter(source=number, kind=Tie.SPLIT, ended_at=None).first()


def opened_with(ticket: Ticket) -> int:
    """The entry with which the ticket's own history begins."""
    return journal.about(f"ticket:{ticket.pk}").values_list("pk", flat=True)[0]


def _numbers(statement: str, number: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [number])
        return [row[0] for row in cursor.fetchall()]
