"""What is asked when tickets are merged, related or split."""

from __future__ import annotations

from collections.abc import Iterator

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from farol.desk.forms import Act
from farol.journal.models import Entry
from farol.people import queries as people
from farol.tickets import queries as tickets
from farol.tickets.models import Ticket
from farol.ui import words
from farol.ui.choices import Choice

QUOTABLE = 60
QUOTED = 160


class NumberForm(Act):
    """Another ticket of the same company, by its number."""

    number = forms.IntegerField(
        label=gettext_lazy("Número do outro chamado"),
        min_value=1,
        max_value=2**63 - 1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "list": "siblings", "autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("Informe o número."),
            "invalid": gettext_lazy("O número tem só algarismos."),
            "min_value": gettext_lazy("Não existe chamado com este número."),
            "max_value": gettext_lazy("Não existe chamado com este número."),
        },
    )

    @property
    def siblings(self) -> list[Ticket]:
        """The company's newest open tickets, to choose from."""
        of_company = tickets.Filters(organization=self.ticket.organization_id, open_only=True)
        found = tickets.listed(self.visit.by, of_company)[: self.SIBLINGS + 1]
        return [other for other in found if other.pk != self.ticket.pk][: self.SIBLINGS]

    SIBLINGS = 20


class MergeForm(NumberForm):
    reason = forms.CharField(label=gettext_lazy("Motivo"), widget=forms.Textarea(attrs={"rows": 2}), required=False)


class LinkForm(NumberForm):
    kind = forms.ChoiceField(
        label=gettext_lazy("Como se ligam"),
        widget=forms.RadioSelect,
        initial="related",
        error_messages={"required": gettext_lazy("Escolha como se ligam.")},
    )

    def prepare(self) -> None:
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            ("related", Choice(_("Relacionados"), _("Tratam de assuntos próximos."))),
            ("child", Choice(_("Este é parte do outro"), _("O outro reúne vários chamados, e este é um deles."))),
        ]


class SplitForm(Act):
    """Which messages are about something else, and what that is (R-052)."""

    entries = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Mensagens do outro assunto"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Escolha as mensagens que tratam do outro assunto.")},
    )
    subject = forms.CharField(label=gettext_lazy("Assunto"), required=False)
    description = forms.CharField(
        label=gettext_lazy("O que precisa ser resolvido"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )

    def prepare(self) -> None:
        said = [entry for entry in tickets.history(self.ticket, by=self.visit.by) if self._words(entry)][-QUOTABLE:]
        names = people.people_named(entry.actor_id for entry in said)
        self.fields["entries"].choices = [  # type: ignore[attr-defined]
            (entry.pk, self._choice(entry, names)) for entry in reversed(said)
        ]

    def shown(self) -> Iterator[BoundField]:
        return (field for field in self.visible_fields() if field.name != "entries")

    def _words(self, entry: Entry) -> str:
        return self.ticket.description if entry.name == "ticket.opened" else entry.body

    def _choice(self, entry: Entry, names: dict[int, people.Named]) -> Choice:
        person = names.get(entry.actor_id or 0)
        at = words.stamp(entry.happened_at, now=self.visit.now, language=self.visit.language)
        said = " ".join(self._words(entry).split())
        text = said if len(said) <= QUOTED else said[:QUOTED].rstrip() + "…"
        label = f"{person.name if person else 'Farol'} · {at}"
        return Choice(f"{label} · {_('nota interna')}" if entry.is_internal else label, text)
