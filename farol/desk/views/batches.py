"""One thing done to the selected tickets, its progress, its report, and taking it back."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from farol.desk.door import Visit, page, staff_only
from farol.desk.views.many import chosen_in, way_back
from farol.kernel.errors import FieldsRefused, gettext_noop
from farol.people import queries as people
from farol.tickets import actions
from farol.tickets import queries as tickets
from farol.tickets.models import Batch
from farol.tickets.queries import Progress
from farol.tickets.rules.batches import NothingChosen
from farol.ui import frame
from farol.ui.numbers import id_in

DROP = "ninguem"
WHERE_TO = gettext_noop("Escolha para quem ou para onde vão os chamados.")


@require_POST
@staff_only
def new(request: HttpRequest, visit: Visit) -> HttpResponse:
    """POST /mesa/lotes/novo: the selection, and what can be done with it."""
    chosen = chosen_in(request.POST.getlist("ticket"))
    if not chosen:
        raise NothingChosen
    return page(
        request,
        visit,
        "desk/batch_new.html",
        chosen=chosen,
        count=len(chosen),
        back=way_back(request),
        staff=people.staff(),
        areas=people.areas(),
    )


@require_POST
@staff_only
def create(request: HttpRequest, visit: Visit) -> HttpResponse:
    """POST /mesa/lotes"""
    batch = _begun(request, visit)
    return HttpResponseRedirect(reverse("desk:batch", args=[batch.pk]))


@require_safe
@staff_only
def batch(request: HttpRequest, visit: Visit, batch_id: int) -> HttpResponse:
    """GET /mesa/lotes/<id>"""
    progress = tickets.progress(batch_id, by=visit.by)
    if progress is None:
        raise Http404
    return page(request, visit, "desk/batch.html", progress=progress, title=_title(progress), report=_report(progress))


@require_POST
@staff_only
def undo(request: HttpRequest, visit: Visit, batch_id: int) -> HttpResponse:
    """POST /mesa/lotes/<id>/reversao"""
    undoing = actions.undo_batch(batch_id, by=visit.by, now=visit.now)
    return HttpResponseRedirect(reverse("desk:batch", args=[undoing.pk]))


def _begun(request: HttpRequest, visit: Visit) -> Batch:
    chosen = [(each.number, each.seen) for each in chosen_in(request.POST.getlist("ticket"))]
    if request.POST.get("verbo") == Batch.Verb.TRANSFER:
        wanted = id_in(request.POST.get("area", ""))
        area = next((area for area in people.areas() if area.pk == wanted), None)
        if area is None:
            raise FieldsRefused({"area": [WHERE_TO]})
        reason = frame.text_in(request, "motivo")
        return actions.transfer_many(chosen, area=area, reason=reason, by=visit.by, now=visit.now)
    to = request.POST.get("responsavel", "")
    person = people.staff().filter(pk=id_in(to) or 0).first()
    if person is None and to != DROP:
        raise FieldsRefused({"assignee": [WHERE_TO]})
    return actions.assign_many(chosen, to=person, by=visit.by, now=visit.now)


def _title(progress: Progress) -> str:
    batch = progress.batch
    if batch.verb == Batch.Verb.RESTORE:
        return _("Desfazer a ação em lote")
    if batch.area:
        return _("Transferir para {area}").format(area=batch.area.name)
    return _("Passar para {name}").format(name=batch.assignee.name) if batch.assignee else _("Devolver à fila")


def _report(progress: Progress) -> list[str]:
    """What became of the tickets, number by number."""
    said = [ngettext("{count} chamado mudado", "{count} chamados mudados", progress.done).format(count=progress.done)]
    if progress.unchanged:
        text = ngettext("{count} já estava assim", "{count} já estavam assim", progress.unchanged)
        said.append(text.format(count=progress.unchanged))
    if progress.refused:
        count = len(progress.refused)
        said.append(ngettext("{count} recusado", "{count} recusados", count).format(count=count))
    if progress.waiting:
        text = ngettext("{count} na espera", "{count} na espera", progress.waiting)
        said.append(text.format(count=progress.waiting))
    return said
