"""Finding by words."""

from __future__ import annotations

from django.contrib.postgres.search import SearchQuery
from django.db.models import QuerySet

from farol.search.models import Document
from farol.search.rules import canonical


def found(text: str, *, kind: str, scope: int | None = None) -> QuerySet[Document]:
    """The documents of this kind ("ticket") that hold all words of `text`, newest first; of one organization or all."""
    query = SearchQuery(canonical(text), config="portuguese", search_type="plain")
    documents = Document.objects.filter(words=query, subject__startswith=f"{kind}:")
    return (documents if scope is None else documents.filter(scope_id=scope)).order_by("-id")
