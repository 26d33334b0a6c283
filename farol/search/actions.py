"""Making things findable, in the transaction that makes them true."""

from __future__ import annotations

from django.contrib.postgres.search import SearchVector
from django.db.models import Value

from farol.search.models import Document
from farol.search.rules import canonical


def index(subject: str, scope_id: int, text: str) -> None:
    """`subject` can be found by the words of `text`."""
    Document.objects.create(
        subject=subject, scope_id=scope_id, words=SearchVector(Value(canonical(text)), config="portuguese")
    )
