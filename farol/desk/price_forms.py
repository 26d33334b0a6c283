"""What is asked of whoever announces a price or keeps an office."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from farol.contracts.rules.prices import Price, Sold, Unit
from farol.people.models import Office

SERVICES = {
    Sold.CONSULTING: gettext_lazy("Consultoria"),
    Sold.EMERGENCY: gettext_lazy("Atendimento emergencial"),
    Sold.PREPARATION: gettext_lazy("Preparo do ambiente"),
}
UNITS = {Unit.MINUTE: gettext_lazy("Por minuto"), Unit.HOUR: gettext_lazy("Por hora")}
STATES = (
    *("AC", "AL", "AM", "AP", "BA", "CE", "DF", "ES", "GO", "MA", "MG", "MS", "MT", "PA"),
    *("PB", "PE", "PI", "PR", "RJ", "RN", "RO", "RR", "RS", "SC", "SE", "SP", "TO"),
)
KINDS = {Office.Kind.UNIT: gettext_lazy("Unidade própria"), Office.Kind.FRANCHISE: gettext_lazy("Franquia")}
NUMBER = {"invalid": gettext_lazy("Escreva um número.")}


class PriceForm(forms.Form):
    """A price in reais, from a day on."""

    use_required_attribute = False

    service = forms.ChoiceField(label=gettext_lazy("Serviço"), choices=SERVICES.items())
    rate = forms.DecimalField(
        label=gettext_lazy("Preço em reais"),
        min_value=Decimal("0.01"),
        max_value=Decimal("1000000"),
        decimal_places=2,
        localize=True,
        error_messages={"required": gettext_lazy("Diga o preço."), **NUMBER},
    )
    unit = forms.ChoiceField(label=gettext_lazy("Unidade"), choices=UNITS.items())
    minimum_minutes = forms.IntegerField(label=gettext_lazy("Mínimo, em minutos"), initial=0, error_messages=NUMBER)
    round_up_to = forms.IntegerField(
        label=gettext_lazy("Arredondar para cima, em passos de minutos"), initial=1, error_messages=NUMBER
    )
    valid_from = forms.DateField(
        label=gettext_lazy("Vale a partir de"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Diga desde quando."),
            "invalid": gettext_lazy("Esta data não existe."),
        },
    )

    def price(self) -> Price:
        told = self.cleaned_data
        return Price(
            Sold(told["service"]),
            Unit(told["unit"]),
            int(told["rate"] * 100),
            minimum_minutes=told["minimum_minutes"],
            round_up_to=told["round_up_to"],
        )


class OfficeForm(forms.Form):
    use_required_attribute = False

    name = forms.CharField(
        label=gettext_lazy("Nome"), max_length=80, error_messages={"required": gettext_lazy("Diga o nome.")}
    )
    kind = forms.ChoiceField(label=gettext_lazy("Tipo"), choices=KINDS.items())
    telephone = forms.CharField(label=gettext_lazy("Telefone"), max_length=30, required=False)
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        required=False,
        error_messages={"invalid": gettext_lazy("Este e-mail não existe.")},
    )
    states = forms.MultipleChoiceField(
        label=gettext_lazy("Estados"),
        choices=[(state, state) for state in STATES],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Escolha ao menos um estado.")},
    )

    @classmethod
    def of(cls, office: Office | None) -> OfficeForm:
        facts: dict[str, Any] = {name: getattr(office, name) for name in cls.base_fields} if office else {}
        return cls(initial=facts)
