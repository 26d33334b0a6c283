"""Webhooks: which programs are told what, and whether it arrived."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from django.views.decorators.http import require_http_methods, require_POST

from farol.automation import actions, queries
from farol.automation.models import Delivery, Hook
from farol.automation.rules.matching import EVENTS, Event
from farol.desk.door import Visit, managers_only, page
from farol.ui import frame

STATES = {
    Delivery.State.QUEUED: gettext_noop("Esperando"),
    Delivery.State.SENT: gettext_noop("Entregue"),
    Delivery.State.FAILED: gettext_noop("Desistimos"),
}


class HookForm(forms.Form):
    use_required_attribute = False
    name = forms.CharField(label=gettext_lazy("Nome"), required=False)
    url = forms.CharField(
        label=gettext_lazy("Endereço"), help_text=gettext_lazy("Recebe um POST assinado, em JSON."), required=False
    )
    events = forms.MultipleChoiceField(
        label=gettext_lazy("Avisar quando"), widget=forms.CheckboxSelectMultiple, required=False
    )
    is_active = forms.BooleanField(label=gettext_lazy("Ligado"), required=False, initial=True)

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        choices = [(event.value, _(words)) for event, words in EVENTS.items()]
        self.fields["events"].choices = choices  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
@managers_only
def hook(request: HttpRequest, visit: Visit, hook_id: int | None = None) -> HttpResponse:
    """/mesa/automacao/webhooks/novo, /mesa/automacao/webhooks/7"""
    found = _found(hook_id) if hook_id is not None else None
    if request.method != "POST":
        start = {name: getattr(found, name) for name in HookForm.base_fields if name != "seen"} if found else {}
        start |= {"seen": found.changed_at.isoformat()} if found else {}
        return _asked(request, visit, found, HookForm(initial=start))
    form = HookForm(request.POST)
    if not form.is_valid():
        return _asked(request, visit, found, form, status=422)
    written: list[Hook] = []
    refusal = frame.attempt(
        lambda: written.append(actions.write_hook(hook_id, **form.cleaned_data, by=visit.by, now=visit.now))
    )
    if refusal:
        frame.show_on(form, refusal)
        return _asked(request, visit, found, form, status=refusal.status)
    messages.success(request, _("Webhook guardado."))
    return _back(written[0].pk)


@require_POST
@managers_only
def trial(request: HttpRequest, visit: Visit, hook_id: int) -> HttpResponse:
    """POST /mesa/automacao/webhooks/7/teste"""
    _found(hook_id)
    actions.try_hook(hook_id, by=visit.by, now=visit.now)
    messages.success(request, _("Teste na fila. O resultado aparece nas entregas."))
    return _back(hook_id)


@require_POST
@managers_only
def repetition(request: HttpRequest, visit: Visit, hook_id: int, delivery_id: int) -> HttpResponse:
    """POST /mesa/automacao/webhooks/7/entregas/9/repeticao"""
    found = _found(hook_id)
    if not queries.deliveries_of(found).filter(pk=delivery_id).exists():
        raise Http404
    actions.send_again(delivery_id, by=visit.by, now=visit.now)
    messages.success(request, _("A entrega está na fila outra vez."))
    return _back(hook_id)


def _found(hook_id: int) -> Hook:
    found = queries.hook(hook_id)
    if found is None:
        raise Http404
    return found


def _back(hook_id: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("desk:hook", args=[hook_id]))


def _asked(
    request: HttpRequest, visit: Visit, found: Hook | None, form: HookForm, *, status: int = 200
) -> HttpResponse:
    told = queries.deliveries_of(found)[: queries.SHOWN] if found else []
    return page(
        request,
        visit,
        "desk/hook.html",
        here="automation",
        status=status,
        hook=found,
        form=form,
        deliveries=[
            (one, _(EVENTS[Event(one.event)]) if one.entry_id else _("Teste"), _(STATES[Delivery.State(one.state)]))
            for one in told
        ],
    )
