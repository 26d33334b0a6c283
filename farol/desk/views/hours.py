"""The hours of the teams, and the changes of them, with their effect on the open tickets first (R-064, R-140)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from farol.desk import calendars, changes
from farol.desk.changes import Change
from farol.desk.door import Visit, managers_only, page
from farol.desk.hour_forms import HolidayForm, SpecialDayForm, VersionForm, YearsForm
from farol.hours import actions as hour_actions
from farol.hours import queries
from farol.hours.models import Calendar
from farol.hours.models import SpecialDay as SpecialDayRow
from farol.hours.rules import Level, UnknownCalendar, runs_out, stretch
from farol.tickets import actions
from farol.tickets.queries import effects
from farol.tickets.rules.windows import day_of
from farol.ui import kept
from farol.worktime.hours import SpecialDay
from farol.worktime.schedule import Schedule
from farol.worktime.windows import read_pairs


@require_safe
@managers_only
def hours(request: HttpRequest, visit: Visit) -> HttpResponse:
    today, almanac = day_of(visit.now), queries.almanac()
    first = _year(request.GET.get("ano", ""), almanac.first_year, almanac.last_year, today.year)
    return page(
        request,
        visit,
        "desk/hours.html",
        here="hours",
        calendars=calendars.shown(today, visit.language),
        years=calendars.holidays_of((first, first + 1)),
        earlier=first - 1 if first > almanac.first_year else None,
        later=first + 1 if first < almanac.last_year else None,
        almanac=almanac,
        runs_out=runs_out(almanac.last_year, today),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@managers_only
def years(request: HttpRequest, visit: Visit) -> HttpResponse:
    """/mesa/horarios/anos: the holidays of the years that follow."""
    almanac = queries.almanac()
    form = YearsForm(request.POST or None, initial={"until": almanac.last_year + 5, **kept.taken(request).dict()})
    change = Change(
        title=_("Carregar feriados"),
        lead=_(
            "Os feriados nacionais, estaduais e municipais de {first} a {last} são conhecidos. "
            "Carregue os anos seguintes; os dias da empresa são incluídos um a um."
        ).format(first=almanac.first_year, last=almanac.last_year),
        do=lambda _recalculates: hour_actions.load_years(form.cleaned_data["until"], by=visit.by, now=visit.now),
        effects=lambda: [],
        note=_("As datas já prometidas não mudam: nenhuma chega aos anos novos."),
        confirm=_("Carregar feriados"),
        back_url=reverse("desk:hours"),
        back=_("Voltar aos horários"),
        done=_loaded,
    )
    return changes.answer(request, visit, form, change)


@require_http_methods(["GET", "HEAD", "POST"])
@managers_only
def holiday(request: HttpRequest, visit: Visit) -> HttpResponse:
    form = HolidayForm(request.POST or None, initial=kept.taken(request).dict())

    def facts() -> dict[str, Any]:
        return {name: form.cleaned_data[name] for name in ("day", "name", "level", "place")}

    def enter(recalculates: bool) -> list[int]:
        told = facts() | {"level": Level(form.cleaned_data["level"])}
        return actions.enter_holiday_and_recalculate(
            **told, recalculates=recalculates, reason=form.cleaned_data["reason"], by=visit.by, now=visit.now
        )

    change = Change(
        title=_("Incluir feriado"),
        lead=_("O dia passa a fechar todos os calendários que observam este nível e este local."),
        do=enter,
        effects=lambda: effects(queries.schedules_with_holiday(**facts())),
        **ways(_("Feriado incluído.")),
    )
    return changes.answer(request, visit, form, change)


@require_http_methods(["GET", "HEAD", "POST"])
@managers_only
def special_day(request: HttpRequest, visit: Visit, code: str) -> HttpResponse:
    calendar = calendar_or_404(code)
    form = SpecialDayForm(
        request.POST or None, initial={**_as_it_stands(request, calendar), **kept.taken(request).dict()}
    )

    def keep(recalculates: bool) -> list[int]:
        told = {name: form.cleaned_data[name] for name in ("day", "until", "name", "windows", "reason")}
        return actions.set_special_day_and_recalculate(
            calendar.pk, **told, recalculates=recalculates, by=visit.by, now=visit.now
        )

    def with_it() -> dict[int, Schedule]:
        told = form.cleaned_data
        special = SpecialDay(read_pairs(told["windows"], "windows"), told["name"])
        days = set(stretch(told["day"], told["until"] or told["day"]))
        return queries.schedules_with_special_days(calendar.pk, days, special)

    change = Change(
        title=_("{calendar}: dia especial").format(calendar=calendar.name),
        lead=_("Nesse dia o calendário segue este horário, ou fica fechado, mesmo que seja feriado."),
        do=keep,
        effects=lambda: effects(with_it()),
        **ways(_("Dia especial guardado.")),
    )
    return changes.answer(request, visit, form, change)


@require_http_methods(["GET", "HEAD", "POST"])
@managers_only
def version(request: HttpRequest, visit: Visit, code: str) -> HttpResponse:
    calendar = calendar_or_404(code)
    newest = queries.version_of(calendar.pk)
    form = VersionForm(request.POST or None, newest=newest, initial=kept.taken(request).dict())

    def with_it() -> dict[int, Schedule]:
        schedule = queries.schedule_of_version(form.draft(calendar))
        return {earlier.pk: schedule for earlier in queries.versions_of(calendar.pk)}

    change = Change(
        title=_("{calendar}: nova versão").format(calendar=calendar.name),
        lead=_("Vale para os chamados abertos a partir do dia escolhido. Os anteriores só mudam se você recalcular."),
        do=lambda recalculates: actions.start_version_and_recalculate(
            form.draft(calendar), recalculates=recalculates, by=visit.by, now=visit.now
        ),
        effects=lambda: effects(with_it()),
        note=_of_the_past(form.data.get("valid_from", ""), visit),
        **ways(_("Nova versão guardada.")),
    )
    return changes.answer(request, visit, form, change)


def _year(text: str, first: int, last: int, this: int) -> int:
    """`?ano=2030`: the first of the two years shown; this one if it is not said or not known."""
    said = int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else this
    return min(max(said, first), last)


def _of_the_past(day: str, visit: Visit) -> str:
    """What a version that has begun already does not do by itself."""
    if not day or day >= day_of(visit.now).isoformat():
        return ""
    return _("O dia escolhido já passou: os chamados abertos desde então só mudam se você recalcular.")


def _as_it_stands(request: HttpRequest, calendar: Calendar) -> dict[str, str]:
    """`?dia=2026-12-24`: the special day that is there already, to be altered."""
    found = special_day_on(calendar, request.GET.get("dia", ""))
    if found is None:
        return {}
    windows = " ".join("-".join(pair) for pair in found.windows)
    return {"day": found.day.isoformat(), "name": found.name, "windows": windows}


def special_day_on(calendar: Calendar, day: str) -> SpecialDayRow | None:
    try:
        on = date.fromisoformat(day)
    except ValueError:
        return None
    return queries.special_days_of(calendar.pk, on).filter(day=on).first()


def calendar_or_404(code: str) -> Calendar:
    try:
        return queries.calendar_named(code)
    except UnknownCalendar:
        raise Http404 from None


def _loaded(count: object) -> str:
    text = ngettext("{count} feriado carregado.", "{count} feriados carregados.", int(str(count)))
    return text.format(count=count)


def ways(done: str) -> dict[str, Any]:
    return {
        "back_url": reverse("desk:hours"),
        "back": _("Voltar aos horários"),
        "done": lambda numbers: f"{done} {_moved(len(numbers))}".strip(),
    }


def _moved(count: int) -> str:
    if not count:
        return ""
    text = ngettext("{count} chamado mudou de data.", "{count} chamados mudaram de data.", count)
    return text.format(count=count)
