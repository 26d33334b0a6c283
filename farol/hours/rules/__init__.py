"""Which holidays close a desk, and the calendars a vendor starts with (rules of the service, section 14).

>>> places_above("SP/São Paulo")
('', 'SP', 'SP/São Paulo')
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from farol.kernel.errors import FieldsRefused, Refusal, gettext_noop

SAO_PAULO = "America/Sao_Paulo"
SITE = "SP/São Paulo"  # state, then municipality: where the teams sit
SEEDED_YEARS = (2020, 2035)
BEGINNING = date(SEEDED_YEARS[0], 1, 1)
MONTHS_AHEAD = 18
LONGEST_STRETCH = 366
TOO_LONG = gettext_noop("Escolha no máximo um ano de cada vez.")
PLACES = (
    gettext_noop("Este feriado vale em todo lugar: deixe o local em branco."),
    gettext_noop("Escreva a sigla do estado, como SP."),
    gettext_noop("Escreva o estado e o município, como SP/São Paulo."),
)
Week = dict[str, list[list[str]]]


class Level(StrEnum):
    """Who made the day a holiday; an optional one closes nobody unless the calendar says so (R-140)."""

    NATIONAL = "national"
    STATE = "state"
    MUNICIPAL = "municipal"
    OPTIONAL = "optional"
    VENDOR = "vendor"


@dataclass(frozen=True, slots=True)
class StandardCalendar:
    code: str
    name: str
    week: Week
    levels: tuple[Level, ...]
    place: str = SITE


class UnknownCalendar(Refusal):
    code = "hours.unknown_calendar"
    status = 404
    message = gettext_noop("Não existe o calendário {calendar}.")


class HoursForManagers(Refusal):
    code = "hours.managers_only"
    status = 403
    message = gettext_noop("Só a gestão muda os horários de atendimento.")
    remedy = gettext_noop("Peça a uma pessoa da gestão que faça a mudança.")


class VersionTooEarly(Refusal):
    code = "hours.version_too_early"
    rule = "R-140"
    message = gettext_noop("O calendário já tem uma versão que vale a partir de {valid_from:%d/%m/%Y}.")
    remedy = gettext_noop("Escolha uma data posterior.")


class VersionGone(Refusal):
    code = "hours.version_gone"
    rule = "R-140"
    status = 404
    message = gettext_noop("Esta versão do calendário não existe mais.")
    remedy = gettext_noop("Atualize a página e veja as versões que valem.")


class VersionBegun(Refusal):
    """What tickets were reckoned by stays on record."""

    code = "hours.version_begun"
    rule = "R-140"
    message = gettext_noop("Esta versão já vale, ou há chamados contados por ela, e não pode ser retirada.")
    remedy = gettext_noop("Crie uma versão nova, que valha a partir de outro dia.")


class HolidayKnown(Refusal):
    code = "hours.holiday_known"
    rule = "R-140"
    message = gettext_noop("Este dia já é feriado: {name}.")
    remedy = gettext_noop("Confira a data, o nível e o local.")


class YearsKnown(Refusal):
    code = "hours.years_known"
    rule = "R-140"
    message = gettext_noop("Os feriados até {last} já estão carregados.")
    remedy = gettext_noop("Escolha um ano posterior.")


class YearsOutOfReach(Refusal):
    code = "hours.years_out_of_reach"
    rule = "R-140"
    message = gettext_noop("Só se conhecem feriados até {last}.")
    remedy = gettext_noop("Escolha um ano anterior.")


class HolidayGone(Refusal):
    code = "hours.holiday_gone"
    rule = "R-140"
    message = gettext_noop("Este feriado já foi retirado.")
    remedy = gettext_noop("Confira a lista de feriados.")


class SpecialDayGone(Refusal):
    code = "hours.special_day_gone"
    rule = "R-140"
    message = gettext_noop("Este dia já segue o horário normal.")
    remedy = gettext_noop("Confira os dias especiais do calendário.")


def stretch(first: date, last: date) -> list[date]:
    """Every day from `first` to `last`, a year of them at most. Raises FieldsRefused.

    >>> len(stretch(date(2028, 2, 1), date(2028, 2, 29)))
    29
    """
    days = (last - first).days + 1
    if days < 1:
        raise FieldsRefused({"until": [gettext_noop("O fim precisa vir depois do início.")]})
    if days > LONGEST_STRETCH:
        raise FieldsRefused({"until": [TOO_LONG]})
    return [first + timedelta(days=n) for n in range(days)]


def runs_out(last_year: int, today: date) -> bool:
    """The known holidays end within 18 months; long promises would soon be refused.

    >>> runs_out(2027, date(2026, 6, 30)), runs_out(2027, date(2026, 7, 1))
    (False, True)
    """
    months = (last_year * 12 + 12) - (today.year * 12 + today.month)
    return months < MONTHS_AHEAD


def refuse_place(level: Level, place: str) -> None:
    """A state's holiday names the state, a municipality's both; the others hold everywhere (R-140)."""
    parts = {Level.STATE: 1, Level.MUNICIPAL: 2}.get(level, 0)
    named = place.split("/") if place else []
    if len(named) != parts or not all(named):
        raise FieldsRefused({"place": [PLACES[parts]]})


def places_above(place: str) -> tuple[str, ...]:
    """The whole country, the state and the municipality that a place lies in."""
    parts = place.split("/") if place else []
    return ("", *("/".join(parts[: depth + 1]) for depth in range(len(parts))))


def monday_to_friday(*windows: tuple[str, str]) -> Week:
    return {str(weekday): [list(window) for window in windows] for weekday in range(5)}


def every_day(*windows: tuple[str, str]) -> Week:
    return {str(weekday): [list(window) for window in windows] for weekday in range(7)}


NATIONAL_ONLY = (Level.NATIONAL, Level.VENDOR)  # local holidays are staffed by on-call
AND_LOCAL = (Level.NATIONAL, Level.STATE, Level.MUNICIPAL, Level.VENDOR)
MORNING = ("08:00", "12:00")

STANDARD_CALENDARS = (
    StandardCalendar(
        "support_tech_07_19", "Suporte técnico, 7h–19h", monday_to_friday(("07:00", "19:00")), NATIONAL_ONLY
    ),
    StandardCalendar("support_08_18", "Suporte técnico, 8h–18h", monday_to_friday(("08:00", "18:00")), NATIONAL_ONLY),
    StandardCalendar(
        "consulting_08_12_14_18", "Consultoria técnica", monday_to_friday(MORNING, ("14:00", "18:00")), AND_LOCAL
    ),
    StandardCalendar(
        "ombudsman_08_12_1330_1730", "Ouvidoria", monday_to_friday(MORNING, ("13:30", "17:30")), AND_LOCAL
    ),
    StandardCalendar("admin_finance_08_12_1330_18", "CST", monday_to_friday(MORNING, ("13:30", "18:00")), AND_LOCAL),
    StandardCalendar("datacenter_08_18", "Datacenter, 8h–18h", monday_to_friday(("08:00", "18:00")), AND_LOCAL),
    StandardCalendar("always", "24 horas, todos os dias", every_day(("00:00", "24:00")), ()),
)
