"""Questions about what was attached."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Protocol

from django.db.models import Exists, Expression, QuerySet

from farol.files.models import IN_TRAY, Attachment
from farol.files.rules import Verdict
from farol.statements.compiled import Statement
from farol.statements.literal import Literal


def attached_to(subject: str) -> QuerySet[Attachment]:
    return Attachment.objects.filter(subject=subject).order_by("id")


ATTACHED = Statement(attached_to, subject=str)


def all_attached_to(subject: str) -> list[Attachment]:
    return ATTACHED.all(subject=subject)


def exist_of(subject: Expression) -> Exists:
    """For another room's query: whether anything is attached to the subject of each of its rows."""
    return Exists(Attachment.objects.filter(subject=subject))


def names_attached_to(subjects: Iterable[str], *, is_internal: bool) -> list[tuple[str, str]]:
    """The names of the files of each of these, with those that only the staff may see or without them."""
    attached = Attachment.objects.filter(subject__in=list(subjects)).order_by("id")
    return list((attached if is_internal else attached.filter(is_internal=False)).values_list("subject", "name"))


def attachment(attachment_id: int) -> Attachment | None:
    return Attachment.objects.filter(pk=attachment_id).first()


class Content(Protocol):
    """Bytes to be read one after the other."""

    def read(self, size: int = -1, /) -> bytes: ...
    def close(self) -> None: ...


class Part:
    """Some bytes of an open file, and no more."""

    def __init__(self, file: Content, count: int) -> None:
        self.file, self.left = file, count

    def read(self, size: int = -1, /) -> bytes:
        chunk = self.file.read(self.left if size < 0 else min(size, self.left)) if self.left else b""
        self.left -= len(chunk)
        return chunk

    def close(self) -> None:
        self.file.close()


def content_of(attachment: Attachment, wanted: range) -> Content:
    """These bytes of the file. A bucket is asked for them alone: opened there, the whole file would come first."""
    file: Any = attachment.content.open("rb")
    stored = getattr(file.file, "obj", None)
    if stored is not None:
        return Part(stored.get(Range=f"bytes={wanted.start}-{wanted.stop - 1}")["Body"], len(wanted))
    file.seek(wanted.start)
    return Part(file, len(wanted))


def left_in_trays(before: datetime) -> QuerySet[Attachment]:
    """Files that were uploaded before that instant and hang on nothing yet, the oldest first."""
    return Attachment.objects.filter(IN_TRAY, uploaded_at__lt=before).order_by("uploaded_at", "id")


def held() -> QuerySet[Attachment]:
    """Files that wait for the scanner, the oldest first."""
    return Attachment.objects.filter(verdict=Literal(Verdict.HELD)).order_by("id")
