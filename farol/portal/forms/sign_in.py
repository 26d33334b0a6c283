"""E-mail and password; the words never say which of the two was wrong."""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from farol.catalog import queries as catalog
from farol.kernel.actor import Actor
from farol.people.actions import entering
from farol.people.models import Person
from farol.portal import door
from farol.ui import refusals


class SignInForm(forms.Form):
    use_required_attribute = False
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
        error_messages={
            "required": gettext_lazy("Escreva o seu e-mail."),
            "invalid": gettext_lazy("Este e-mail não está completo. Confira se tem @ e o domínio."),
        },
    )
    password = forms.CharField(
        label=gettext_lazy("Senha"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": gettext_lazy("Escreva a sua senha.")},
    )

    def enter(self, request: HttpRequest) -> Person | None:
        """The person, if the password is theirs; three mistakes in a row are forgiven (R-013)."""
        email, password = self.cleaned_data["email"], self.cleaned_data["password"]
        found = entering.knock(email, password, address=door.address(request), now=door.now())
        if found.person is None:
            self._refuse(found.tries_left)
        return found.person

    def _refuse(self, left: int) -> None:
        self.add_error("password", refusal_after(left))


class CodeForm(forms.Form):
    """The second step: a code of the application, or of the paper."""

    use_required_attribute = False
    code = forms.CharField(
        label=gettext_lazy("Código"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}),
        error_messages={
            "required": gettext_lazy("Escreva o código."),
            "max_length": gettext_lazy("Um código tem seis números, ou dez letras e números."),
        },
    )

    def prove(self, person: Person, *, by: Actor, now: datetime) -> bool:
        """Whether the code is right; what is wrong with it stands at the field (R-013)."""
        proof = entering.prove_by_code(person, self.cleaned_data["code"], by=by, now=now)
        if proof.trouble:
            said = f"{refusals.said(proof.trouble)} {refusals.remedy(proof.trouble)}"
            self.add_error("code", said if proof.tries_left else refusal_after(0))
        return proof.trouble is None


def refusal_after(left: int) -> str:
    """What a wrong entry is answered with (R-013)."""
    if left:
        return ngettext(
            "Senha incorreta. Resta {count} tentativa antes de chamar a Assessoria.",
            "Senha incorreta. Restam {count} tentativas antes de chamar a Assessoria.",
            left,
        ).format(count=left)
    return _("Senha incorreta quatro vezes. Fale com a Assessoria ({telephone}) ou espere 15 minutos.").format(
        telephone=catalog.vendor().telephone
    )
