"""A file given out: always as a download, never as a page of ours."""

from __future__ import annotations

from django.http import FileResponse, Http404

from farol.kernel.actor import Actor
from farol.tickets import queries as tickets


def download(file_id: int, *, by: Actor) -> FileResponse:
    """The file, if it exists for `by`; its type is not the browser's to guess. Raises Http404."""
    found = tickets.attachment(file_id, by=by)
    if found is None:
        raise Http404
    return FileResponse(
        found.content.open("rb"), as_attachment=True, filename=found.name, content_type="application/octet-stream"
    )
