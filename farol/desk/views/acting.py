"""Acting as a contact: whom, and why."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from farol.desk.door import Visit, allowed, page
from farol.people import queries as people
from farol.people.actions.acting import begin_acting
from farol.people.models import Person
from farol.people.rules.acting import ACTING
from farol.people.rules.staff import Right
from farol.ui import frame


class ActingForm(forms.Form):
    use_required_attribute = False
    email = forms.EmailField(
        label=gettext_lazy("E-mail do contato"),
        error_messages={
            "required": gettext_lazy("Escreva o e-mail do contato."),
            "invalid": gettext_lazy("Este e-mail não está completo. Confira se tem @ e o domínio."),
        },
    )
    reason = forms.CharField(
        label=gettext_lazy("Motivo"),
        required=False,
        max_length=400,
        help_text=gettext_lazy("Fica na trilha. O contato pode pedir para vê-lo."),
    )

    def clean_email(self) -> Person:
        found = people.person_by_email(self.cleaned_data["email"])
        if found is None or found.is_staff_member:
            raise forms.ValidationError(gettext_lazy("Nenhum contato ativo tem este e-mail."))
        return found


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(Right.ACT_AS)
def acting(request: HttpRequest, visit: Visit) -> HttpResponse:
    """/mesa/agir-por"""
    form = ActingForm(request.POST) if request.method == "POST" else ActingForm()
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        refusal = frame.attempt(lambda: _begin(request, visit, form))
        if refusal is None:
            return HttpResponseRedirect(reverse("portal:home"))
        frame.show_on(form, refusal)
        status = refusal.status
    return page(request, visit, "desk/acting.html", here="acting", form=form, status=status)


def _begin(request: HttpRequest, visit: Visit, form: ActingForm) -> None:
    contact, reason = form.cleaned_data["email"], form.cleaned_data["reason"]
    request.session[ACTING] = begin_acting(contact, reason=reason, by=visit.by, now=visit.now)
