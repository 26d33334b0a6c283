"""What the staff asks to open a ticket in a customer's name: the same as the portal asks, on one page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from farol.catalog import queries as catalog
from farol.contracts import queries as contracts
from farol.kernel.actor import Channel
from farol.people import queries as people
from farol.people.models import Organization, Person
from farol.tickets.queries import Subject
from farol.tickets.rules.severity import Corruption, Impact, Kind, Usability, Workaround

CHOOSE = gettext_lazy("Escolha uma opção.")


def _radio(label: Any, choices: Sequence[tuple[str, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE},
    )


KINDS = [
    (Kind.NONCONFORMITY.value, gettext_lazy("Não conformidade")),
    (Kind.QUESTION.value, gettext_lazy("Dúvida")),
    (Kind.ADMINISTRATIVE.value, gettext_lazy("Administrativo")),
]
CHANNELS = [
    (Channel.PHONE.value, gettext_lazy("Telefone")),
    (Channel.EMAIL.value, gettext_lazy("E-mail")),
    (Channel.PORTAL.value, gettext_lazy("Portal")),
]


class ImpactForm(forms.Form):
    """The answers that give severity and date."""

    use_required_attribute = False
    about = forms.ChoiceField(
        label=gettext_lazy("Produto e módulo"), error_messages={"required": gettext_lazy("Escolha o produto.")}
    )
    usability = _radio(
        gettext_lazy("A função pode ser usada?"),
        [
            (Usability.UNUSABLE, gettext_lazy("Não dá para usar")),
            (Usability.SEVERE, gettext_lazy("Com muita restrição")),
            (Usability.MINOR, gettext_lazy("Com pequena restrição")),
            (Usability.COSMETIC, gettext_lazy("Sim, é um detalhe")),
        ],
    )
    workaround = _radio(
        gettext_lazy("Existe um jeito de contornar?"),
        [
            (Workaround.YES, gettext_lazy("Sim")),
            (Workaround.MANUAL, gettext_lazy("Sim, manual")),
            (Workaround.NO, gettext_lazy("Não")),
        ],
    )
    data_corruption = _radio(
        gettext_lazy("Algum dado foi perdido ou ficou errado?"),
        [
            (Corruption.NO, gettext_lazy("Não")),
            (Corruption.YES, gettext_lazy("Sim")),
            (Corruption.UNKNOWN, gettext_lazy("Não se sabe")),
        ],
    )
    critical_operation = forms.BooleanField(label=gettext_lazy("Uma operação crítica está parada"), required=False)

    def __init__(self, *args: object, organization: Organization, on: date, **facts: object) -> None:
        super().__init__(*args, **facts)  # type: ignore[arg-type]
        self.organization = organization
        self.subjects = {subject.key: subject for subject in _subjects(organization, on)}
        self.fields["about"].choices = _grouped(list(self.subjects.values()))  # type: ignore[attr-defined]

    def clean_about(self) -> Subject:
        return self.subjects[self.cleaned_data["about"]].subject

    @property
    def impact(self) -> Impact:
        facts = self.cleaned_data
        return Impact(
            Usability(facts["usability"]),
            Workaround(facts["workaround"]),
            bool(facts["critical_operation"]),
            Corruption(facts["data_corruption"]),
        )


class CallForm(ImpactForm):
    """What is asked of a caller: the portal's questions, and what it is about (R-029, R-065)."""

    subject = forms.CharField(label=gettext_lazy("Assunto"), required=False)
    description = forms.CharField(
        label=gettext_lazy("O que aconteceu"), widget=forms.Textarea(attrs={"rows": 4}), required=False
    )

    def __init__(self, *args: object, organization: Organization, on: date, **facts: object) -> None:
        super().__init__(*args, organization=organization, on=on, **facts)
        del self.fields["about"]


class OpeningForm(ImpactForm):
    contact = forms.ChoiceField(
        label=gettext_lazy("Contato"), error_messages={"required": gettext_lazy("Escolha quem pede.")}
    )
    channel = forms.ChoiceField(label=gettext_lazy("Como o pedido chegou"), choices=CHANNELS)
    kind = forms.ChoiceField(label=gettext_lazy("Tipo"), choices=KINDS)
    subject = forms.CharField(label=gettext_lazy("Assunto"), required=False)
    description = forms.CharField(
        label=gettext_lazy("O que aconteceu"), widget=forms.Textarea(attrs={"rows": 6}), required=False
    )

    def __init__(self, *args: object, organization: Organization, on: date, **facts: object) -> None:
        super().__init__(*args, organization=organization, on=on, **facts)
        self.contacts = {str(person.pk): person for person in people.contacts_of(organization.pk)}
        self.fields["contact"].choices = [("", _("Escolha"))] + [(key, p.name) for key, p in self.contacts.items()]  # type: ignore[attr-defined]

    def clean_contact(self) -> Person:
        return self.contacts[self.cleaned_data["contact"]]


@dataclass(frozen=True, slots=True)
class About:
    """A product, or one module of it, as a choice."""

    subject: Subject

    @property
    def key(self) -> str:
        module = self.subject.module
        return f"{self.subject.product.pk}.{module.pk}" if module else str(self.subject.product.pk)

    @property
    def label(self) -> str:
        module = self.subject.module
        return module.name if module else _("{product}, sem módulo").format(product=self.subject.product.name)


def _subjects(organization: Organization, on: date) -> list[About]:
    """What the customer's contracts in force cover, each once."""
    products = {item.product_id: item.product for item in contracts.items_of(organization.pk, on=on)}
    found = []
    for product in products.values():
        found += [About(Subject(product, module)) for module in catalog.modules_of(product.pk)]
        found.append(About(Subject(product)))
    return found


def _grouped(subjects: Sequence[About]) -> list[object]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for about in subjects:
        groups.setdefault(about.subject.product.name, []).append((about.key, about.label))
    return [("", _("Escolha")), *groups.items()]
