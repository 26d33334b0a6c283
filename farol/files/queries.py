"""Questions about what was attached."""

from __future__ import annotations

from django.db.models import QuerySet

from farol.files.models import Attachment
from farol.statements.compiled import Statement


def attached_to(subject: str) -> QuerySet[Attachment]:
    return Attachment.objects.filter(subject=subject).order_by("id")


ATTACHED = Statement(attached_to, subject=str)


def all_attached_to(subject: str) -> list[Attachment]:
    return ATTACHED.all(subject=subject)


def attachment(attachment_id: int) -> Attachment | None:
    return Attachment.objects.filter(pk=attachment_id).first()
