"""What is asked about people of the staff and their customers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from farol.people import queries as people
from farol.people.models import Area, Person
from farol.people.rules.staff import WORDS, Role

CHOOSE = dict.fromkeys(("required", "invalid_choice"), gettext_lazy("Escolha uma das opções."))


class StaffForm(forms.Form):
    """Role, areas and skills of one person."""

    use_required_attribute = False
    role = forms.ChoiceField(label=gettext_lazy("Papel"), error_messages=CHOOSE)
    areas = forms.MultipleChoiceField(
        label=gettext_lazy("Áreas"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("Esta área não existe.")},
    )
    skills = forms.CharField(
        label=gettext_lazy("Habilidades"),
        required=False,
        max_length=400,
        help_text=gettext_lazy("Separadas por vírgula, como em NF-e, folha, Linux."),
    )
    is_active = forms.BooleanField(label=gettext_lazy("Pode entrar"), required=False)

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.known = {str(area.pk): area for area in people.areas()}
        self.fields["role"].choices = [(role.value, _(word)) for role, word in WORDS.items()]  # type: ignore[attr-defined]
        self.fields["areas"].choices = [(key, area.name) for key, area in self.known.items()]  # type: ignore[attr-defined]

    @classmethod
    def of(cls, person: Person) -> StaffForm:
        return cls(
            initial={
                "role": person.role,
                "areas": [str(area.pk) for area in people.areas_of(person)],
                "skills": ", ".join(person.skills),
                "is_active": person.is_active,
            }
        )

    def clean_areas(self) -> list[Area]:
        return [self.known[key] for key in self.cleaned_data["areas"]]

    def clean_skills(self) -> list[str]:
        return [skill.strip() for skill in self.cleaned_data["skills"].split(",") if skill.strip()]


class ExecutiveForm(forms.Form):
    """Which EAR looks after a customer from now on."""

    use_required_attribute = False
    executive = forms.ChoiceField(label=gettext_lazy("Executivo"), error_messages=CHOOSE)
    reason = forms.CharField(label=gettext_lazy("Motivo"), required=False, max_length=400)

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.known = {str(one.pk): one for one in people.staff_as(Role.EAR, Role.GAR)}
        self.fields["executive"].choices = [("", ""), *((key, one.name) for key, one in self.known.items())]  # type: ignore[attr-defined]

    def clean_executive(self) -> Person:
        return self.known[self.cleaned_data["executive"]]


class GarForm(forms.Form):
    """In whose portfolio an EAR is from now on."""

    use_required_attribute = False
    manager = forms.ChoiceField(label=gettext_lazy("Gerente de relacionamento"), error_messages=CHOOSE)

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.known = {str(one.pk): one for one in people.staff_as(Role.GAR)}
        self.fields["manager"].choices = [("", ""), *((key, one.name) for key, one in self.known.items())]  # type: ignore[attr-defined]

    def clean_manager(self) -> Person:
        return self.known[self.cleaned_data["manager"]]
