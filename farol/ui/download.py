"""A file given out: always as a download, never as a page of ours; all of it, or the part that is still missing."""

from __future__ import annotations

from http import HTTPStatus

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase

from farol.files.models import Attachment
from farol.files.queries import content_of
from farol.files.rules import part, refuse_unchecked, shown_as
from farol.kernel.actor import Actor
from farol.tickets import queries as tickets

UNKNOWN = "application/octet-stream"
LONGEST_SHOWN = 20 * 1024 * 1024
SHUT = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; sandbox; frame-ancestors 'none'"
PDF_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
"""A browser's own viewer of PDF does not start in a sandbox; it is one."""


def download(request: HttpRequest, file_id: int, *, by: Actor) -> HttpResponseBase:
    """The file, if it exists for `by`; its type is not the browser's to guess. Raises Http404."""
    found = tickets.attachment(file_id, by=by)
    if found is None:
        raise Http404
    return given(request, found)


def given(request: HttpRequest, file: Attachment, *, content_type: str = UNKNOWN) -> HttpResponseBase:
    """The file as an answer: whole, the one range that was asked for, or 416 when that lies behind its end.

    Raises FileHeld or FileInfected while the scanner has not let it go.
    """
    refuse_unchecked(file.verdict, file.name)
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


def preview(file_id: int, *, by: Actor) -> HttpResponseBase:
    """An image, a PDF or a text to look at: never as a page of ours, never running, whatever it says it is.

    What the name promises and the content does not keep is not shown. Raises Http404, FileHeld.
    """
    found = tickets.attachment(file_id, by=by)
    if found is None or found.size > LONGEST_SHOWN:
        raise Http404
    refuse_unchecked(found.verdict, found.name)
    content = found.content.open("rb")
    kind = shown_as(found.content_type, content.read(16))
    if not kind:
        content.close()
        raise Http404
    content.seek(0)
    as_type = "text/plain; charset=utf-8" if kind == "text" else found.content_type
    response = FileResponse(content, as_attachment=False, filename=found.name, content_type=as_type)
    response["Content-Security-Policy"] = PDF_POLICY if kind == "pdf" else SHUT
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _wanted(request: HttpRequest, tag: str, size: int) -> range | None:
    """A part is given of the file that the reader began with, never of another."""
    if request.method != "GET" or request.headers.get("If-Range", tag) != tag:
        return None
    return part(request.headers.get("Range", ""), size=size)
