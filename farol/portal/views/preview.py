"""How a text will look, before it is sent."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from farol.portal.door import Visit, contacts_only
from farol.ui import preview as shown


@require_POST
@contacts_only
def preview(request: HttpRequest, visit: Visit) -> HttpResponse:
    return shown.preview(request)
