"""Files, before and after they hang on a ticket."""

from __future__ import annotations

from django.http import FileResponse
from ninja import File, Router, Status
from ninja.files import UploadedFile

from farol.api import answers, shapes
from farol.api.callers import Request
from farol.api.problems import NotFound
from farol.api.views.found import Number
from farol.files import actions as files
from farol.tickets import queries

router = Router(tags=["attachments"])


@router.post("/attachments", response={201: answers.Attachment}, summary="Upload a file")
def upload(request: Request, file: File[UploadedFile]) -> Status[answers.Attachment]:
    """The `id` is then given in `attachments` of a ticket, message or solution. It is yours alone until then."""
    by = request.auth.by
    return Status(201, shapes.attachment(files.keep(by.subject, file, by=by)))


@router.get("/attachments/{int:number}", summary="Download a file")
def download(request: Request, number: Number) -> FileResponse:
    found = queries.attachment(number, by=request.auth.by)
    if found is None:
        raise NotFound
    response = FileResponse(
        found.content.open("rb"), as_attachment=True, filename=found.name, content_type=found.content_type
    )
    response["Content-Length"] = str(found.size)
    return response
