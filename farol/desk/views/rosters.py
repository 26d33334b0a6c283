"""Duty rosters, a week at a time: who covers what, and the minutes that have no name (R-141)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from farol.desk import roster_week
from farol.desk.door import Visit, page, staff_only
from farol.desk.roster_week import WEEK
from farol.hours import actions, queries
from farol.hours.models import Roster
from farol.hours.rules.oncall import Level
from farol.hours.rules.roster import Covers, RosterHasGaps
from farol.people import queries as people
from farol.tickets.rules.windows import day_of, start_of
from farol.ui import frame

OTHERS = 12
LOCAL = {"type": "datetime-local"}
TELEPHONE = {"type": "tel", "autocomplete": "off"}


class RosterForm(forms.Form):
    use_required_attribute = False
    name = forms.CharField(label=gettext_lazy("Nome da escala"), max_length=120)
    calendar = forms.ChoiceField(label=gettext_lazy("Calendário"))
    covers = forms.TypedChoiceField(
        label=gettext_lazy("O que a escala cobre"),
        coerce=Covers,
        initial=Covers.DESK,
        empty_value=Covers.DESK,
        required=False,
        choices=[
            (Covers.DESK.value, gettext_lazy("Intervalos e feriados locais do expediente")),
            (Covers.OUT_OF_HOURS.value, gettext_lazy("Tudo fora do expediente, por telefone de plantão")),
        ],
    )
    first_day = forms.DateField(
        label=gettext_lazy("De"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last_day = forms.DateField(
        label=gettext_lazy("Até"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.calendars = {calendar.code: calendar for calendar in queries.all_calendars()}
        self.fields["calendar"].choices = [(code, c.name) for code, c in self.calendars.items()]  # type: ignore[attr-defined]


class ShiftForm(forms.Form):
    use_required_attribute = False
    person = forms.ChoiceField(label=gettext_lazy("Pessoa"))
    level = forms.TypedChoiceField(
        label=gettext_lazy("Quem é chamado"),
        coerce=Level,
        initial=Level.PRIMARY,
        choices=[
            (Level.PRIMARY.value, gettext_lazy("Primeiro: plantonista")),
            (Level.BACKUP.value, gettext_lazy("Depois: reserva")),
            (Level.SUPERVISOR.value, gettext_lazy("Por fim: supervisão")),
        ],
    )
    telephone = forms.CharField(
        label=gettext_lazy("Telefone em que atende"), max_length=30, required=False, widget=forms.TextInput(TELEPHONE)
    )
    starts_at = forms.DateTimeField(label=gettext_lazy("Início"), widget=forms.DateTimeInput(attrs=LOCAL))
    ends_at = forms.DateTimeField(label=gettext_lazy("Fim"), widget=forms.DateTimeInput(attrs=LOCAL))

    def __init__(self, roster: Roster, *args: Any) -> None:
        super().__init__(*args)
        if roster.covers == Covers.DESK:
            del self.fields["level"], self.fields["telephone"]
        self.staff = {str(person.pk): person for person in people.staff()}
        self.fields["person"].choices = [(key, person.name) for key, person in self.staff.items()]  # type: ignore[attr-defined]


@require_safe
@staff_only
def rosters(request: HttpRequest, visit: Visit) -> HttpResponse:
    """GET /mesa/plantao: the roster that holds today, or else the newest."""
    today = day_of(visit.now)
    holding = queries.rosters().filter(published_at__isnull=False, first_day__lte=today, last_day__gte=today)
    if found := holding.first() or queries.rosters().first():
        return HttpResponseRedirect(reverse("desk:roster", args=[found.pk]))
    return page(request, visit, "desk/roster.html", here="rosters", form=RosterForm(), roster=None)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def new_roster(request: HttpRequest, visit: Visit) -> HttpResponse:
    """/mesa/plantao/nova: a period that waits for its names."""
    form = RosterForm(request.POST) if request.method == "POST" else RosterForm()
    made: list[Roster] = []
    if form.is_bound and form.is_valid():
        facts = {**form.cleaned_data, "calendar": form.calendars[form.cleaned_data["calendar"]]}
        refusal = frame.attempt(lambda: made.append(actions.draft_roster(**facts, by=visit.by, now=visit.now)))
        if refusal is None:
            return HttpResponseRedirect(reverse("desk:roster", args=[made[0].pk]))
        frame.show_on(form, refusal)
    status = 422 if form.is_bound else 200
    return page(request, visit, "desk/roster.html", here="rosters", form=form, roster=None, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def roster(request: HttpRequest, visit: Visit, roster_id: int) -> HttpResponse:
    """/mesa/plantao/3?semana=2026-11-23: one week of it; POST adds a turn."""
    found = _roster(roster_id)
    form = ShiftForm(found, request.POST) if request.method == "POST" else ShiftForm(found)
    if form.is_bound and form.is_valid():
        facts = {**form.cleaned_data, "person": form.staff[form.cleaned_data["person"]]}
        refusal = frame.attempt(lambda: actions.add_shift(found.pk, **facts, by=visit.by, now=visit.now))
        if refusal is None:
            messages.success(request, _("Turno guardado."))
            return HttpResponseRedirect(request.get_full_path())
        frame.show_on(form, refusal)
    return _week(request, visit, found, form)


@require_POST
@staff_only
def removal(request: HttpRequest, visit: Visit, roster_id: int, shift_id: int) -> HttpResponse:
    """POST /mesa/plantao/3/turnos/7/remocao"""
    if not _roster(roster_id).shifts.filter(pk=shift_id).exists():
        raise Http404
    actions.remove_shift(shift_id, by=visit.by, now=visit.now)
    messages.success(request, _("Turno removido."))
    return HttpResponseRedirect(reverse("desk:roster", args=[roster_id]))


@require_POST
@staff_only
def publication(request: HttpRequest, visit: Visit, roster_id: int) -> HttpResponse:
    """POST /mesa/plantao/3/publicacao: refused while a minute has no name, each hole by its hours (R-123, R-141)."""
    found = _roster(roster_id)
    try:
        actions.publish_roster(found.pk, by=visit.by, now=visit.now)
    except RosterHasGaps as refusal:
        return _week(request, visit, found, ShiftForm(found), refusal=refusal)
    messages.success(request, _("Escala publicada."))
    return HttpResponseRedirect(reverse("desk:roster", args=[roster_id]))


def _roster(roster_id: int) -> Roster:
    found = queries.rosters().filter(pk=roster_id).first()
    if found is None:
        raise Http404
    return found


def _week(
    request: HttpRequest, visit: Visit, found: Roster, form: ShiftForm, *, refusal: RosterHasGaps | None = None
) -> HttpResponse:
    parts = queries.parts_of(found)
    holes = [part for part in parts if part.is_hole]
    monday = _monday(request.GET.get("semana", ""), found, visit)
    facts = {
        "roster": found,
        "rosters": queries.rosters().exclude(pk=found.pk)[:OTHERS],
        "week": roster_week.shown(found, parts, monday, visit),
        "shifts": queries.shifts_between(found, start_of(monday), start_of(monday + WEEK)),
        "holes": [] if found.published_at else roster_week.holes_by_day(holes, visit),
        "open": 0 if found.published_at else len(holes),
        "refused": frame.in_two_lines(refusal) if refusal else (),
        "earlier": (monday - WEEK).isoformat() if monday > found.first_day else "",
        "later": (monday + WEEK).isoformat() if monday + WEEK <= found.last_day else "",
        "monday": monday,
    }
    status = refusal.status if refusal else 422 if form.is_bound else 200
    return page(request, visit, "desk/roster.html", here="rosters", form=form, status=status, **facts)


def _monday(text: str, found: Roster, visit: Visit) -> date:
    try:
        asked = date.fromisoformat(text)
    except ValueError:
        asked = day_of(visit.now)
    day = min(max(asked, found.first_day), found.last_day)
    return day - timedelta(days=day.weekday())
