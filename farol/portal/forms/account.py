"""Proving once more who one is, and naming a key."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from farol.people.actions import entering
from farol.portal.door import Visit
from farol.portal.forms.sign_in import refusal_after
from farol.ui import refusals


class ConfirmForm(forms.Form):
    """By a code where there is a second factor, or else by the password."""

    use_required_attribute = False
    proof = forms.CharField(max_length=1000, strip=False)

    def __init__(self, *args: Any, asks_for_code: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.asks_for_code = asks_for_code
        field = self.fields["proof"]
        if asks_for_code:
            field.label = gettext_lazy("Código do aplicativo ou de recuperação")
            field.widget = forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false"})
            field.error_messages["required"] = gettext_lazy("Escreva o código.")
        else:
            field.label = gettext_lazy("Senha")
            field.widget = forms.PasswordInput(attrs={"autocomplete": "current-password"})
            field.error_messages["required"] = gettext_lazy("Escreva a sua senha.")

    def prove(self, visit: Visit) -> bool:
        """Whether it is right; what is wrong with it stands at the field (R-013)."""
        prove = entering.prove_by_code if self.asks_for_code else entering.prove_by_password
        proof = prove(visit.person, self.cleaned_data["proof"], by=visit.by, now=visit.now)
        if proof.trouble:
            said = f"{refusals.said(proof.trouble)} {refusals.remedy(proof.trouble)}"
            self.add_error("proof", said if proof.tries_left else refusal_after(0))
        return proof.trouble is None


class PasskeyForm(forms.Form):
    use_required_attribute = False
    name = forms.CharField(
        label=gettext_lazy("Nome da chave"),
        help_text=gettext_lazy("Para reconhecer o aparelho depois, como “Notebook do escritório”."),
        max_length=60,
        error_messages={"required": gettext_lazy("Dê um nome à chave, como “Meu celular”.")},
    )
