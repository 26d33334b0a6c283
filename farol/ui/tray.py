"""Files on their way: first in the tray of whoever sends them, so that a refused text does not lose them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from farol.files import actions as files
from farol.files import queries
from farol.files.models import Attachment
from farol.kernel.actor import Actor
from farol.ui.numbers import id_in


@dataclass(frozen=True, slots=True)
class Tray:
    """What comes along with a form: files kept from an earlier try, and those just chosen."""

    files: Sequence[Attachment]

    @property
    def ids(self) -> list[int]:
        return [file.pk for file in self.files]


def earlier(request: HttpRequest, by: Actor) -> list[Attachment]:
    """The files that an earlier try of this form left in the person's own tray."""
    ids = {number for text in request.POST.getlist("kept") if (number := id_in(text))}
    return [file for file in queries.attached_to(by.subject) if file.pk in ids] if ids else []


def filled(request: HttpRequest, by: Actor, known: Sequence[Attachment]) -> Tray:
    """Those kept and those that come now. Raises what farol.files refuses: FileTooLarge, FileEmpty, TypeForbidden."""
    return Tray([*known, *(files.keep(by.subject, upload, by=by) for upload in request.FILES.getlist("attachments"))])
