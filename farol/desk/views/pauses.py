"""A pause whose times were wrong: what the date would be, then the correction (R-064)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from farol.desk import changes, context, workspace
from farol.desk.changes import Change
from farol.desk.door import Visit, managers_only
from farol.desk.hour_forms import PauseForm
from farol.tickets import actions
from farol.tickets import queries as tickets
from farol.tickets.queries import Effect
from farol.ui import kept


@require_http_methods(["GET", "HEAD", "POST"])
@managers_only
def correction(request: HttpRequest, visit: Visit, number: int, window_id: int) -> HttpResponse:
    ticket = workspace.ticket_or_404(number, visit)
    windows = context.correctable(ticket, list(ticket.windows.all()), visit)
    window = next((window for window in windows if window.pk == window_id), None)
    if window is None:
        raise Http404
    form = PauseForm(request.POST or None, window=window, initial=kept.taken(request).dict())

    def effects() -> list[Effect]:
        told = form.cleaned_data
        effect = tickets.effect_of_pause(
            ticket, window_id, told["sent_at"], told["ended_at"], tickets.schedule_of(ticket)
        )
        return [effect] if effect.new != effect.old else []

    change = Change(
        title=_("Corrigir pausa do chamado {number}").format(number=ticket.pk),
        lead=_("O retorno é recalculado, e o histórico guarda o que estava escrito antes."),
        back_url=reverse("desk:ticket", args=[ticket.pk]),
        back=_("Voltar ao chamado"),
        done=lambda _ticket: _("Pausa corrigida."),
        do=lambda _recalculates: actions.correct_pause(window_id, **form.cleaned_data, by=visit.by, now=visit.now),
        effects=effects,
        here="",
    )
    return changes.answer(request, visit, form, change)
