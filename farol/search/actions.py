"""Making things findable, in the transaction that makes them true."""

from __future__ import annotations

from django.db import connection

from farol.search.rules import canonical

INDEX = """
INSERT INTO search_document (subject, scope_id, words) VALUES (%s, %s, to_tsvector('portuguese', %s))
"""


def index(subject: str, scope_id: int, text: str) -> None:
    """`subject` can be found by the words of `text`."""
    with connection.cursor() as cursor:
        cursor.execute(INDEX, [subject, scope_id, canonical(text)])
