"""What the administrator writes about a contact. The room decides what is right."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from farol.people.rules.contacts import NAME_MISSING, SERVICES, USUAL, Details
from farol.portal.forms.access import address_field


class ContactForm(forms.Form):
    use_required_attribute = False
    name = forms.CharField(label=gettext_lazy("Nome"), error_messages={"required": gettext_lazy(NAME_MISSING)})
    title = forms.CharField(
        label=gettext_lazy("Função"), help_text=gettext_lazy("Como em “Fiscal” ou “TI”."), required=False
    )
    services = forms.MultipleChoiceField(
        label=gettext_lazy("Serviços liberados"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        initial=[service.value for service in USUAL],
    )

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["services"].choices = [(one.value, _(words)) for one, words in SERVICES.items()]  # type: ignore[attr-defined]


class InvitationForm(ContactForm):
    email = address_field(
        gettext_lazy("E-mail"),
        hint=gettext_lazy("O convite vai para ele, e é com ele que a pessoa entra."),
        autocomplete="off",
    )
    language = forms.ChoiceField(label=gettext_lazy("Idioma"), choices=settings.LANGUAGES)
    field_order = ("name", "email", "title", "language", "services")

    @property
    def details(self) -> Details:
        said = self.cleaned_data
        return Details.written(
            name=said["name"],
            email=said["email"],
            title=said["title"],
            services=said["services"],
            language=said["language"],
        )
