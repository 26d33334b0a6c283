"""What is asked where personal data is answered for."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from farol.audit.rules.privacy import LABELS, WISHES, DataClass
from farol.desk.forms import LOCAL
from farol.people import queries as people

SUBJECT = re.compile(r"(person|organization|ticket):[1-9][0-9]{0,17}|audit")


class RequestForm(forms.Form):
    use_required_attribute = False
    wish = forms.ChoiceField(label=gettext_lazy("O que a pessoa pede"))
    email = forms.EmailField(
        label=gettext_lazy("E-mail da pessoa"),
        error_messages=dict.fromkeys(("required", "invalid"), gettext_lazy("Escreva o e-mail da pessoa.")),
    )
    words = forms.CharField(
        label=gettext_lazy("Nas palavras dela"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    identity = forms.CharField(
        label=gettext_lazy("Como a identidade foi conferida"),
        required=False,
        max_length=400,
        help_text=gettext_lazy("Pode ficar para depois; sem isso nenhum dado sai."),
    )

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["wish"].choices = [(wish.value, _(word)) for wish, word in WISHES.items()]  # type: ignore[attr-defined]


class TermForm(forms.Form):
    use_required_attribute = False
    data_class = forms.ChoiceField(label=gettext_lazy("Classe de dados"))
    days = forms.IntegerField(
        label=gettext_lazy("Dias"),
        min_value=1,
        max_value=99_999,
        error_messages={"required": gettext_lazy("Diga quantos dias."), "invalid": gettext_lazy("Escreva um número.")},
    )

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["data_class"].choices = [(one.value, _(LABELS[one])) for one in DataClass]  # type: ignore[attr-defined]


class HoldForm(forms.Form):
    use_required_attribute = False
    subject = forms.CharField(
        label=gettext_lazy("De quem ou de quê"),
        max_length=60,
        help_text=gettext_lazy("Um e-mail, o número de um chamado, ou organization:3."),
        error_messages={"required": gettext_lazy("Diga de quem ou de quê.")},
    )
    reason = forms.CharField(label=gettext_lazy("Motivo"), required=False, max_length=400)

    def clean_subject(self) -> str:
        said = self.cleaned_data["subject"].strip()
        if said.isascii() and said.isdecimal():
            return f"ticket:{said}"
        person = people.people_known_as(said).first() if "@" in said else None
        subject = f"person:{person.pk}" if person else said
        if not SUBJECT.fullmatch(subject):
            raise forms.ValidationError(_("Não sabemos de quem se trata."))
        return subject


class IncidentForm(forms.Form):
    use_required_attribute = False
    title = forms.CharField(
        label=gettext_lazy("O que houve"),
        max_length=200,
        error_messages={"required": gettext_lazy("Diga o que houve.")},
    )
    words = forms.CharField(
        label=gettext_lazy("Dados atingidos, pessoas, causa, o que já foi feito"),
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
    )
    known_at = forms.DateTimeField(
        label=gettext_lazy("Quando se soube"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL),
        error_messages=dict.fromkeys(("required", "invalid"), gettext_lazy("Diga o dia e a hora.")),
    )


class RemarkForm(forms.Form):
    use_required_attribute = False
    words = forms.CharField(
        label=gettext_lazy("O que se fez"), widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    told_authority = forms.BooleanField(label=gettext_lazy("A ANPD foi comunicada"), required=False)
    told_people = forms.BooleanField(label=gettext_lazy("Os titulares foram comunicados"), required=False)
    is_closed = forms.BooleanField(label=gettext_lazy("O caso está encerrado"), required=False)
