"""Reading the trail, and proving that it is whole."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC
from itertools import chain
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from farol.audit.models import Link, Record
from farol.audit.rules import Act, Broken, Chained, content_of, first_break

CONTENT = "r.id, r.name, r.actor_id, r.channel, r.address, r.subject, r.facts::text, r.happened_at"
CHAIN = f"""
    SELECT l.position, l.record_id, l.content, l.digest, {CONTENT}
    FROM audit_link l LEFT JOIN audit_record r ON r.id = l.record_id ORDER BY l.position
"""
LOOSE = "SELECT min(id), count(*) FROM audit_record r WHERE NOT EXISTS (SELECT FROM audit_link WHERE record_id = r.id)"
READ_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the proof found: the first broken link, or none; and what the chain stands at."""

    broken: Broken | None
    links: int
    head: str
    loose: int = 0
    """Records that no link holds, though everything that waited has been linked: put in by another hand."""
    first_loose: int | None = None

    @property
    def is_whole(self) -> bool:
        return self.broken is None and not self.loose


def verdict() -> Verdict:
    """Every link reckoned anew, in one stream; the whole is read as it stood when it began."""
    with _chain() as rows:
        broken, read, head = first_break(map(_chained, rows), pruned_through=_pruned_through())
    first_loose, loose = (None, 0) if broken else _loose()
    return Verdict(broken, read, head, loose, first_loose)


def holds(head: str) -> int | None:
    """The position of the link with this digest, written down earlier; None when the chain has no such link."""
    return Link.objects.filter(digest=head).values_list("position", flat=True).first()


def lines() -> Iterator[dict[str, object]]:
    """The whole trail in the order of its chain, each record with its link, as an export writes it."""
    with _chain() as rows:
        for row in rows:
            names = ("id", "name", "actor_id", "channel", "address", "subject", "facts", "happened_at")
            record = dict(zip(names, values(row[4:]), strict=True)) if row[4] is not None else None
            yield {"position": row[0], "record": record, "content": row[2], "digest": row[3]}


def records(
    *,
    names: Sequence[str] = (),
    concerning: int | None = None,
    before: int | None = None,
) -> QuerySet[Record]:
    """The trail, newest first: only these acts, done by or to this person, from below the record `before` on."""
    wanted: dict[str, Any] = {"name__in": list(names), "pk__lt": before}
    found = Record.objects.filter(**{key: value for key, value in wanted.items() if value}).order_by("-id")
    return found.filter(Q(actor_id=concerning) | Q(subject=f"person:{concerning}")) if concerning else found


def values(row: Sequence[Any]) -> list[object]:
    """A record's columns as they enter its digest: numbers, texts, and the instant in UTC."""
    *plain, facts, happened_at = row
    return [*plain, json.loads(facts), happened_at.astimezone(UTC).isoformat(timespec="microseconds")]


@contextmanager
def _chain() -> Iterator[Iterator[tuple[Any, ...]]]:
    """A cursor that stays in the server: a long trail is never in memory at once."""
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(CHAIN)
        yield chain.from_iterable(iter(lambda: cursor.fetchmany(READ_AT_ONCE), []))


def _chained(row: tuple[Any, ...]) -> Chained:
    position, record_id, content, digest, *record = row
    return Chained(position, record_id, content, digest, None if record[0] is None else content_of(values(record)))


def _loose() -> tuple[int | None, int]:
    with connection.cursor() as cursor:
        cursor.execute(LOOSE)
        first, count = cursor.fetchone() or (None, 0)
    return first, count


def _pruned_through() -> int:
    last = Record.objects.filter(name=Act.TRAIL_PRUNED).order_by("-id").first()
    return int(last.facts.get("through", 0)) if last else 0
