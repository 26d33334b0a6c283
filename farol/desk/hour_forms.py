"""What is asked of whoever changes hours. The rooms decide what is right; a form only asks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from farol.desk.forms import LOCAL
from farol.hours.actions import drafted
from farol.hours.models import Calendar, CalendarVersion
from farol.hours.rules import Level
from farol.tickets.models import Window
from farol.worktime.errors import ClockError
from farol.worktime.windows import in_minutes, read

NO_DAY = {"required": gettext_lazy("Diga o dia."), "invalid": gettext_lazy("Esta data não existe.")}
LEVELS = {
    Level.NATIONAL: gettext_lazy("Nacional"),
    Level.STATE: gettext_lazy("Estadual"),
    Level.MUNICIPAL: gettext_lazy("Municipal"),
    Level.OPTIONAL: gettext_lazy("Ponto facultativo"),
    Level.VENDOR: gettext_lazy("Da empresa"),
}
DAYS = (
    gettext_lazy("Segunda"),
    gettext_lazy("Terça"),
    gettext_lazy("Quarta"),
    gettext_lazy("Quinta"),
    gettext_lazy("Sexta"),
    gettext_lazy("Sábado"),
    gettext_lazy("Domingo"),
)
WRITTEN = gettext_lazy("Escreva como 08:00-12:00 13:30-18:00. Em branco, fechado.")


def _date(label: Any, *, is_required: bool = True) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, required=is_required, error_messages=NO_DAY)


def _instant(label: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL)
    return forms.DateTimeField(label=label, widget=widget, error_messages=NO_DAY)


def _pairs(text: str, field: str) -> list[list[str]]:
    """Windows as the rooms write them down. Raises ValidationError with what the clock says of them."""
    try:
        windows = read(text, field)
        in_minutes(windows, field)
    except ClockError as error:
        raise forms.ValidationError(_(error.message)) from None
    return [[f"{opens:%H:%M}", "24:00" if closes == time() else f"{closes:%H:%M}"] for opens, closes in windows]


def _shown(field: BoundField) -> str:
    """An answer as it is read: choices by their words, dates as dates are written."""
    answer = field.form.cleaned_data.get(field.name)
    if isinstance(answer, datetime):
        return date_format(localtime(answer), "d/m/Y H:i")
    if isinstance(answer, date):
        return date_format(answer, "d/m/Y")
    chosen = dict(getattr(field.field, "choices", ()))
    picked = field.data if isinstance(field.data, list) else [field.data]
    return ", ".join(str(chosen.get(one, one)) for one in picked)


class ChangeForm(forms.Form):
    """Asked in two steps: the change itself, then, beside its effect, whether promised dates follow and why."""

    use_required_attribute = False
    last_step: tuple[str, ...] = ("recalculates", "reason")

    recalculates = forms.BooleanField(label=gettext_lazy("Recalcular também os chamados abertos"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Motivo"), widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=2000
    )

    @property
    def asks_first(self) -> bool:
        """Whether there is a first step at all."""
        return any(True for _field in self.first())

    def first(self) -> Iterator[BoundField]:
        return (field for field in self if field.name not in self.last_step)

    def said(self) -> list[tuple[str, str]]:
        """What was answered in the first step, for whoever is about to confirm it."""
        return [(str(field.label), _shown(field)) for field in self.first() if field.data]

    def last(self) -> list[BoundField]:
        return [self[name] for name in self.last_step if name in self.fields]


class HolidayForm(ChangeForm):
    field_order = ("day", "name", "level", "place")

    day = _date(gettext_lazy("Dia"))
    name = forms.CharField(label=gettext_lazy("Nome do feriado"), max_length=120, required=False)
    level = forms.ChoiceField(label=gettext_lazy("Nível"), choices=[(level.value, LEVELS[level]) for level in Level])
    place = forms.CharField(
        label=gettext_lazy("Local"),
        help_text=gettext_lazy("SP para um estado, SP/São Paulo para um município, em branco para os outros."),
        max_length=120,
        required=False,
    )


class SpecialDayForm(ChangeForm):
    field_order = ("day", "until", "name", "windows")

    day = _date(gettext_lazy("Dia"))
    until = _date(gettext_lazy("Até, se forem vários dias"), is_required=False)
    name = forms.CharField(label=gettext_lazy("Nome do dia"), max_length=120, required=False)
    windows = forms.CharField(label=gettext_lazy("Horário"), help_text=WRITTEN, max_length=200, required=False)

    def clean_windows(self) -> list[list[str]]:
        return _pairs(self.cleaned_data["windows"], "windows")


class VersionForm(ChangeForm):
    """A calendar's next version; the form begins with what the newest one says."""

    last_step = ("recalculates",)
    valid_from = _date(gettext_lazy("Vale a partir de"))
    zone = forms.CharField(label=gettext_lazy("Fuso horário"), max_length=60)
    levels = forms.MultipleChoiceField(
        label=gettext_lazy("Feriados que fecham"),
        choices=[(level.value, LEVELS[level]) for level in Level],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    place = forms.CharField(
        label=gettext_lazy("Local"),
        help_text=gettext_lazy("Onde a equipe trabalha, como SP/São Paulo."),
        max_length=120,
        required=False,
    )

    def __init__(self, *args: Any, newest: CalendarVersion, **facts: Any) -> None:
        super().__init__(*args, **facts)
        week = {
            f"week_{day}": forms.CharField(label=name, max_length=200, required=False) for day, name in enumerate(DAYS)
        }
        week["week_0"].help_text = WRITTEN
        self.fields |= week
        self.order_fields(["valid_from", *week, "zone", "levels", "place", "reason"])
        said = {
            f"week_{day}": " ".join("-".join(pair) for pair in newest.week.get(str(day), ()))
            for day in range(len(DAYS))
        }
        self.initial = {"zone": newest.zone, "levels": newest.levels, "place": newest.place, **said, **self.initial}

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        week = {}
        for day in range(len(DAYS)):
            try:
                week[str(day)] = _pairs(facts.get(f"week_{day}", ""), f"week_{day}")
            except forms.ValidationError as error:
                self.add_error(f"week_{day}", error)
        return {**facts, "week": {day: pairs for day, pairs in week.items() if pairs}}

    def draft(self, calendar: Calendar) -> CalendarVersion:
        """Made anew each time: one that was rehearsed is spent."""
        wanted = {name: self.cleaned_data[name] for name in ("valid_from", "zone", "week", "levels", "place", "reason")}
        return drafted(calendar, **wanted)


class YearsForm(ChangeForm):
    """Up to which year the holidays shall be known."""

    last_step = ()
    recalculates = None  # type: ignore[assignment]
    reason = None  # type: ignore[assignment]
    until = forms.IntegerField(
        label=gettext_lazy("Carregar até o ano"),
        max_value=9999,
        error_messages={"required": gettext_lazy("Diga o ano."), "invalid": gettext_lazy("Diga o ano.")},
    )


class PauseForm(ChangeForm):
    """The true times of a pause; one that is left as it stands keeps its seconds."""

    last_step = ()
    field_order = ("sent_at", "ended_at", "reason")
    recalculates = None  # type: ignore[assignment]
    sent_at = _instant(gettext_lazy("Início da pausa"))
    ended_at = _instant(gettext_lazy("Fim da pausa"))

    def __init__(self, *args: Any, window: Window, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.window = window
        self.initial = {"sent_at": window.sent_at, "ended_at": window.ended_at, **self.initial}

    def clean_sent_at(self) -> datetime:
        return self._kept("sent_at")

    def clean_ended_at(self) -> datetime:
        return self._kept("ended_at")

    def _kept(self, name: str) -> datetime:
        typed: datetime = self.cleaned_data[name]
        stored: datetime = getattr(self.window, name)
        return stored if stored.replace(second=0, microsecond=0) == typed else typed
