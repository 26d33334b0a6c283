"""What another policy would have done, as the page shows it: a line for each severity, and a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from farol.tickets.queries import Replayed
from farol.ui import pieces
from farol.ui.charts.before_after import axis, before_after, scale_for

ENOUGH = 30  # a percentage of fewer says more than it knows


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    size: str
    picture: SafeString
    before: str
    after: str
    is_below: bool


@dataclass(frozen=True, slots=True)
class Result:
    replayed: Sequence[Replayed]
    rows: Sequence[Row]
    axis: SafeString
    summary: str
    outside: int


def result(replayed: Sequence[Replayed]) -> Result:
    steps = scale_for(part / one.tickets for one in replayed if one.tickets for part in (one.met, one.would_meet))
    return Result(
        replayed,
        [_row(one, steps) for one in replayed],
        axis(steps),
        _summary(replayed),
        sum(one.outside for one in replayed),
    )


def _row(one: Replayed, steps: Sequence[float]) -> Row:
    if not one.tickets:
        return Row(pieces.severity_word(one.severity), _("nenhum chamado"), SafeString(), "", "", is_below=False)
    return Row(
        name=pieces.severity_word(one.severity),
        size=ngettext("{count} chamado", "{count} chamados", one.tickets).format(count=one.tickets),
        picture=before_after(one.met / one.tickets, one.would_meet / one.tickets, steps=steps),
        before=_("antes {share}").format(share=_share(one.met, one.tickets)),
        after=_share(one.would_meet, one.tickets),
        is_below=one.would_meet < one.met,
    )


def _share(part: int, whole: int) -> str:
    """96,8%, or 12 de 14 where there are few."""
    if whole < ENOUGH:
        return _("{part} de {whole}").format(part=part, whole=whole)
    return f"{number_format(round(part / whole * 100, 1), 1)}%"


def _summary(replayed: Sequence[Replayed]) -> str:
    whole = sum(one.tickets for one in replayed)
    if not whole:
        return _("Nenhum chamado encerrado no período.")
    return _("De {whole}, {met} ficaram no prazo; com a outra regra ficariam {would_meet}.").format(
        whole=ngettext("{count} chamado", "{count} chamados", whole).format(count=whole),
        met=sum(one.met for one in replayed),
        would_meet=sum(one.would_meet for one in replayed),
    )
