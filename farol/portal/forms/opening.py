"""The questions of the four steps: product; module, version and kind; what happens; nothing more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from farol.catalog import queries as catalog
from farol.contracts.models import Item
from farol.kernel.errors import FieldsRefused
from farol.tickets.rules import opening
from farol.tickets.rules.severity import Corruption, Impact, Kind, Usability, Workaround
from farol.ui import refusals
from farol.ui.choices import Choice

SAY_IF_CRITICAL = gettext_lazy("Diga se a parada atinge uma operação crítica.")
NONE_OF_THEM = "0"
CONSULTING = "consulting"
"""Beside the kinds of support: a question, answered as a service that is charged."""


def _radio(
    label: Any, choices: Sequence[tuple[str, Any]] = (), *, missing: Any, required: bool = True
) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        required=required,
        widget=forms.RadioSelect,
        error_messages={"required": missing, "invalid_choice": missing},
    )


@dataclass(frozen=True, slots=True)
class Offer:
    """What this contact may ask for now: support, consulting at a price, or the CST alone (R-014, R-090)."""

    only_cst: bool = False
    consulting: str = ""  # its conditions in words; nothing where it is not to be had


class Step(forms.Form):
    """One step; `answers` is what the draft holds, `items` what the contracts in force cover."""

    use_required_attribute = False

    def __init__(
        self, *args: object, answers: dict[str, Any], items: dict[int, Item], offer: Offer, **facts: object
    ) -> None:
        super().__init__(*args, **facts)  # type: ignore[arg-type]
        self.answers, self.items, self.offer = answers, items, offer
        self.prepare()

    def prepare(self) -> None:
        """Fill in what depends on the customer."""

    def _choices(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]


class ProductStep(Step):
    product = _radio(gettext_lazy("Qual é o produto?"), missing=gettext_lazy("Escolha um produto do seu contrato."))

    def prepare(self) -> None:
        self._choices("product", [(str(key), _product_choice(item)) for key, item in self.items.items()])


class ModuleStep(Step):
    module = _radio(gettext_lazy("Em que módulo?"), missing=gettext_lazy("Escolha o módulo, ou diga que não sabe."))
    version = forms.ChoiceField(
        label=gettext_lazy("Versão"), error_messages={"invalid_choice": gettext_lazy("Escolha a versão da lista.")}
    )
    kind = _radio(
        gettext_lazy("O que você precisa?"),
        [
            (Kind.NONCONFORMITY, Choice(gettext_lazy("Algo não funciona"), gettext_lazy("Erro ou resultado errado."))),
            (Kind.QUESTION, Choice(gettext_lazy("Tirar uma dúvida"), gettext_lazy("Como fazer ou onde encontrar."))),
            (Kind.ADMINISTRATIVE, Choice(gettext_lazy("Assunto administrativo"), gettext_lazy("Acesso ou cadastro."))),
        ],
        missing=gettext_lazy("Diga o que você precisa."),
    )

    def prepare(self) -> None:
        self._choices("kind", self._kinds())
        product = self.items[self.answers["product"]].product
        modules = [(str(module.pk), Choice(module.name)) for module in catalog.modules_of(product.pk)]
        self._choices("module", [*modules, (NONE_OF_THEM, Choice(_("Outro, ou não sei dizer")))])
        versions = [(str(version.pk), version.name) for version in catalog.versions_of(product.pk)]
        self._choices("version", [*versions, (NONE_OF_THEM, _("Não sei dizer"))])
        installed = self.items[product.pk].installed_id
        self.fields["version"].initial = str(installed or NONE_OF_THEM)

    @property
    def kind_columns(self) -> int:
        return 2 if self.offer.consulting else 3

    def _kinds(self) -> list[tuple[str, Any]]:
        """To a customer in debt, what the CST settles; to whom consulting was released, what it costs."""
        known: list[tuple[str, Any]] = list(self.base_fields["kind"].choices)  # type: ignore[attr-defined]
        if self.offer.only_cst:
            return [choice for choice in known if choice[0] == Kind.ADMINISTRATIVE]
        if self.offer.consulting:
            terms = _("Cobrada: {terms}. Só depois do seu aceite.").format(terms=self.offer.consulting)
            known.insert(2, (CONSULTING, Choice(_("Consultoria"), terms)))
        return known


class DetailsStep(Step):
    usability = _radio(
        gettext_lazy("A função pode ser usada?"),
        [
            (Usability.UNUSABLE, Choice(gettext_lazy("Não dá para usar"), gettext_lazy("A operação está parada."))),
            (
                Usability.SEVERE,
                Choice(
                    gettext_lazy("Dá, com muita restrição"),
                    gettext_lazy("Só com intervenção manual ou por outro caminho."),
                ),
            ),
            (
                Usability.MINOR,
                Choice(gettext_lazy("Dá, com pequena restrição"), gettext_lazy("Atrapalha, mas a tarefa sai.")),
            ),
            (
                Usability.COSMETIC,
                Choice(gettext_lazy("Dá. É só um detalhe"), gettext_lazy("Texto, tela ou navegação.")),
            ),
        ],
        missing=gettext_lazy("Diga se a função pode ser usada."),
    )
    critical_operation = _radio(
        gettext_lazy("Essa parada atinge uma operação crítica da empresa?"),
        [("yes", Choice(gettext_lazy("Sim"))), ("no", Choice(gettext_lazy("Não")))],
        missing=SAY_IF_CRITICAL,
        required=False,
    )
    workaround = _radio(
        gettext_lazy("Existe um jeito de contornar?"),
        [
            (Workaround.YES, Choice(gettext_lazy("Sim"))),
            (Workaround.MANUAL, Choice(gettext_lazy("Sim, manual"))),
            (Workaround.NO, Choice(gettext_lazy("Não"))),
        ],
        missing=gettext_lazy("Diga se existe um jeito de contornar."),
    )
    data_corruption = _radio(
        gettext_lazy("Algum dado foi perdido ou ficou errado?"),
        [
            (Corruption.NO, Choice(gettext_lazy("Não"))),
            (Corruption.YES, Choice(gettext_lazy("Sim"))),
            (Corruption.UNKNOWN, Choice(gettext_lazy("Não sei dizer"))),
        ],
        missing=gettext_lazy("Diga se algum dado foi perdido ou ficou errado."),
    )
    subject = forms.CharField(label=gettext_lazy("Assunto"), required=False)
    description = forms.CharField(
        label=gettext_lazy("O que aconteceu?"),
        help_text=gettext_lazy("Conte o que você fez, o que esperava e o que apareceu na tela."),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if facts.get("usability") == Usability.UNUSABLE and not facts.get("critical_operation"):
            self.add_error("critical_operation", SAY_IF_CRITICAL)
        try:
            opening.check(facts.get("subject", ""), facts.get("description", ""))
        except FieldsRefused as refusal:
            for name, texts in refusals.field_errors(refusal).items():
                self.add_error(name, texts)
        return facts


def impact_of(answers: dict[str, Any]) -> Impact | None:
    """The four answers, once they are all given."""
    try:
        usability = Usability(answers["usability"])
        critical = answers.get("critical_operation")
        if usability is Usability.UNUSABLE and critical not in {"yes", "no"}:
            return None
        return Impact(
            usability,
            Workaround(answers["workaround"]),
            usability is Usability.UNUSABLE and critical == "yes",
            Corruption(answers["data_corruption"]),
        )
    except (KeyError, ValueError):
        return None


def _product_choice(item: Item) -> Choice:
    installed = item.installed.name if item.installed else ""
    return Choice(f"{item.product.name} {installed}".strip(), item.contract.plan.name)
