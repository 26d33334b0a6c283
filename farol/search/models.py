from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class Document(models.Model):
    """What can be found, by name; its words in canonical Portuguese, with marks of whose it is and where it lies."""

    subject = models.CharField(max_length=60)
    position = models.BigIntegerField()  # the higher, the newer
    scope_id = models.BigIntegerField()  # the organization it belongs to
    words = SearchVectorField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject"], name="document_of_a_subject")]
        indexes = [GinIndex(fields=["words"], name="document_words", fastupdate=False)]


class Word(models.Model):
    """A word that stands in some document, as somebody types it, and what it is found by."""

    plain = models.CharField(max_length=60, primary_key=True)  # the key knows it by its beginning, too
    lexeme = models.CharField(max_length=60)
