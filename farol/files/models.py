from __future__ import annotations

import uuid

from django.db import models
from django.db.models.functions import Now

from farol.files.rules import Verdict

IN_TRAY = models.Q(subject__startswith="person:", entry_id=None)
"""Uploaded by somebody, and part of nothing yet."""


def place(attachment: Attachment, filename: str) -> str:
    """Where the storage keeps it: never under the name that was given."""
    name = uuid.uuid4().hex
    return f"{name[:2]}/{name}"


class Attachment(models.Model):
    """A file given with something; its subject is named, not linked."""

    subject = models.CharField(max_length=60)
    entry_id = models.BigIntegerField(null=True)  # the journal's entry that brought it
    is_internal = models.BooleanField(default=False)
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.BigIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    content = models.FileField(upload_to=place, max_length=80)
    verdict = models.CharField(max_length=8, default="", db_default="", choices=[(v.value, v.value) for v in Verdict])
    uploaded_by = models.BigIntegerField(null=True)
    uploaded_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [
            models.Index(fields=["subject", "id"], name="attachment_by_subject"),
            models.Index(fields=["uploaded_at", "id"], condition=IN_TRAY, name="attachment_in_tray"),
            models.Index(fields=["id"], condition=models.Q(verdict="held"), name="attachment_held"),
        ]
