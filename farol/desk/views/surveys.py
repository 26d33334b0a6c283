"""What customers say of the solutions: for those who manage the centre (R-163)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from farol.desk.door import Visit, managers_only, page
from farol.survey import queries
from farol.survey.rules import BEST, LOW, SCORES, Tally
from farol.tickets.rules.windows import day_of, start_of

PERIODS = (30, 90, 365)
FEWEST = 30
"""Answers below which a share says less than the numbers themselves."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a chart: what it is, how long its bar, its figure and what stands behind it."""

    name: str
    share: float
    figure: str
    base: str


@require_safe
@managers_only
def surveys(request: HttpRequest, visit: Visit) -> HttpResponse:
    """GET /mesa/pesquisas?dias=90"""
    asked = request.GET.get("dias", "")
    days = int(asked) if asked in map(str, PERIODS) else PERIODS[1]
    until = visit.now
    since = start_of(day_of(visit.now) - timedelta(days=days - 1))
    found = queries.results(since, until)
    return page(
        request,
        visit,
        "desk/surveys.html",
        here="surveys",
        periods=[(period, _("{days} dias").format(days=period), period == days) for period in PERIODS],
        whole=found.whole,
        average=_average(found.whole),
        base=_base(found.whole),
        scores=[_score(score, found.whole) for score in SCORES],
        areas=_rows(found.areas),
        months=_rows([(date_format(month, "M Y").lower(), tally) for month, tally in found.months]),
        answers=list(queries.answers(since, until)[: queries.SHOWN]),
        low=LOW,
    )


def _score(score: int, whole: Tally) -> Row:
    count = whole.scores.get(score, 0)
    figure = f"{round(whole.share(score) * 100)}%" if whole.answered >= FEWEST else ""
    base = _("{count} de {all}").format(count=count, all=whole.answered)
    return Row(f"{score} · {_(SCORES[score])}", whole.share(score), figure, base)


def _rows(tallies: Sequence[tuple[str, Tally]]) -> list[Row]:
    return [Row(name, (tally.average or 0) / BEST, _average(tally), _few(tally)) for name, tally in tallies]


def _average(tally: Tally) -> str:
    if tally.average is None:
        return _("sem respostas")
    return _("{average} de 5").format(average=number_format(tally.average, 1))


def _few(tally: Tally) -> str:
    """15 de 26, in a column that says of what."""
    return _("{count} de {all}").format(count=tally.answered, all=tally.asked)


def _base(tally: Tally) -> str:
    """312 respostas de 498"""
    said = ngettext("{count} resposta de {all}", "{count} respostas de {all}", tally.answered)
    return said.format(count=tally.answered, all=tally.asked)
