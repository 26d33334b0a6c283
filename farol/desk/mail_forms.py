"""What is asked about a mail that waits for a person."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from farol.ui.choices import Choice

AS_CUSTOMER, AS_NOTE = "customer", "note"
MAX_NUMBER = 2**63 - 1


class JoiningForm(forms.Form):
    use_required_attribute = False
    number = forms.IntegerField(
        label=gettext_lazy("Número do chamado"),
        min_value=1,
        max_value=MAX_NUMBER,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": gettext_lazy("Diga em que chamado."),
            "invalid": gettext_lazy("O número do chamado só tem algarismos."),
            "min_value": gettext_lazy("O número do chamado só tem algarismos."),
            "max_value": gettext_lazy("Não encontramos este chamado."),
        },
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Entra no chamado como"),
        widget=forms.RadioSelect,
        choices=[
            (
                AS_CUSTOMER,
                Choice(
                    gettext_lazy("Mensagem do contato"),
                    gettext_lazy("O cliente lê; uma pergunta em aberto fica respondida."),
                ),
            ),
            (AS_NOTE, Choice(gettext_lazy("Nota interna"), gettext_lazy("Só a equipe lê; o prazo não muda."))),
        ],
        error_messages={
            "required": gettext_lazy("Escolha uma opção."),
            "invalid_choice": gettext_lazy("Escolha uma opção."),
        },
    )
