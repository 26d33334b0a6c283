from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class Document(models.Model):
    """What can be found, by name; its words in canonical Portuguese."""

    subject = models.CharField(max_length=60, unique=True)
    scope_id = models.BigIntegerField()  # the organization it belongs to
    words = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["words"], name="document_words", fastupdate=True)]
