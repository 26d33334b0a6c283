"""The tools approved for remote sessions (R-082)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from farol.catalog import queries
from farol.portal.door import Visit, contacts_only, page


@require_safe
@contacts_only
def tools(request: HttpRequest, visit: Visit) -> HttpResponse:
    """GET /ferramentas"""
    return page(request, visit, "portal/tools.html", here="tools", tools=queries.tools())
