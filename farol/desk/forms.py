"""What is asked in each dialog. The rooms decide what is right; a form only asks and shows their answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from farol.desk.door import Visit
from farol.people import queries as people
from farol.people.models import Area, Person
from farol.tickets import queries as tickets
from farol.tickets.models import Ticket
from farol.tickets.rules.charges import Responsibility, Service
from farol.tickets.rules.severity import Severity
from farol.ui import pieces, words
from farol.ui.choices import Choice

LOCAL = "%Y-%m-%dT%H:%M"
QUARTER = timedelta(minutes=15)


class Act(forms.Form):
    """A form about one ticket."""

    use_required_attribute = False

    def __init__(self, *args: object, ticket: Ticket, visit: Visit, **facts: object) -> None:
        super().__init__(*args, **facts)  # type: ignore[arg-type]
        self.ticket, self.visit = ticket, visit
        self.prepare()

    def prepare(self) -> None:
        """Fill in what depends on the ticket."""

    def shown(self) -> Iterator[BoundField]:
        return iter(self.visible_fields())


def _text(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class TransferForm(Act):
    area = forms.TypedChoiceField(
        label=gettext_lazy("Área"), error_messages={"required": gettext_lazy("Escolha a área.")}
    )
    reason = forms.CharField(label=gettext_lazy("Motivo"), widget=_text(3), required=False)
    expected_on = forms.DateField(
        label=gettext_lazy("Esperado de volta em"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        required=False,
        error_messages={"invalid": gettext_lazy("Esta data não existe.")},
    )

    def prepare(self) -> None:
        self.areas = {str(area.pk): area for area in people.areas() if area.pk != self.ticket.area_id}
        self.fields["area"].choices = [("", _("Escolha"))] + [(key, area.name) for key, area in self.areas.items()]  # type: ignore[attr-defined]

    def clean_area(self) -> Area:
        return self.areas[self.cleaned_data["area"]]


class SeverityForm(Act):
    severity = forms.ChoiceField(
        label=gettext_lazy("Nova severidade"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Escolha a severidade.")},
    )
    reason = forms.CharField(label=gettext_lazy("Motivo"), widget=_text(3), required=False)

    def prepare(self) -> None:
        windows = list(self.ticket.windows.all())
        others = [severity for severity in Severity if severity != self.ticket.severity]
        self.fields["severity"].choices = [(s.value, self._choice(s, windows)) for s in others]  # type: ignore[attr-defined]

    def _choice(self, severity: Severity, windows: Iterable[object]) -> Choice:
        due = tickets.due_if(self.ticket, severity, windows)  # type: ignore[arg-type]
        date = words.when(due, now=self.visit.now, language=self.visit.language)
        is_late = due < tickets.stands_at(self.ticket, self.visit.now)
        text = (
            _("O retorno passa para {date}: o chamado já fica vencido.")
            if is_late
            else _("O retorno passa para {date}.")
        )
        return Choice(pieces.severity_word(severity), text.format(date=date))

    def clean_severity(self) -> Severity:
        return Severity(self.cleaned_data["severity"])


class SayingForm(Act):
    """A text for the customer, with files."""

    body = forms.CharField(label=gettext_lazy("Mensagem"), widget=_text(6), required=False)


class SolutionForm(SayingForm):
    def prepare(self) -> None:
        self.fields["body"].label = _("Solução")
        self.fields["body"].help_text = _("Passo a passo, do jeito que o cliente vai fazer.")
        self.work = list(tickets.work(self.ticket))
        self.waiver = self.ticket.responsibility == Responsibility.VENDOR and bool(self.billable_minutes)

    @property
    def billable_minutes(self) -> int:
        return sum(entry.minutes for entry in self.work if entry.is_billable)

    @property
    def lines(self) -> list[dict[str, object]]:
        return [
            {"activity": entry.activity, "day": entry.started_at.date(), "minutes": entry.minutes}
            for entry in self.work
            if entry.is_billable
        ]


class GuidanceForm(Act):
    """To whom the customer should turn; a request for work on site has its own contact for each region (R-096)."""

    body = forms.CharField(label=gettext_lazy("A quem o cliente deve se dirigir"), widget=_text(4), required=False)
    is_regional = forms.BooleanField(label=gettext_lazy("Enviar o contato da unidade da região"), required=False)

    def prepare(self) -> None:
        self.office = people.office_for(self.ticket.organization.state)
        if self.office is None:
            del self.fields["is_regional"]
            return
        told = filter(None, (self.office.name, self.office.telephone, self.office.email))
        self.fields["is_regional"].label = _("Consultoria externa: enviar o contato da região ({office})").format(
            office=", ".join(told)
        )
        self.initial = {"is_regional": self.ticket.service == Service.CONSULTING, **self.initial}


class ReasonForm(Act):
    reason = forms.CharField(label=gettext_lazy("Motivo"), widget=_text(3), required=False)


class OwnerForm(Act):
    """Who has the ticket in hand: one of its area, whoever asks, or nobody."""

    ME, NOBODY = "me", "nobody"
    assignee = forms.ChoiceField(
        label=gettext_lazy("Responsável"), error_messages={"required": gettext_lazy("Escolha a pessoa.")}
    )

    def prepare(self) -> None:
        colleagues = people.staff_of(self.ticket.area_id)
        self.staff = {str(person.pk): person for person in colleagues if person.pk != self.visit.person.pk}
        choices = [("", _("Escolha")), (self.ME, _("Eu")), *((key, person.name) for key, person in self.staff.items())]
        if self.ticket.assignee_id:
            choices.append((self.NOBODY, _("Ninguém: devolver para a fila")))
        self.fields["assignee"].choices = choices  # type: ignore[attr-defined]

    def clean_assignee(self) -> Person | None:
        chosen = self.cleaned_data["assignee"]
        return self.visit.person if chosen == self.ME else self.staff.get(chosen)


class WorkForm(Act):
    started_at = forms.DateTimeField(
        label=gettext_lazy("Início"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL),
        error_messages={
            "required": gettext_lazy("Diga quando começou."),
            "invalid": gettext_lazy("Esta data não existe."),
        },
    )
    ended_at = forms.DateTimeField(
        label=gettext_lazy("Fim"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL),
        error_messages={
            "required": gettext_lazy("Diga quando terminou."),
            "invalid": gettext_lazy("Esta data não existe."),
        },
    )
    activity = forms.CharField(label=gettext_lazy("O que foi feito"), max_length=200, required=False)
    is_billable = forms.BooleanField(label=gettext_lazy("Faturável"), required=False)
    reason = forms.CharField(label=gettext_lazy("Por que é ou não faturável"), max_length=200, required=False)

    def prepare(self) -> None:
        """Proposed is what the timer counted, or a quarter of an hour."""
        end = self.visit.now.replace(second=0, microsecond=0)
        if not self.is_bound:
            counted = timedelta(minutes=tickets.timer_of(self.ticket, by=self.visit.by) // 60)
            self.initial = {"started_at": end - (counted or QUARTER), "ended_at": end, **self.initial}


class WorkCorrectionForm(WorkForm):
    """What an entry should have said, and why it did not; or that it should not be there (R-054)."""

    withdraws = forms.BooleanField(label=gettext_lazy("Retirar este apontamento: ele deixa de contar"), required=False)
    why = forms.CharField(label=gettext_lazy("Motivo da correção"), max_length=400, required=False)

    def prepare(self) -> None:
        """Nothing is proposed: the fields begin with what the entry says."""
