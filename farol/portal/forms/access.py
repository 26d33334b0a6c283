"""What is asked of whoever comes in for the first time, forgot a password or changes it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy

from farol.people.rules.contacts import ADDRESS_MISSING, ADDRESS_WRONG, LONGEST_ADDRESS, NAME_MISSING

LONGEST = 1000


def address_field(label: Any, *, hint: Any = "", autocomplete: str = "email") -> forms.EmailField:
    return forms.EmailField(
        label=label,
        max_length=LONGEST_ADDRESS,
        help_text=hint,
        widget=forms.EmailInput(attrs={"autocomplete": autocomplete}),
        error_messages={
            "required": gettext_lazy(ADDRESS_MISSING),
            "invalid": gettext_lazy(ADDRESS_WRONG),
            "max_length": gettext_lazy(ADDRESS_WRONG),
        },
    )


def secret_field(label: Any, autocomplete: str, missing: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        strip=False,
        max_length=LONGEST,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
        error_messages={"required": missing},
    )


class DetailsForm(forms.Form):
    """How whoever was invited is called; the address is what they sign in with and stays."""

    use_required_attribute = False
    name = forms.CharField(
        label=gettext_lazy("Nome"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": gettext_lazy(NAME_MISSING)},
    )
    title = forms.CharField(
        label=gettext_lazy("Função"),
        help_text=gettext_lazy("Como em “Fiscal” ou “TI”."),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    language = forms.ChoiceField(label=gettext_lazy("Idioma"), choices=settings.LANGUAGES)


class PasswordForm(forms.Form):
    use_required_attribute = False
    password = secret_field(
        gettext_lazy("Nova senha"), "new-password", gettext_lazy("Escreva a senha que você quer usar.")
    )


class ChangeForm(PasswordForm):
    old_password = secret_field(
        gettext_lazy("Senha atual"), "current-password", gettext_lazy("Escreva a sua senha atual.")
    )
    field_order = ("old_password", "password")


class PinForm(forms.Form):
    """Never shown again, not even half of it."""

    use_required_attribute = False
    pin = forms.CharField(
        label=gettext_lazy("Senha do telefone"),
        max_length=LONGEST,
        help_text=gettext_lazy("De 6 a 8 números. Você digita depois do CPF ou do CNPJ, quando ligar."),
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        error_messages={"required": gettext_lazy("Escreva os números que você quer usar.")},
    )


class ForgottenForm(forms.Form):
    use_required_attribute = False
    email = address_field(gettext_lazy("E-mail"), autocomplete="username")


class SignUpForm(forms.Form):
    """Who says to belong to a customer."""

    use_required_attribute = False
    cnpj = forms.CharField(
        label=gettext_lazy("CNPJ da empresa"),
        max_length=40,
        help_text=gettext_lazy("Letras e números, com ou sem pontuação."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages=dict.fromkeys(("required", "max_length"), gettext_lazy("Escreva o CNPJ.")),
    )
    name = forms.CharField(
        label=gettext_lazy("Seu nome"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Escreva o seu nome.")},
    )
    email = address_field(gettext_lazy("Seu e-mail de trabalho"))
