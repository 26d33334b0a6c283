"""Keeping files. A row always has its file; a file whose row was taken back is in nobody's reach."""

from __future__ import annotations

import hashlib
from pathlib import PurePath

import puremagic
from django.conf import settings
from django.core.files.base import ContentFile, File
from django.db import transaction

from farol.files import scanner
from farol.files.models import IN_TRAY, Attachment
from farol.files.rules import FileInfected, Verdict, check
from farol.files.scanner import ScannerUnavailable
from farol.kernel.actor import Actor

UNKNOWN = "application/octet-stream"


def keep(subject: str, upload: File[bytes], *, by: Actor) -> Attachment:
    """The file is stored and belongs to `subject`; one that the scanner could not look at is held until it can.

    Raises FileTooLarge, FileEmpty, TypeForbidden or FileInfected.
    """
    name = PurePath((upload.name or "arquivo").replace("\\", "/")).name[-255:] or "arquivo"
    head = upload.read(4096)
    check(name, size=upload.size, limit=settings.MAX_FILE_BYTES, head=head)
    upload.seek(0)
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    verdict = _scanned(upload, name)
    upload.seek(0)
    attachment = Attachment(
        subject=subject,
        verdict=verdict,
        name=name,
        content_type=_content_type(name, head),
        size=upload.size,
        sha256=digest.hexdigest(),
        uploaded_by=by.person_id,
    )
    attachment.content.save(name, upload, save=False)
    attachment.save(force_insert=True)
    return attachment


def keep_original(subject: str, name: str, content: bytes, content_type: str) -> Attachment:
    """What came from outside is stored as it came, whatever it is: evidence, never handed to a browser to run."""
    attachment = Attachment(
        subject=subject,
        is_internal=True,
        name=name,
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )
    attachment.content.save(name, ContentFile(content), save=False)
    attachment.save(force_insert=True)
    return attachment


def hand_over(ids: list[int], *, of: str, to: str, entry_id: int | None = None, is_internal: bool = False) -> int:
    """The files `ids` that belonged to `of` belong to `to` from now on; answers how many."""
    return Attachment.objects.filter(pk__in=ids, subject=of).update(
        subject=to, entry_id=entry_id, is_internal=is_internal
    )


def hold_in_tray(attachment_id: int) -> Attachment | None:
    """The file, if it hangs on nothing yet; nobody gives it anywhere until the transaction ends."""
    return Attachment.objects.select_for_update().filter(IN_TRAY, pk=attachment_id).first()


def look_again(attachment_id: int) -> str:
    """A file that was held is free, or found infected and never given out; answers what it is now.

    Raises ScannerUnavailable.
    """
    held = Attachment.objects.filter(pk=attachment_id, verdict=Verdict.HELD).first()
    if held is None:
        return ""
    with held.content.open("rb") as content:
        virus = scanner.virus_in(content.chunks()) if settings.SCANNER else ""
    verdict = Verdict.INFECTED if virus else Verdict.CLEAN
    Attachment.objects.filter(pk=attachment_id, verdict=Verdict.HELD).update(verdict=verdict)
    return verdict


def drop(attachment: Attachment) -> None:
    """The file is gone: the row at once, the content when that is committed."""
    storage, name = attachment.content.storage, attachment.content.name
    attachment.delete()
    transaction.on_commit(lambda: storage.delete(name))


def _scanned(upload: File[bytes], name: str) -> str:
    """Clean, or held when the scanner does not answer. Raises FileInfected."""
    if not settings.SCANNER:
        return Verdict.CLEAN
    upload.seek(0)
    try:
        virus = scanner.virus_in(upload.chunks())
    except ScannerUnavailable:
        return Verdict.HELD
    if virus:
        raise FileInfected(name=name, virus=virus)
    return Verdict.CLEAN


def _content_type(name: str, head: bytes) -> str:
    try:
        return puremagic.from_string(head, mime=True, filename=name) or UNKNOWN
    except (puremagic.PureError, ValueError):
        return UNKNOWN
