"""What is asked of whoever writes a rule: when, under which conditions, and what is then done."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from farol.automation.models import Rule
from farol.automation.rules.matching import EVENTS, LONGEST_TEXT, Mode
from farol.catalog import queries as catalog
from farol.kernel.actor import Channel, Side
from farol.people import queries as people
from farol.playbook import queries as playbook
from farol.playbook.rules.macros import needs_a_person
from farol.tickets.rules.severity import Kind, Severity
from farol.ui import events, pieces
from farol.ui.choices import Choice

MODES = {
    Mode.REHEARSAL: Choice(gettext_lazy("Ensaiar"), gettext_lazy("Só anota o que faria.")),
    Mode.ON: Choice(gettext_lazy("Ligada"), gettext_lazy("Faz, e anota o que fez.")),
    Mode.OFF: Choice(gettext_lazy("Desligada"), gettext_lazy("Não faz nem anota nada.")),
}
SIDES = {
    Side.CUSTOMER: gettext_lazy("O cliente"),
    Side.STAFF: gettext_lazy("A equipe"),
    Side.HOUSE: gettext_lazy("O Farol"),
}
KINDS = {
    Kind.QUESTION: gettext_lazy("Dúvida"),
    Kind.NONCONFORMITY: gettext_lazy("Não conformidade"),
    Kind.ADMINISTRATIVE: gettext_lazy("Administrativo"),
}
ASSIGNED = {"yes": gettext_lazy("Com alguém"), "no": gettext_lazy("Sem responsável")}
CONDITIONS = ("severity", "kind", "area", "product", "by", "channel", "assigned", "customer", "text")
EFFECTS = ("severity", "area", "assignee", "note", "task", "answer", "macro")


def _several(label: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, widget=forms.CheckboxSelectMultiple, required=False)


def _words(label: Any, hint: Any) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, required=False, max_length=200)


def _text(label: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=label, widget=widget, required=False, max_length=LONGEST_TEXT)


class RuleForm(forms.Form):
    """Conditions are named `if_…`, effects `do_…`; whatever is left open sets no condition and does nothing."""

    use_required_attribute = False

    name = forms.CharField(
        label=gettext_lazy("Nome"),
        help_text=gettext_lazy("Só a equipe lê este nome, no histórico do que a regra fez."),
        required=False,
    )
    event = forms.ChoiceField(label=gettext_lazy("Quando"))
    if_severity = _several(gettext_lazy("Severidade"))
    if_kind = _several(gettext_lazy("Tipo"))
    if_area = _several(gettext_lazy("Área"))
    if_product = _several(gettext_lazy("Produto"))
    if_by = _several(gettext_lazy("Quem fez"))
    if_channel = _several(gettext_lazy("Canal"))
    if_assigned = _several(gettext_lazy("Responsável"))
    if_customer = _words(gettext_lazy("Cliente"), gettext_lazy("Parte do nome ou do CNPJ; vários, com vírgula."))
    if_text = _words(
        gettext_lazy("Palavras"), gettext_lazy("No assunto, na descrição ou na mensagem; várias, com vírgula.")
    )
    do_severity = forms.ChoiceField(label=gettext_lazy("Mudar a severidade para"), required=False)
    do_area = forms.ChoiceField(label=gettext_lazy("Transferir para"), required=False)
    do_assignee = forms.ChoiceField(label=gettext_lazy("Passar para"), required=False)
    do_note = _text(gettext_lazy("Escrever uma nota interna"))
    do_task = _text(gettext_lazy("Criar uma pendência"))
    do_answer = forms.ChoiceField(
        label=gettext_lazy("Responder ao cliente com o modelo"),
        help_text=gettext_lazy("O texto vai como está no modelo no dia em que a regra agir."),
        required=False,
    )
    do_macro = forms.ChoiceField(
        label=gettext_lazy("Executar a macro"),
        help_text=gettext_lazy("Só macros que não apontam horas nem passam o chamado a quem executa."),
        required=False,
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    mode = forms.ChoiceField(label=gettext_lazy("Modo"), widget=forms.RadioSelect, initial=Mode.REHEARSAL)

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        areas = [(str(area.pk), area.name) for area in people.areas()]
        severities = [(one.value, pieces.severity_word(one)) for one in Severity]
        channels = [(one.value, events.channel_word(one)) for one in Channel if one is not Channel.HOUSE]
        products = [(str(one.pk), one.name) for line in catalog.lines() for one in line.products.all()]
        self._offer("event", [(event.value, _(words)) for event, words in EVENTS.items()])
        self._offer("mode", MODES.items())
        for name, choices in {
            "severity": severities, "kind": KINDS.items(), "area": areas, "product": products, "by": SIDES.items(),
            "channel": channels, "assigned": ASSIGNED.items(),
        }.items():  # fmt: skip
            self._offer(f"if_{name}", choices)
        nobody, nothing = [("", _("Não mudar"))], [("", _("Nenhum"))]
        self._offer("do_severity", nobody + severities)
        self._offer("do_area", nobody + areas)
        macros = [one for one in playbook.macros() if not needs_a_person(one.steps)]
        for name, rows in (("answer", playbook.answers()), ("macro", macros)):
            self._offer(f"do_{name}", nothing + [(str(row.pk), f"{row.area.name} · {row.title}") for row in rows])
        self._offer("do_assignee", nobody + [(str(one.pk), one.name) for one in people.staff()])

    @classmethod
    def of(cls, rule: Rule | None) -> RuleForm:
        """The form as the rule reads now."""
        if rule is None:
            return cls()
        start: dict[str, Any] = {"name": rule.name, "event": rule.event, "mode": rule.mode}
        start["seen"] = rule.changed_at.isoformat()
        for name, values in rule.conditions.items():
            start[f"if_{name}"] = ", ".join(values) if name in {"customer", "text"} else values
        return cls(initial=start | {f"do_{name}": value for name, value in rule.effects.items()})

    def conditions(self) -> list[BoundField]:
        return [self[f"if_{name}"] for name in CONDITIONS]

    def effects(self) -> list[BoundField]:
        return [self[f"do_{name}"] for name in EFFECTS]

    def asked(self) -> dict[str, Any]:
        """What the room is told."""
        told = self.cleaned_data
        return {
            "name": told["name"],
            "event": told["event"],
            "mode": told["mode"],
            "seen": told["seen"],
            "conditions": {name: _listed(told[f"if_{name}"]) for name in CONDITIONS},
            "effects": {name: told[f"do_{name}"] for name in EFFECTS},
        }

    def _offer(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        self.fields[name].choices = list(choices)  # type: ignore[attr-defined]


def _listed(answer: str | list[str]) -> list[str]:
    if isinstance(answer, list):
        return answer
    return [word for part in answer.replace("\x00", "").split(",") if (word := part.strip())]
