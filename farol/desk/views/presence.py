"""Whether one takes calls now, on which extension, or why not."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from farol.desk.door import Visit, page, staff_only
from farol.people.actions import presence as people
from farol.people.rules.presence import PauseReason, Presence
from farol.phone.actions.sharing import share_out
from farol.ui import frame

CHOICES = [
    (Presence.AVAILABLE.value, gettext_lazy("Disponível")),
    (Presence.PAUSED.value, gettext_lazy("Pausa")),
    (Presence.OFF.value, gettext_lazy("Fora do telefone")),
]


class PresenceForm(forms.Form):
    use_required_attribute = False
    presence = forms.TypedChoiceField(
        label=gettext_lazy("Agora"), choices=CHOICES, coerce=Presence, widget=forms.RadioSelect
    )
    reason = forms.TypedChoiceField(
        label=gettext_lazy("Motivo da pausa"), coerce=PauseReason, required=False, empty_value=None
    )
    extension = forms.CharField(
        label=gettext_lazy("Seu ramal"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("Como a central o conhece, por exemplo PJSIP/2001."),
    )

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["reason"].choices = [("", _("Sem motivo")), *((each.value, _(each.words)) for each in PauseReason)]  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def presence(request: HttpRequest, visit: Visit) -> HttpResponse:
    """/mesa/presenca"""
    person = visit.person
    told = {"presence": person.presence, "reason": person.pause_reason, "extension": person.extension}
    form = PresenceForm(request.POST) if request.method == "POST" else PresenceForm(initial=told)
    if form.is_bound and form.is_valid():
        refusal = frame.attempt(lambda: _change(form, visit))
        if refusal is None:
            messages.success(request, _SAID[form.cleaned_data["presence"]]())
            return HttpResponseRedirect(reverse("desk:presence"))
        form.add_error("extension", frame.in_one_line(refusal))
    return page(request, visit, "desk/presence.html", here="presence", form=form, status=422 if form.is_bound else 200)


def _change(form: PresenceForm, visit: Visit) -> None:
    facts = form.cleaned_data
    people.choose_extension(visit.person, facts["extension"])
    people.set_presence(visit.person.pk, facts["presence"], reason=facts["reason"], by=visit.by, now=visit.now)
    share_out()


_SAID = {
    Presence.AVAILABLE: lambda: _("Você está disponível para atender."),
    Presence.PAUSED: lambda: _("Você está em pausa. Nenhuma ligação toca aqui."),
    Presence.OFF: lambda: _("Você está fora do telefone."),
}
