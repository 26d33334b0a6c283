"""What is asked about a customer. The room decides what is right; a form only asks and shows its answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from farol.people.models import Organization, Person
from farol.people.rules.contacts import Details
from farol.people.rules.customers import STATES, Company

NEW = "new"
STAYS, LEAVES = "stays", "leaves"


def _text(label: Any, hint: Any = "", **facts: Any) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, required=False, max_length=500, **facts)


class CompanyForm(forms.Form):
    use_required_attribute = False
    name = _text(gettext_lazy("Nome"), gettext_lazy("Como a equipe chama a empresa."))
    legal_name = _text(gettext_lazy("Razão social"), gettext_lazy("Se for outra que o nome."))
    city = _text(gettext_lazy("Cidade"))
    state = forms.ChoiceField(
        label=gettext_lazy("UF"), choices=[("", "—"), *((one, one) for one in sorted(STATES))], required=False
    )
    financial_email = _text(
        gettext_lazy("E-mail financeiro"),
        gettext_lazy("O do contrato: é ele que confirma quem pede acesso em nome da empresa."),
    )

    def company(self, cnpj: str) -> Company:
        said = self.cleaned_data
        names = ("name", "legal_name", "financial_email", "city", "state")
        return Company.written(**{name: said[name] for name in names}, cnpj=cnpj)


class CustomerForm(CompanyForm):
    """A new customer and its first contact, who will administer the others (R-011)."""

    cnpj = _text(gettext_lazy("CNPJ"), gettext_lazy("Letras e números, com ou sem pontuação."))
    contact_name = _text(gettext_lazy("Nome da pessoa"))
    contact_email = _text(
        gettext_lazy("E-mail da pessoa"), gettext_lazy("O link de ativação vai só para este endereço e vale 72 horas.")
    )
    contact_title = _text(gettext_lazy("Função"))
    contact_language = forms.ChoiceField(label=gettext_lazy("Idioma"), choices=settings.LANGUAGES)
    field_order = ("cnpj", "name", "legal_name", "city", "state", "financial_email")

    @property
    def first(self) -> Details:
        said = self.cleaned_data
        return Details.written(
            name=said["contact_name"],
            email=said["contact_email"],
            title=said["contact_title"],
            language=said["contact_language"],
        )


class LimitForm(forms.Form):
    use_required_attribute = False
    max_contacts = forms.IntegerField(
        label=gettext_lazy("Contatos além do administrador"),
        required=False,
        error_messages={"invalid": gettext_lazy("Escreva um número de 0 a 5000.")},
    )

    def __init__(self, *args: Any, usual: int, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.fields["max_contacts"].help_text = _("Vazio: {count}, como todos.").format(count=usual)


class SuccessorForm(forms.Form):
    """Who takes over, and the document that says so (R-011)."""

    use_required_attribute = False
    successor = forms.ChoiceField(
        label=gettext_lazy("Quem passa a administrar"),
        error_messages=dict.fromkeys(("required", "invalid_choice"), gettext_lazy("Escolha quem passa a administrar.")),
    )
    name = _text(gettext_lazy("Nome, se for pessoa nova"))
    email = _text(gettext_lazy("E-mail, se for pessoa nova"))
    before = forms.ChoiceField(
        label=gettext_lazy("E quem administrava"),
        widget=forms.RadioSelect,
        initial=LEAVES,
        choices=[
            (LEAVES, gettext_lazy("Sai: o acesso é encerrado")),
            (STAYS, gettext_lazy("Continua como contato, e conta no limite")),
        ],
        error_messages={"required": gettext_lazy("Diga o que acontece com quem administrava.")},
    )
    reason = _text(
        gettext_lazy("Motivo"),
        gettext_lazy("Quem pediu, por qual canal, e como foi conferido."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, organization: Organization, contacts: list[Person], **facts: Any) -> None:
        super().__init__(*args, **facts)
        known = [(str(one.pk), f"{one.name} · {one.email}") for one in contacts]
        self.fields["successor"].choices = [*known, (NEW, _("Uma pessoa nova"))]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> int | Details:
        said = self.cleaned_data
        if said["successor"] == NEW:
            return Details.written(name=said["name"], email=said["email"])
        return int(said["successor"])
