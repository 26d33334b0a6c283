"""How a text will look before it is sent, and a file to look at."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_POST, require_safe

from farol.portal.door import Visit, contacts_only
from farol.tickets import actions
from farol.ui import download
from farol.ui import preview as shown


@require_POST
@contacts_only
def preview(request: HttpRequest, visit: Visit) -> HttpResponse:
    return shown.preview(request)


@require_safe
@contacts_only
def file(request: HttpRequest, visit: Visit, file_id: int) -> HttpResponseBase:
    """GET /arquivos/7/ver: whoever looks at a quote's document has opened it (R-193)."""
    answer = download.preview(file_id, by=visit.by)
    if request.method == "GET":
        actions.open_document(file_id, by=visit.by, now=visit.now)
    return answer
