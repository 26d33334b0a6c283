"""The timer of a ticket's page, and the correction of time that was logged (R-054)."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from farol.desk.door import Visit, page, staff_only
from farol.desk.forms import WorkCorrectionForm
from farol.desk.workspace import ticket_or_404
from farol.tickets import actions
from farol.tickets import queries as tickets
from farol.tickets.models import Ticket, WorkEntry
from farol.ui import frame
from farol.ui.numbers import id_in


@require_POST
@staff_only
def timer(request: HttpRequest, visit: Visit, number: int) -> JsonResponse:
    """POST /mesa/chamados/118402/cronometro: the seconds counted since the last time, and the sum in return."""
    counted = id_in(request.POST.get("seconds", "")) or 0
    return JsonResponse({"seconds": actions.count_time(number, counted, by=visit.by, now=visit.now).seconds})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def correction(request: HttpRequest, visit: Visit, number: int, entry_id: int) -> HttpResponse:
    """/mesa/chamados/118402/apontamentos/31"""
    ticket = ticket_or_404(number, visit)
    entry = tickets.work_log(ticket).filter(pk=entry_id).first()
    if entry is None:
        raise Http404
    if request.method != "POST":
        form = WorkCorrectionForm(ticket=ticket, visit=visit, initial=_as_it_stands(entry))
        return _asked(request, visit, ticket, entry, form)
    form = WorkCorrectionForm(request.POST, ticket=ticket, visit=visit)
    if not form.is_valid():
        return _asked(request, visit, ticket, entry, form, status=422)
    refusal = frame.attempt(lambda: _correct(ticket, entry, form, visit))
    if refusal:
        frame.show_on(form, refusal)
        return _asked(request, visit, ticket, entry, form, status=refusal.status)
    messages.success(request, _("Apontamento corrigido."))
    address = reverse("desk:ticket", args=[number])
    return HttpResponseClientRedirect(address) if request.htmx else HttpResponseRedirect(address)  # type: ignore[attr-defined]


def _correct(ticket: Ticket, entry: WorkEntry, form: WorkCorrectionForm, visit: Visit) -> object:
    facts = dict(form.cleaned_data)
    if facts.pop("withdraws"):
        return actions.withdraw_work(ticket.pk, entry.pk, why=facts["why"], by=visit.by, now=visit.now)
    return actions.correct_work(ticket.pk, entry.pk, **facts, by=visit.by, now=visit.now)


def _as_it_stands(entry: WorkEntry) -> dict[str, object]:
    return {name: getattr(entry, name) for name in ("started_at", "ended_at", "activity", "is_billable", "reason")}


def _asked(
    request: HttpRequest, visit: Visit, ticket: Ticket, entry: WorkEntry, form: WorkCorrectionForm, *, status: int = 200
) -> HttpResponse:
    return page(
        request,
        visit,
        "desk/work_correction.html",
        status=status,
        ticket=ticket,
        form=form,
        here_url=reverse("desk:work_correction", args=[ticket.pk, entry.pk]),
        ticket_url=reverse("desk:ticket", args=[ticket.pk]),
    )
