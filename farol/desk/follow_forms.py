"""Who is to hear of a ticket."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from farol.desk.forms import Act
from farol.people.models import Person
from farol.tickets import queries as tickets


class WatcherForm(Act):
    """Oneself, a colleague, or a contact of the company; whoever follows already is not offered."""

    person = forms.ChoiceField(
        label=gettext_lazy("Pessoa"), error_messages={"required": gettext_lazy("Escolha a pessoa.")}
    )

    def prepare(self) -> None:
        known = {person.pk for person in tickets.watchers(self.ticket, by=self.visit.by)}
        known.add(self.ticket.contact_id)
        found = [person for person in tickets.watchable_by(self.visit.by, self.ticket) if person.pk not in known]
        self.people = {str(person.pk): person for person in found}
        me = str(self.visit.person.pk)
        mine = [(me, _("Eu"))] if me in self.people else []
        staff = [(key, person.name) for key, person in self.people.items() if person.is_staff_member and key != me]
        contacts = [(key, person.name) for key, person in self.people.items() if not person.is_staff_member]
        groups = [(_("Contatos da empresa"), contacts), (_("Equipe"), staff)]
        choices = [("", _("Escolha")), *mine, *(group for group in groups if group[1])]
        self.fields["person"].choices = choices  # type: ignore[attr-defined]
        self.initial = {"person": me if mine else "", **self.initial}

    def clean_person(self) -> Person:
        return self.people[self.cleaned_data["person"]]
