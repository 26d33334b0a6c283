"""What the CST fills in: a file of titles, an agreement, the terms for everybody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from farol.billing.models import Title
from farol.billing.rules.settling import MOST_GRACE
from farol.ui import prices, words


class SheetForm(forms.Form):
    use_required_attribute = False
    sheet = forms.FileField(
        label=gettext_lazy("Arquivo de títulos"),
        help_text=gettext_lazy("CSV com as colunas cnpj, numero, vencimento, valor e, se houver, situacao."),
        error_messages={
            "required": gettext_lazy("Escolha o arquivo."),
            "empty": gettext_lazy("O arquivo está vazio."),
        },
    )


class AgreementForm(forms.Form):
    """`open_titles` are what the customer owes; all are offered, those overdue chosen."""

    use_required_attribute = False
    titles = forms.MultipleChoiceField(
        label=gettext_lazy("Títulos do acordo"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    valid_until = forms.DateField(
        label=gettext_lazy("Vale até"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Diga até que dia o acordo vale."),
            "invalid": gettext_lazy("Diga até que dia o acordo vale."),
        },
    )
    terms = forms.CharField(
        label=gettext_lazy("O que foi combinado"),
        max_length=500,
        required=False,
        widget=forms.TextInput,
    )

    def __init__(self, *args: Any, open_titles: Sequence[Title], language: str, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["titles"].choices = [(str(title.pk), _named(title, language)) for title in open_titles]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> list[int]:
        return [int(key) for key in self.cleaned_data["titles"]]


class TermsForm(forms.Form):
    use_required_attribute = False
    grace_days = forms.IntegerField(
        label=gettext_lazy("Dias de carência depois do vencimento"),
        min_value=0,
        max_value=MOST_GRACE,
        error_messages={
            "required": gettext_lazy("Diga quantos dias."),
            "invalid": gettext_lazy("Diga quantos dias."),
            "min_value": gettext_lazy("Diga quantos dias, de zero a um ano."),
            "max_value": gettext_lazy("Diga quantos dias, de zero a um ano."),
        },
    )
    extends_windows = forms.BooleanField(
        label=gettext_lazy("Devolver aos prazos de aceite os dias de bloqueio"), required=False
    )


def _named(title: Title, language: str) -> str:
    due = words.bare_day(title.due_on, language=language)
    return f"{title.number} · {due} · {prices.money(title.amount_cents, language=language)}"
