"""A file of a ticket, for whoever may see it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from farol.desk.door import Visit, allowed
from farol.people.rules.staff import Right
from farol.ui.download import download, preview


@require_safe
@allowed(Right.READ)
def file(request: HttpRequest, visit: Visit, file_id: int) -> HttpResponseBase:
    """GET /mesa/arquivos/7"""
    return download(request, file_id, by=visit.by)


@require_safe
@allowed(Right.READ)
def look(request: HttpRequest, visit: Visit, file_id: int) -> HttpResponseBase:
    """GET /mesa/arquivos/7/ver"""
    return preview(file_id, by=visit.by)
