"""E-mail and password; the words never say which of the two was wrong."""

from __future__ import annotations

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from farol.catalog import queries as catalog
from farol.people import actions as people
from farol.people import queries
from farol.people.models import Person
from farol.people.rules import tries_left
from farol.portal import door


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
        now = door.now()
        if not tries_left(queries.mistakes_of(email, now=now)):
            self._refuse(0)
            return None
        person = authenticate(request, username=email, password=password)
        if not isinstance(person, Person):
            self._refuse(tries_left(people.count_mistake(email, now=now)))
            return None
        people.forget_mistakes(email)
        return person

    def _refuse(self, left: int) -> None:
        if left:
            text = ngettext(
                "Senha incorreta. Resta {count} tentativa antes de chamar a Assessoria.",
                "Senha incorreta. Restam {count} tentativas antes de chamar a Assessoria.",
                left,
            ).format(count=left)
        else:
            text = _("Senha incorreta quatro vezes. Fale com a Assessoria ({telephone}) ou espere 15 minutos.").format(
                telephone=catalog.vendor().telephone
            )
        self.add_error("password", text)
