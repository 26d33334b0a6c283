"""How a text will look, before it is sent."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from farol.tickets.rules.opening import MAX_TEXT
from farol.ui.prose import prose


def preview(request: HttpRequest) -> HttpResponse:
    """The text of the form as pages show it; a piece of a page."""
    return HttpResponse(prose(request.POST.get("body", "").replace("\x00", "")[:MAX_TEXT]))
