"""GET /mesa/ui: every piece in every state, with invented facts."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from farol.ui.showroom import scene


@login_not_required
@require_safe
def showroom(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/showroom.html", scene())
