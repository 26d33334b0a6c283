"""What is asked of whoever writes a macro, and what a macro will do, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from farol.people import queries as people
from farol.people.models import Area
from farol.playbook.models import Macro
from farol.playbook.rules.macros import ME, NAMES, NOBODY, Saying
from farol.tickets.rules.severity import Severity
from farol.ui import pieces, words

SAYINGS = {
    Saying.REPLY: gettext_lazy("Como mensagem"),
    Saying.ASK: gettext_lazy("Como pedido de informação: o prazo pausa"),
    Saying.SOLUTION: gettext_lazy("Como proposta de solução: o prazo pausa"),
}


def _area_of_text(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class MacroForm(forms.Form):
    """What is left open is not done."""

    use_required_attribute = False

    team = forms.ChoiceField(
        label=gettext_lazy("Equipe"),
        error_messages=dict.fromkeys(("required", "invalid_choice"), gettext_lazy("Escolha a equipe.")),
    )
    title = forms.CharField(label=gettext_lazy("Título"), required=False)
    assignee = forms.ChoiceField(label=gettext_lazy("Passar para"), required=False)
    severity = forms.ChoiceField(label=gettext_lazy("Mudar a severidade para"), required=False)
    area = forms.ChoiceField(label=gettext_lazy("Transferir para"), required=False)
    reason = forms.CharField(label=gettext_lazy("Motivo da mudança de área ou severidade"), required=False)
    minutes = forms.CharField(
        label=gettext_lazy("Apontar minutos"), widget=forms.TextInput(attrs={"inputmode": "numeric"}), required=False
    )
    activity = forms.CharField(label=gettext_lazy("O que foi feito"), max_length=200, required=False)
    billable = forms.BooleanField(label=gettext_lazy("Faturável"), required=False)
    note = forms.CharField(label=gettext_lazy("Nota interna"), widget=_area_of_text(2), required=False)
    say = forms.ChoiceField(label=gettext_lazy("O texto vai para o cliente"), required=False)
    text = forms.CharField(label=gettext_lazy("Texto para o cliente"), widget=_area_of_text(6), required=False)

    def __init__(self, *args: Any, teams: Iterable[Area], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.teams = {str(area.pk): area for area in teams}
        none = [("", _("Não mudar"))]
        staff = [(str(person.pk), person.name) for person in people.staff()]
        self._offer("team", [(key, area.name) for key, area in self.teams.items()])
        self._offer("assignee", [*none, (ME, _("Quem executa")), (NOBODY, _("Ninguém: devolver para a fila")), *staff])
        self._offer("severity", none + [(one.value, pieces.severity_word(one)) for one in Severity])
        self._offer("area", none + [(str(area.pk), area.name) for area in people.areas()])
        self._offer("say", [("", _("Não escrever ao cliente")), *SAYINGS.items()])

    @classmethod
    def of(cls, macro: Macro | None, teams: Iterable[Area]) -> MacroForm:
        if macro is None:
            return cls(teams=teams)
        return cls(teams=teams, initial={**macro.steps, "team": macro.area_id, "title": macro.title})

    def asked(self) -> dict[str, Any]:
        """What the room is told."""
        told = self.cleaned_data
        steps = {name: "1" if told[name] is True else told[name] or "" for name in NAMES}
        return {"area": self.teams[told["team"]], "title": told["title"], "steps": steps}

    def _offer(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        self.fields[name].choices = list(choices)  # type: ignore[attr-defined]


def told(steps: Mapping[str, str], *, language: str) -> list[tuple[str, str]]:
    """What the macro does, in its order: an icon and a sentence each."""
    done: list[tuple[str, str]] = []
    if who := steps.get("assignee"):
        done.append(("person", _assigned(who)))
    if severity := steps.get("severity"):
        word = pieces.severity_word(severity).lower()
        done.append(("sort", _("Muda a severidade para {word}: {reason}").format(word=word, reason=steps["reason"])))
    if minutes := steps.get("minutes"):
        said = _("Aponta {time} a faturar: {activity}") if steps.get("billable") else _("Aponta {time}: {activity}")
        time = words.duration(int(minutes), language=language)
        done.append(("timer", said.format(time=time, activity=steps["activity"])))
    if "note" in steps:
        done.append(("lock", _("Escreve uma nota interna")))
    if say := steps.get("say"):
        done.append(("speech", _said(say)))
    if area := steps.get("area"):
        found = next((one.name for one in people.areas() if str(one.pk) == area), "?")
        text = _("Transfere para {area}: {reason}").format(area=found, reason=steps["reason"])
        done.append(("transfer", text))
    return done


def _assigned(who: str) -> str:
    if who == ME:
        return _("Passa o chamado para você")
    if who == NOBODY:
        return _("Devolve o chamado para a fila")
    person = people.people_by_id([int(who)]).get(int(who))
    return _("Passa o chamado para {name}").format(name=person.name if person else "?")


def _said(say: str) -> str:
    return {
        Saying.REPLY: _("Responde ao cliente"),
        Saying.ASK: _("Pede uma informação ao cliente: o prazo pausa"),
        Saying.SOLUTION: _("Propõe uma solução ao cliente: o prazo pausa"),
    }[Saying(say)]
