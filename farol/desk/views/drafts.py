"""A message half written in the composer of the desk."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from farol.desk.door import Visit, staff_only
from farol.tickets import actions
from farol.ui import unsent


@require_POST
@staff_only
def keep(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """POST /mesa/chamados/118402/rascunho"""
    return unsent.keep(request, number, by=visit.by, now=visit.now)


@require_POST
@staff_only
def discard(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """POST /mesa/chamados/118402/rascunho/descarte"""
    actions.discard_words(number, by=visit.by)
    messages.success(request, _("Rascunho descartado."))
    return HttpResponseRedirect(reverse("desk:ticket", args=[number]))
