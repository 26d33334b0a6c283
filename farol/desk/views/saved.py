"""Keeping a search under a name, and forgetting it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from farol.desk import finding
from farol.desk.door import Visit, staff_only
from farol.people import queries as people
from farol.tickets import actions
from farol.ui.numbers import id_in


@require_POST
@staff_only
def save(request: HttpRequest, visit: Visit) -> HttpResponse:
    """POST /mesa/buscas"""
    query = finding.said(QueryDict(request.POST.get("busca", "")[:4_000]))
    wanted = id_in(request.POST.get("area", ""))
    area = next((area for area in people.areas() if area.pk == wanted), None)
    view = actions.save_view(name=request.POST.get("nome", ""), query=query, area=area, by=visit.by, now=visit.now)
    messages.success(request, _("Busca “{name}” salva.").format(name=view.name))
    return _back(view.query)


@require_POST
@staff_only
def remove(request: HttpRequest, visit: Visit, view_id: int) -> HttpResponse:
    """POST /mesa/buscas/<id>/remocao"""
    name = actions.remove_view(view_id, by=visit.by)
    messages.success(request, _("Busca “{name}” removida.").format(name=name))
    return _back("")


def _back(query: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('desk:search')}?{query}" if query else reverse("desk:search"))
