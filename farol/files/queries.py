"""Questions about what was attached."""

from __future__ import annotations

from django.db.models import QuerySet

from farol.files.models import Attachment


def attached_to(subject: str) -> QuerySet[Attachment]:
    return Attachment.objects.filter(subject=subject).order_by("id")


def attachment(attachment_id: int) -> Attachment | None:
    return Attachment.objects.filter(pk=attachment_id).first()
