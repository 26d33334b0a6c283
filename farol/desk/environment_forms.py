"""What is asked before and while one looks at a customer's own environment (R-080 to R-083)."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from farol.catalog import queries as catalog
from farol.catalog.models import Tool
from farol.desk.forms import LOCAL, QUARTER, Act, SayingForm
from farol.desk.service_forms import ANSWER, YES_NO
from farol.tickets.rules.environment import Asker
from farol.tickets.rules.windows import day_of

WEEK = timedelta(days=7)
NO_DATE = {"required": gettext_lazy("Diga até quando."), "invalid": gettext_lazy("Esta data não existe.")}


class AttemptForm(Act):
    reproduced = forms.ChoiceField(
        label=gettext_lazy("A situação apareceu no nosso ambiente?"),
        widget=forms.RadioSelect,
        choices=YES_NO,
        error_messages=ANSWER,
    )
    steps = forms.CharField(
        label=gettext_lazy("O que foi tentado"), widget=forms.Textarea(attrs={"rows": 4}), required=False
    )

    def clean_reproduced(self) -> bool:
        return bool(self.cleaned_data["reproduced"] == "yes")


class DatabaseForm(SayingForm):
    """The customer reads scope, validity and the charge on condition, and agrees to all of it or to nothing."""

    scope = forms.CharField(label=gettext_lazy("Escopo: o que será visto na base"), max_length=300, required=False)
    valid_until = forms.DateField(
        label=gettext_lazy("Válido até"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages=NO_DATE,
    )
    field_order = ["scope", "valid_until", "body"]

    def prepare(self) -> None:
        self.fields["body"].label = _("Por que a base é necessária")
        self.initial = {"valid_until": day_of(self.visit.now) + WEEK, **self.initial}


class AccessForm(Act):
    purpose = forms.CharField(
        label=gettext_lazy("O que será feito na base"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )


class CopyForm(Act):
    name = forms.CharField(label=gettext_lazy("Qual cópia, e onde está"), max_length=300, required=False)
    expires_on = forms.DateField(
        label=gettext_lazy("Excluir até"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages=NO_DATE,
    )

    def prepare(self) -> None:
        self.initial = {"expires_on": day_of(self.visit.now) + WEEK, **self.initial}


class ToolForm(Act):
    tool = forms.ChoiceField(
        label=gettext_lazy("Ferramenta"), error_messages={"required": gettext_lazy("Escolha a ferramenta.")}
    )

    def prepare(self) -> None:
        self.tools = {str(tool.pk): tool for tool in catalog.tools() if self.is_offered(tool)}
        choices = [(key, self.word(tool)) for key, tool in self.tools.items()]
        self.fields["tool"].choices = [("", _("Escolha")), *choices]  # type: ignore[attr-defined]

    def is_offered(self, tool: Tool) -> bool:
        """Only what is not approved has a preparation to be charged."""
        return not tool.is_approved

    def word(self, tool: Tool) -> str:
        return tool.name if tool.is_approved else _("{name} (não homologada)").format(name=tool.name)

    def clean_tool(self) -> Tool:
        return self.tools[self.cleaned_data["tool"]]


class SessionForm(ToolForm):
    asked_by = forms.ChoiceField(
        label=gettext_lazy("Quem pediu"),
        choices=[(Asker.CUSTOMER.value, gettext_lazy("O cliente")), (Asker.VENDOR.value, gettext_lazy("A equipe"))],
    )
    started_at = forms.DateTimeField(
        label=gettext_lazy("Início"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL)
    )
    ended_at = forms.DateTimeField(
        label=gettext_lazy("Fim"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL)
    )
    preparation_minutes = forms.IntegerField(
        label=gettext_lazy("Minutos de preparo"), min_value=0, max_value=1440, required=False
    )

    def prepare(self) -> None:
        super().prepare()
        end = self.visit.now.replace(second=0, microsecond=0)
        self.initial = {"started_at": end - QUARTER, "ended_at": end, **self.initial}

    def is_offered(self, tool: Tool) -> bool:
        return True

    def clean_preparation_minutes(self) -> int:
        return self.cleaned_data["preparation_minutes"] or 0
