"""The plain site's two tables: made and filled, or dropped. Run as a program, under the plain settings."""

from __future__ import annotations

import sys

import django
from django.db import connection

TICKETS = """
INSERT INTO plain_ticket (subject, description, customer_id, area_id, severity, state, opened_at, due_at)
SELECT 'Rejeição 778 ao transmitir NF-e', repeat('Ao transmitir a nota, a SEFAZ devolve a rejeição. ', 4),
       mod(n, 400), mod(n, 14), 'high', 'open', now() - n * interval '1 minute', now() + n * interval '1 minute'
FROM generate_series(1, %(tickets)s::int) n
"""
MESSAGES = """
INSERT INTO plain_message (ticket_id, author_id, body, written_at)
SELECT id, customer_id, description, opened_at FROM plain_ticket, generate_series(1, 2)
"""


def create(tickets: int) -> None:
    from farol.house.measure.plain.models import Message, Ticket

    drop()
    with connection.schema_editor() as editor:
        editor.create_model(Ticket)
        editor.create_model(Message)
    with connection.cursor() as cursor:
        cursor.execute(TICKETS, {"tickets": tickets})
        cursor.execute(MESSAGES)
        cursor.execute("VACUUM ANALYZE plain_ticket, plain_message")


def drop() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS plain_message, plain_ticket")


if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "create":
        create(int(sys.argv[2]))
    else:
        drop()
