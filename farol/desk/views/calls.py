"""Calls on the desk: the one that rings, the list of today's, and what is asked and said in one."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from farol.desk import call_banner
from farol.desk.call_words import spoken, spoken_hop
from farol.desk.door import Visit, page, staff_only
from farol.desk.opening import CallForm
from farol.phone import actions, queries
from farol.phone.actions import desk as acts
from farol.phone.actions import recordings
from farol.phone.models import Call, Tape
from farol.phone.queries import desk
from farol.tickets import actions as tickets
from farol.tickets.models import Ticket
from farol.tickets.rules.severity import Reason
from farol.tickets.rules.windows import day_of, start_of
from farol.ui import frame, words
from farol.ui.numbers import id_in

DAYS_BACK = 7


@require_safe
@staff_only
def at_hand(request: HttpRequest, visit: Visit) -> HttpResponse:
    """GET /mesa/ligacao: the banner of the call that rings at the reader, or nothing."""
    answer = HttpResponse(call_banner.of(visit.person, now=visit.now, csrf_token=get_token(request)))
    answer["Cache-Control"] = "no-store"
    return answer


@require_safe
@staff_only
def calls(request: HttpRequest, visit: Visit) -> HttpResponse:
    """GET /mesa/chamadas: those that go on, then the ended ones of the last days."""
    since = start_of(day_of(visit.now)) - timedelta(days=DAYS_BACK)
    ended = desk.calls_today(since, before=id_in(request.GET.get("antes", "")) or 0, limit=desk.SHOWN + 1)
    return page(
        request,
        visit,
        "desk/calls.html",
        here="calls",
        going_on=[spoken(call, now=visit.now) for call in queries.calls_going_on()[: desk.SHOWN]],
        ended=[spoken(call, now=visit.now) for call in ended[: desk.SHOWN]],
        next=ended[desk.SHOWN - 1].pk if len(ended) > desk.SHOWN else 0,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def call(request: HttpRequest, visit: Visit, call_id: int) -> HttpResponse:
    """/mesa/chamadas/7: who it is, what to ask and what to say; POST answers the portal's questions for the caller."""
    found = _call_or_404(call_id)
    asks = found.ticket and Reason.UNANSWERED in found.ticket.reasons and not found.ticket.is_closed
    if not asks or found.ticket is None:
        return _shown(request, visit, found, None)
    form = CallForm(
        request.POST if request.method == "POST" else None,
        organization=found.ticket.organization,
        on=day_of(visit.now),
    )
    if form.is_bound and form.is_valid():
        ticket: list[Ticket] = []
        number = found.ticket.pk
        told = {key: form.cleaned_data[key] for key in ("subject", "description")}
        refusal = frame.attempt(
            lambda: ticket.append(
                tickets.answer_impact(number, impact=form.impact, by=visit.by, now=visit.now, **_told(told))
            )
        )
        if refusal is None:
            due = words.when(ticket[0].due_at, now=visit.now, language=visit.language)
            messages.success(request, _("Diga ao cliente: chamado {number}, {date}.").format(number=number, date=due))
            return HttpResponseRedirect(reverse("desk:call", args=[call_id]))
        frame.show_on(form, refusal)
    return _shown(request, visit, found, form, status=422 if form.is_bound else 200)


@require_POST
@staff_only
def answer(request: HttpRequest, visit: Visit, call_id: int) -> HttpResponse:
    """POST /mesa/chamadas/7/atendimento"""
    acts.answer_call(call_id, person=visit.person, by=visit.by, now=visit.now)
    return HttpResponseRedirect(reverse("desk:call", args=[call_id]))


@require_POST
@staff_only
def passing(request: HttpRequest, visit: Visit, call_id: int) -> HttpResponse:
    """POST /mesa/chamadas/7/repasse"""
    acts.pass_on(call_id, person=visit.person)
    messages.success(request, _("A ligação toca para outra pessoa."))
    return HttpResponseRedirect(reverse("desk:calls"))


@require_POST
@staff_only
def hold(request: HttpRequest, visit: Visit, call_id: int) -> HttpResponse:
    """POST /mesa/chamadas/7/espera"""
    acts.hold_call(call_id, person=visit.person, now=visit.now)
    return HttpResponseRedirect(reverse("desk:call", args=[call_id]))


@require_POST
@staff_only
def end(request: HttpRequest, visit: Visit, call_id: int) -> HttpResponse:
    """POST /mesa/chamadas/7/encerramento"""
    ended = acts.hang_up(call_id, person=visit.person, now=visit.now)
    messages.success(request, _("Ligação encerrada."))
    place = reverse("desk:ticket", args=[ended.ticket_id]) if ended.ticket_id else reverse("desk:call", args=[call_id])
    return HttpResponseRedirect(place)


@require_POST
@staff_only
def called_back(request: HttpRequest, visit: Visit, call_back_id: int) -> HttpResponse:
    """POST /mesa/retornos/7/conclusao (R-237)"""
    if not queries.call_backs_waiting().filter(pk=call_back_id).exists():
        raise Http404
    outcome = request.POST.get("outcome", "").replace("\x00", "")
    actions.finish_call_back(call_back_id, outcome=outcome or _("Retorno feito."), by=visit.by, now=visit.now)
    messages.success(request, _("Retorno concluído."))
    return HttpResponseRedirect(reverse("desk:tasks"))


@require_safe
@staff_only
def tape(request: HttpRequest, visit: Visit, call_id: int) -> HttpResponse:
    """GET /mesa/chamadas/7/gravacao: each listening is on the trail (R-092)."""
    found, content = recordings.listen(_tape_or_404(call_id).pk, person=visit.person, by=visit.by)
    answer = HttpResponse(content, content_type=found.media_type)
    answer["Cache-Control"] = "no-store"
    answer["Content-Disposition"] = f'inline; filename="{found.name}"'
    return answer


@require_POST
@staff_only
def tape_request(request: HttpRequest, visit: Visit, call_id: int) -> HttpResponse:
    """POST /mesa/chamadas/7/gravacao/pedido"""
    found = _call_or_404(call_id)
    if found.person is None:
        raise Http404
    recordings.ask_for_recording(found, asker=found.person, by=visit.by, now=visit.now)
    messages.success(request, _("Pedido registrado: o CST confere a identidade e entrega."))
    return HttpResponseRedirect(reverse("desk:call", args=[call_id]))


@require_POST
@staff_only
def tape_delivery(request: HttpRequest, visit: Visit, call_id: int) -> HttpResponse:
    """POST /mesa/chamadas/7/gravacao/entrega"""
    found, how = _call_or_404(call_id), request.POST.get("how", "").replace("\x00", "").strip()
    if found.person is None or not how:
        messages.error(request, _("Diga como a identidade foi conferida."))
        return HttpResponseRedirect(reverse("desk:call", args=[call_id]))
    recordings.deliver(_tape_or_404(call_id).pk, to=found.person, how=how, by=visit.by, now=visit.now)
    messages.success(request, _("Entrega registrada."))
    return HttpResponseRedirect(reverse("desk:call", args=[call_id]))


def _tape_or_404(call_id: int) -> Tape:
    found = queries.tape_of(call_id)
    if found is None:
        raise Http404
    return found


def _told(told: dict[str, str]) -> dict[str, str]:
    """Nothing written down leaves the ticket's words as they are."""
    return told if any(text.strip() for text in told.values()) else {}


def _call_or_404(call_id: int) -> Call:
    found = queries.call(call_id)
    if found is None:
        raise Http404
    return found


def _shown(
    request: HttpRequest, visit: Visit, found: Call, form: CallForm | None, *, status: int = 200
) -> HttpResponse:
    return page(
        request,
        visit,
        "desk/call.html",
        here="calls",
        status=status,
        call=spoken(found, now=visit.now),
        ticket=found.ticket,
        form=form,
        tape=queries.tape_of(found.pk),
        steps=queries.steps_of(found),
        hops=[spoken_hop(hop, is_over=bool(found.ended_at)) for hop in queries.hops_of(found)],
    )
