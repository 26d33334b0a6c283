"""The deadline as it really went: solid where it ran, hatched where it paused, dotted outside hours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from farol.ui import words
from farol.ui.charts import marks

TOP, HEIGHT, MIDDLE = 20, 16, 28
CLOSED_WEIGHT = 0.09
LEAST_WEIGHT = 0.035
LATE_WEIGHT = 0.3
LABEL_GAP = 0.025
LETTER = 0.023


class SpanLike(Protocol):
    """What a span of the ledger offers; `kind` is running, paused or closed."""

    @property
    def start(self) -> datetime: ...
    @property
    def end(self) -> datetime: ...
    @property
    def kind(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Stretch:
    start: datetime
    end: datetime
    kind: str

    @property
    def minutes(self) -> float:
        return (self.end - self.start).total_seconds() / 60


def clock_timeline(
    spans: Iterable[SpanLike],
    *,
    now: datetime,
    due: datetime,
    said_at: datetime | None = None,
    state: str = "running",
    text: str = "",
    hatch_id: str = "clock-hatch",
    language: str = words.PORTUGUESE,
) -> SafeString:
    """`spans` tile the time from opening to due. Closed hours are drawn short, or nights would be all one sees.

    `now` is where the clock stands; for one that stopped, `said_at` is when that is told.
    """
    stretches = _stretches(spans, now, due)
    if not stretches:
        return SafeString()
    places = _places(stretches)
    at_now, at_due = _place_of(now, stretches, places), _place_of(due, stretches, places)
    drawn = [marks.hatch(hatch_id)]
    drawn += [mark for stretch, (start, end) in zip(stretches, places, strict=True)
              for mark in _bar(stretch, start, end, now, due, hatch_id)]  # fmt: skip
    if now < due:
        drawn.append(marks.box("left-box", at_now, at_due, TOP + 0.5, HEIGHT - 1))
    drawn += [marks.tick("due-tick", at_due, TOP - 6, TOP + 22), marks.tick("now-tick", at_now, TOP - 6, TOP + 22)]
    drawn += _labels(stretches, places, at_now, at_due, now, due, said_at, language)
    return marks.chart(f"clock-timeline clock-timeline-{state}", 64, text, drawn)


def clock_words(
    *, ran: int, paused: int, left: int, working_day: int = words.SUPPORT_DAY, language: str = words.PORTUGUESE
) -> str:
    """The timeline in a sentence: business minutes run, paused and left (below zero: late)."""

    def said(minutes: int) -> str:
        return words.business(minutes, working_day=working_day, language=language)

    with override(language):
        sentences = [_("O prazo correu {time}.").format(time=said(ran))]
        if paused:
            sentences.append(_("Ficou pausado {time}.").format(time=said(paused)))
        sentences.append((_("Restam {time}.") if left >= 0 else _("Venceu há {time}.")).format(time=said(left)))
        return " ".join(sentences)


def _stretches(spans: Iterable[SpanLike], now: datetime, due: datetime) -> list[Stretch]:
    """Neighbours of one kind become one; `now` cuts a stretch in two; past the due date it is all late."""
    joined: list[Stretch] = []
    for span in spans:
        if joined and joined[-1].kind == span.kind and joined[-1].end == span.start:
            joined[-1] = Stretch(joined[-1].start, span.end, span.kind)
        elif span.start < span.end:
            joined.append(Stretch(span.start, span.end, str(span.kind)))
    if joined and now > due and joined[-1].end < now:
        joined.append(Stretch(joined[-1].end, now, "late"))
    cut: list[Stretch] = []
    for stretch in joined:
        if stretch.start < now < stretch.end:
            cut += [Stretch(stretch.start, now, stretch.kind), Stretch(now, stretch.end, stretch.kind)]
        else:
            cut.append(stretch)
    return cut


def _places(stretches: Sequence[Stretch]) -> list[tuple[float, float]]:
    """Where each begins and ends: open time to scale, closed time a short fixed gap, nothing too thin to see.

    What is late is wall-clock time, nights and all, and must not push the work aside.
    """
    closed = sum(1 for stretch in stretches if stretch.kind == "closed")
    gap = min(CLOSED_WEIGHT, 0.4 / closed) if closed else 0.0
    open_minutes = sum(stretch.minutes for stretch in stretches if stretch.kind in {"running", "paused"}) or 1.0

    def weight(stretch: Stretch) -> float:
        if stretch.kind == "closed":
            return gap
        share = max(stretch.minutes / open_minutes * (1 - gap * closed), LEAST_WEIGHT)
        return min(share, LATE_WEIGHT) if stretch.kind == "late" else share

    weights = [weight(stretch) for stretch in stretches]
    total, at, places = sum(weights), 0.0, []
    for each in weights:
        places.append((at / total, (at + each) / total))
        at += each
    return places


def _place_of(at: datetime, stretches: Sequence[Stretch], places: Sequence[tuple[float, float]]) -> float:
    for stretch, (start, end) in zip(stretches, places, strict=True):
        if at <= stretch.end:
            share = max((at - stretch.start).total_seconds() / 60, 0) / stretch.minutes
            return start + (end - start) * share
    return 1.0


def _bar(stretch: Stretch, start: float, end: float, now: datetime, due: datetime, hatch_id: str) -> list[SafeString]:
    if stretch.start >= now and stretch.start < due:
        return []
    if stretch.kind == "closed":
        return [marks.rule("closed", start + 0.005, end - 0.005, MIDDLE)]
    if stretch.kind == "paused":
        return [marks.box("paused", start, end, TOP, HEIGHT, fill=f"url(#{hatch_id})")]
    return [marks.box(stretch.kind, start, end, TOP, HEIGHT)]


def _labels(
    stretches: Sequence[Stretch],
    places: Sequence[tuple[float, float]],
    at_now: float,
    at_due: float,
    now: datetime,
    due: datetime,
    said_at: datetime | None,
    language: str,
) -> list[SafeString]:
    """`agora` above; below it the due time, then the start and the turns of the clock as far as there is room."""
    begun = stretches[0].start
    wanted = [
        ("due-word", at_due, words.stamp(due, now=said_at or now, language=language)),
        ("", 0.0, words.stamp(begun, now=said_at or now, language=language)),
    ]
    for stretch, (start, _end) in list(zip(stretches, places, strict=True))[1:]:
        if stretch.start < now and stretch.kind in {"running", "paused"}:
            wanted.append(("", start, words.opening_time(stretch.start, language=language)))
    with override(language):
        drawn = [marks.word("now-word", at_now, 9, _("parou") if said_at else _("agora"))]
    taken: list[tuple[float, float]] = []
    for css, at, text in wanted:
        first, last = _extent(at, text)
        if all(last + LABEL_GAP <= other_first or first >= other_last + LABEL_GAP for other_first, other_last in taken):
            drawn.append(marks.word(css, at, TOP + 34, text))
            taken.append((first, last))
    return drawn


def _extent(at: float, text: str) -> tuple[float, float]:
    """From where to where a label reaches, reckoned for the narrowest place it stands in."""
    width = len(text) * LETTER
    return {"start": (at, at + width), "end": (at - width, at)}.get(marks.leaning(at), (at - width / 2, at + width / 2))
