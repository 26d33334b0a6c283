"""A file given out: always as a download, never as a page of ours; all of it, or the part that is still missing."""

from __future__ import annotations

from http import HTTPStatus

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase

from farol.files.models import Attachment
from farol.files.queries import content_of
from farol.files.rules import part
from farol.kernel.actor import Actor
from farol.tickets import queries as tickets

UNKNOWN = "application/octet-stream"


def download(request: HttpRequest, file_id: int, *, by: Actor) -> HttpResponseBase:
    """The file, if it exists for `by`; its type is not the browser's to guess. Raises Http404."""
    found = tickets.attachment(file_id, by=by)
    if found is None:
        raise Http404
    return given(request, found)


def given(request: HttpRequest, file: Attachment, *, content_type: str = UNKNOWN) -> HttpResponseBase:
    """The file as an answer: whole, the one range that was asked for, or 416 when that lies behind its end."""
    tag = f'"{file.sha256}"'
    wanted = _wanted(request, tag, file.size)
    if wanted is not None and not wanted:
        return HttpResponse(
            status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers={"Content-Range": f"bytes */{file.size}"}
        )
    content = file.content.open("rb") if wanted is None else content_of(file, wanted)
    response = FileResponse(content, as_attachment=True, filename=file.name, content_type=content_type)
    response["Content-Length"] = str(file.size if wanted is None else len(wanted))
    response["Accept-Ranges"], response["ETag"] = "bytes", tag
    if wanted is not None:
        response.status_code = HTTPStatus.PARTIAL_CONTENT
        response["Content-Range"] = f"bytes {wanted.start}-{wanted.stop - 1}/{file.size}"
    return response


def _wanted(request: HttpRequest, tag: str, size: int) -> range | None:
    """A part is given of the file that the reader began with, never of another."""
    if request.method != "GET" or request.headers.get("If-Range", tag) != tag:
        return None
    return part(request.headers.get("Range", ""), size=size)
