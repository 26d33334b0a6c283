"""What somebody has read. Nothing hangs from it but how lists look to them."""

from __future__ import annotations

from django.db import connection

from farol.kernel.actor import Actor

READ = """
    INSERT INTO tickets_seen (ticket_id, person_id, entry_id)
    SELECT id, %(person)s, least(last_entry_id, %(entry)s) FROM tickets_ticket
    WHERE id = %(number)s AND %(company)s IN (0, organization_id)
    ON CONFLICT (ticket_id, person_id) DO UPDATE SET entry_id = excluded.entry_id
    WHERE tickets_seen.entry_id < excluded.entry_id
"""
GONE_ON = """
    UPDATE tickets_seen s SET entry_id = t.last_entry_id FROM tickets_ticket t
    WHERE t.id = s.ticket_id AND s.ticket_id = %(number)s AND s.person_id = %(person)s AND s.entry_id >= %(seen)s
"""


def have_read(number: int, entry_id: int, *, by: Actor) -> None:
    """The person has read the ticket as far as the entry. Marks only go forward."""
    _run(READ, number=number, entry=entry_id, person=by.person_id, company=by.organization_id)


def have_acted(number: int, *, seen: int, by: Actor) -> None:
    """What one did oneself is no news: whoever had read as far as `seen` has read all of it now."""
    _run(GONE_ON, number=number, seen=seen, person=by.person_id)


def _run(statement: str, **facts: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, facts)
