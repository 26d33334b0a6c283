"""A file of a ticket, for whoever may see it; always as a download, never as a page of ours."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from farol.desk.door import Visit, staff_only
from farol.tickets import queries as tickets


@require_safe
@staff_only
def file(request: HttpRequest, visit: Visit, file_id: int) -> FileResponse:
    found = tickets.attachment(file_id, by=visit.by)
    if found is None:
        raise Http404
    return FileResponse(
        found.content.open("rb"), as_attachment=True, filename=found.name, content_type="application/octet-stream"
    )
