"""Putting acts on the trail, and linking them into its chain."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction

from farol.audit.models import Link
from farol.audit.queries import CONTENT, values
from farol.audit.rules import START, content_of, digest_of
from farol.kernel.actor import Actor

NOTHING: Mapping[str, object] = MappingProxyType({})
PUT = """
    WITH put AS (
        INSERT INTO audit_record (name, actor_id, channel, address, subject, facts, happened_at)
        VALUES (%s, %s, %s, %s, %s, %s, coalesce(%s, clock_timestamp())) RETURNING id
    )
    INSERT INTO audit_waiting (record_id) SELECT id FROM put RETURNING record_id
"""
LINKING = 0x0A0D1  # of the advisory lock: one linker at a time
UNLINKED = f"""
    SELECT {CONTENT} FROM audit_waiting w JOIN audit_record r ON r.id = w.record_id
    ORDER BY r.id LIMIT %s
"""
LINK = """
    INSERT INTO audit_link (position, record_id, content, digest)
    SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::text[])
"""
AT_ONCE = 5_000


def record(
    name: str, actor: Actor, subject: str, facts: Mapping[str, object] = NOTHING, *, at: datetime | None = None
) -> int:
    """`actor` did this to `subject` ("person:12"); it is on the trail if the transaction around it commits.

    One insertion, and nobody waits for anybody: the chain takes it in later (`link_waiting`). Answers its number.
    """
    told = {**facts, "behind": actor.behind} if actor.behind else dict(facts)
    written = json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False).replace("\\u0000", "")
    row = [name[:60], actor.person_id or None, actor.channel, actor.address[:60], subject[:60], written, at]
    with connection.cursor() as cursor:
        cursor.execute(PUT, row)
        found = cursor.fetchone()
    return int(found[0]) if found else 0


def link_waiting() -> int:
    """Every record that was committed is a link of the chain; answers how many became one."""
    linked = 0
    while count := _link_some():
        linked += count
    return linked


@transaction.atomic
def _link_some() -> int:
    """Up to some thousands more are linked; a second linker waits here, and goes on from where this one ended."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LINKING])
        cursor.execute(UNLINKED, [AT_ONCE])
        rows = cursor.fetchall()
    if not rows:
        return 0
    last = Link.objects.order_by("position").last()
    before = last.digest if last else START
    first = last.position + 1 if last else 1
    contents, digests = [content_of(values(row)) for row in rows], []
    for position, content in enumerate(contents, start=first):
        before = digest_of(position, before, content)
        digests.append(before)
    numbers = [row[0] for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(LINK, [list(range(first, first + len(rows))), numbers, contents, digests])
        cursor.execute("DELETE FROM audit_waiting WHERE record_id = ANY(%s)", [numbers])
    return len(rows)
