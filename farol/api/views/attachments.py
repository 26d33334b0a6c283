"""Files, before and after they hang on a ticket."""

from __future__ import annotations

from django.http.response import HttpResponseBase
from ninja import File, Router, Status
from ninja.files import UploadedFile

from farol.api import answers, shapes
from farol.api.callers import Request
from farol.api.problems import NotFound
from farol.api.views.found import Number
from farol.files import actions as files
from farol.files.rules import refuse_unchecked
from farol.tickets import actions, queries
from farol.ui.download import given

router = Router(tags=["attachments"])


@router.post("/attachments", response={201: answers.Attachment}, summary="Upload a file")
def upload(request: Request, file: File[UploadedFile]) -> Status[answers.Attachment]:
    """The `id` is then given in `attachments` of a ticket, message or solution. It is yours alone until then,
    and deleted if nothing uses it for a month (as the house has it set).
    """
    by = request.auth.by
    return Status(201, shapes.attachment(files.keep(by.subject, file, by=by)))


@router.get("/attachments/{int:number}", summary="Download a file")
def download(request: Request, number: Number) -> HttpResponseBase:
    """`Range` gives one part of it (206), with `If-Range` only if it is still the same file.

    Whoever gets a quote's document has opened it (R-193).
    """
    found = queries.attachment(number, by=request.auth.by)
    if found:
        refuse_unchecked(found.verdict, found.name)
    actions.open_document(number, by=request.auth.by, now=request.auth.now)
    if found is None:
        raise NotFound
    return given(request, found, content_type=found.content_type)
