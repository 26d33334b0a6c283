"""A holiday or a special day taken back, with its effect on the open tickets first (R-064, R-140)."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from farol.desk import changes
from farol.desk.changes import Change
from farol.desk.door import Visit, managers_only
from farol.desk.hour_forms import LEVELS, ChangeForm
from farol.desk.views.hours import calendar_or_404, special_day_on, ways
from farol.hours import actions as hour_actions
from farol.hours import queries
from farol.hours.rules import Level
from farol.tickets import actions
from farol.tickets.queries import effects
from farol.ui import kept, words


@require_http_methods(["GET", "HEAD", "POST"])
@managers_only
def holiday(request: HttpRequest, visit: Visit, holiday_id: int) -> HttpResponse:
    """/mesa/horarios/feriados/7/remocao"""
    found = queries.holidays().filter(pk=holiday_id).first()
    if found is None:
        raise Http404
    form = ChangeForm(request.POST or None, initial=kept.taken(request).dict())
    where = " · ".join(filter(None, (str(LEVELS[Level(found.level)]), found.place)))
    change = Change(
        title=_("Retirar feriado"),
        lead=_("{name}, {day} ({where}). O dia volta a contar nos calendários que fechavam.").format(
            name=found.name, day=_day(found.day, visit), where=where
        ),
        do=lambda recalculates: actions.remove_holiday_and_recalculate(
            holiday_id, recalculates=recalculates, reason=form.cleaned_data["reason"], by=visit.by, now=visit.now
        ),
        effects=lambda: effects(queries.schedules_without_holiday(found)),
        confirm=_("Retirar feriado"),
        **ways(_("Feriado retirado.")),
    )
    return changes.answer(request, visit, form, change)


@require_http_methods(["GET", "HEAD", "POST"])
@managers_only
def special_day(request: HttpRequest, visit: Visit, code: str, day: str) -> HttpResponse:
    """/mesa/horarios/support_tech_07_19/dias/2026-12-24/remocao"""
    calendar = calendar_or_404(code)
    found = special_day_on(calendar, day)
    if found is None:
        raise Http404
    form = ChangeForm(request.POST or None, initial=kept.taken(request).dict())
    change = Change(
        title=_("{calendar}: retirar dia especial").format(calendar=calendar.name),
        lead=_("{name}, {day}. O dia volta a seguir a semana e os feriados.").format(
            name=found.name, day=_day(found.day, visit)
        ),
        do=lambda recalculates: actions.remove_special_day_and_recalculate(
            calendar.pk,
            found.day,
            recalculates=recalculates,
            reason=form.cleaned_data["reason"],
            by=visit.by,
            now=visit.now,
        ),
        effects=lambda: effects(queries.schedules_with_special_days(calendar.pk, {found.day}, None)),
        confirm=_("Retirar dia especial"),
        **ways(_("Dia especial retirado.")),
    )
    return changes.answer(request, visit, form, change)


@require_POST
@managers_only
def version(request: HttpRequest, visit: Visit, code: str, version_id: int) -> HttpResponse:
    """POST /mesa/horarios/support_tech_07_19/versoes/7/remocao: no ticket is reckoned by it, so no date moves."""
    calendar_or_404(code)
    hour_actions.take_back_version(version_id, by=visit.by, now=visit.now)
    messages.success(request, _("Versão retirada: continua valendo a anterior."))
    return HttpResponseRedirect(reverse("desk:hours"))


def _day(on: date, visit: Visit) -> str:
    return words.day(on, today=visit.now.date(), language=visit.language)
