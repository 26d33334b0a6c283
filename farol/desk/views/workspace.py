"""The workspace of one ticket."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from farol.desk.door import Visit, staff_only


@require_safe
@staff_only
def ticket(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    raise Http404
