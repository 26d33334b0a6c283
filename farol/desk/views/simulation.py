"""What if: the closed tickets of a period under another policy, before anything changes (R-066)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from farol.contracts.rules import STANDARD_ALLOWANCES
from farol.desk import comparison
from farol.desk.door import Visit, page, staff_only
from farol.hours import queries as hours
from farol.tickets import queries as tickets
from farol.tickets.rules.severity import Severity
from farol.tickets.rules.windows import day_of, start_of
from farol.ui import pieces
from farol.worktime.schedule import LAST_YEAR

QUARTER = timedelta(days=91)
UNTIL_THE_CLOCK_ENDS = MaxValueValidator(date(LAST_YEAR, 12, 31))


class PolicyForm(forms.Form):
    """Whose hours count and how many of them each severity has."""

    use_required_attribute = False
    calendar = forms.ChoiceField(label=gettext_lazy("Calendário"))
    first_day = forms.DateField(
        label=gettext_lazy("Encerrados de"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last_day = forms.DateField(
        label=gettext_lazy("Até"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[UNTIL_THE_CLOCK_ENDS],
    )

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        calendars = [(calendar.code, calendar.name) for calendar in hours.all_calendars()]
        self.fields["calendar"].choices = calendars  # type: ignore[attr-defined]
        for severity in Severity:
            label = _("{severity}, horas úteis").format(severity=pieces.severity_word(severity))
            self.fields[severity] = forms.IntegerField(label=label, min_value=1, max_value=10_000)

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if facts.get("first_day") and facts.get("last_day") and facts["last_day"] < facts["first_day"]:
            self.add_error("last_day", _("O fim precisa vir depois do início."))
        return facts

    @property
    def allowances(self) -> dict[str, int]:
        return {severity.value: self.cleaned_data[severity] * 60 for severity in Severity}


@require_safe
@staff_only
def simulation(request: HttpRequest, visit: Visit) -> HttpResponse:
    """GET /mesa/simulacao: asking changes nothing."""
    if not visit.person.is_manager:
        raise Http404
    today = day_of(visit.now)
    initial = {"first_day": (today - QUARTER).isoformat(), "last_day": today.isoformat()}
    initial |= {severity: str(minutes // 60) for severity, minutes in STANDARD_ALLOWANCES.items()}
    form = PolicyForm(request.GET) if request.GET else PolicyForm(initial=initial)
    shown = None
    if form.is_bound and form.is_valid():
        facts = form.cleaned_data
        until = start_of(facts["last_day"] + timedelta(days=1))
        schedule = hours.schedule_of(facts["calendar"], facts["last_day"])
        found = tickets.simulate(schedule, form.allowances, since=start_of(facts["first_day"]), until=until)
        shown = comparison.result(list(found.values()))
    status = 422 if form.is_bound and not form.is_valid() else 200
    return page(request, visit, "desk/simulation.html", here="simulation", form=form, result=shown, status=status)
