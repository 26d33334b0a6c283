"""What is asked in the dialogs of the two flows of service: triage, charges, causes."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from farol.contracts import queries as contracts
from farol.contracts.rules.prices import PriceMissing, Sold
from farol.desk.forms import Act, SayingForm
from farol.tickets.rules.charges import Responsibility
from farol.tickets.rules.windows import day_of
from farol.ui import frame, prices
from farol.ui.choices import Choice

YES_NO = [("yes", gettext_lazy("Sim")), ("no", gettext_lazy("Não"))]
ANSWER = {"required": gettext_lazy("Responda sim ou não.")}


class TriageForm(Act):
    """The two questions of the flow (R-056)."""

    is_right_area = forms.ChoiceField(
        label=gettext_lazy("Está na área certa?"), widget=forms.RadioSelect, choices=YES_NO, error_messages=ANSWER
    )
    is_question = forms.ChoiceField(
        label=gettext_lazy("É dúvida?"), widget=forms.RadioSelect, choices=YES_NO, error_messages=ANSWER
    )

    def clean_is_right_area(self) -> bool:
        return bool(self.cleaned_data["is_right_area"] == "yes")

    def clean_is_question(self) -> bool:
        return bool(self.cleaned_data["is_question"] == "yes")


class ChargeForm(SayingForm):
    """Which service is charged, at the price in force, and on what condition (R-090)."""

    service = forms.ChoiceField(
        label=gettext_lazy("Serviço e preço"),
        widget=forms.RadioSelect,
        required=False,
    )
    is_conditional = forms.BooleanField(label=gettext_lazy("Só cobrar se a causa não for nossa"), required=False)
    field_order = ["service", "body", "is_conditional"]

    def prepare(self) -> None:
        self.fields["body"].label = _("O que será feito e por que é cobrado")
        found = contracts.prices_in_force(day_of(self.visit.now))
        language = self.visit.language
        choices = [
            (service.value, Choice(_(prices.SERVICES[service]), prices.conditions(price, language=language)))
            for service, price in found.items()
            if service is not Sold.PREPARATION
        ]
        self.fields["service"].choices = choices  # type: ignore[attr-defined]
        self.initial = {"service": Sold.CONSULTING.value, **self.initial}

    def clean(self) -> None:
        if not self.fields["service"].choices:  # type: ignore[attr-defined]
            self.add_error(None, frame.in_one_line(PriceMissing()))

    def clean_service(self) -> Sold:
        return Sold(self.cleaned_data["service"] or Sold.CONSULTING)


class ResponsibilityForm(Act):
    """Whose the cause was (R-081)."""

    responsibility = forms.ChoiceField(
        label=gettext_lazy("De quem é a causa"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Escolha de quem é a causa.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("O que mostrou a causa"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )

    def prepare(self) -> None:
        hints = {
            Responsibility.VENDOR: _("Nada é cobrado do cliente."),
            Responsibility.CUSTOMER: _("As horas autorizadas são cobradas."),
            Responsibility.THIRD_PARTY: _("As horas autorizadas são cobradas."),
        }
        labels = {
            Responsibility.VENDOR: _("Nossa"),
            Responsibility.CUSTOMER: _("Do cliente"),
            Responsibility.THIRD_PARTY: _("De terceiros"),
        }
        self.fields["responsibility"].choices = [(who.value, Choice(labels[who], hints[who])) for who in Responsibility]  # type: ignore[attr-defined]

    def clean_responsibility(self) -> Responsibility:
        return Responsibility(self.cleaned_data["responsibility"])
